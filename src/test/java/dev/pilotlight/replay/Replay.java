package dev.pilotlight.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilotlight.domain.warm.forecast.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code make replay}. Variables: SEEDS (how many of the held-out seeds, 30 when not given), FAMILIES (a regular expression), TUNING=1 (the seeds
 * that may be looked at), TRACES (a folder with the Azure LLM traces), CSV (requests of one's own). Exit codes: 0 replayed, 1 a gate does not
 * hold or something went wrong.
 */
public final class Replay {
    private static final Path RESULT = Path.of("target/replay");
    private static final double MEAN_WHERE_NOT_KNOWN = 1;

    private Replay() {}

    public static void main(String... args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        try {
            Files.createDirectories(RESULT);
            List<String> broken = Gates.broken();
            if (!broken.isEmpty()) {
                broken.forEach(gate -> System.err.println("replay: " + gate));
                System.exit(1);
            }
            say("validity gates hold");
            run();
        } catch (IllegalArgumentException e) {
            System.err.println("replay: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run() throws IOException {
        Optional<Path> csv = variable("CSV").map(Path::of);
        Optional<Path> traces = variable("TRACES").map(Path::of);
        if (csv.isPresent()) {
            ofOnesOwn(csv.get());
            return;
        }
        List<Trace> read = traces.isPresent() ? Trace.azure(traces.get()) : List.of();
        for (Trace trace : read) {
            System.out.println(TraceStudy.of(trace));
        }
        families(read);
    }

    /** All policies when there are three weeks of it; sizes and tracking in any case. */
    private static void ofOnesOwn(Path csv) throws IOException {
        Trace trace = Trace.read(csv);
        System.out.println(TraceStudy.of(trace));
        Optional<Workload> weeks = trace.weeks(MEAN_WHERE_NOT_KNOWN);
        if (weeks.isEmpty()) {
            say("the forecast needs three whole weeks of requests to be judged on the last");
            return;
        }
        if (trace.durations().length == 0) {
            say("there are no durations: requests are taken to last a second on average");
        }
        Workload week = weeks.get();
        Optional<History.Requests> log = trace.logBefore(week);
        Map<String, List<SeedRun>> runs = Map.of(trace.name(), List.of(SeedRun.of(week, 1, log)));
        write(runs, Provenance.ofTraces(List.of(csv)));
        week(week, log);
        System.out.println(new Report(runs).text());
        System.out.println(Windows.recommendedFor(week, log));
    }

    private static void families(List<Trace> traces) throws IOException {
        Families families = Families.read();
        Generator generator =
                new Generator(families, traces.isEmpty() ? families::law : TracedLaws.of(families, traces));
        List<Integer> seeds = seeds(families);
        Provenance provenance = Provenance.ofSeeds(
                seeds, traces.isEmpty() ? List.of() : files(variable("TRACES").orElseThrow()));
        Map<String, List<SeedRun>> runs = new LinkedHashMap<>();
        for (String family : wanted(families)) {
            if (runs.isEmpty()) {
                week(generator.generate(family, seeds.getFirst()), Optional.empty());
            }
            long begun = System.nanoTime();
            runs.put(
                    family,
                    seeds.parallelStream()
                            .map(seed -> SeedRun.of(generator.generate(family, seed), seed))
                            .collect(Collectors.toList()));
            say(family + ": " + seeds.size() + " seeds in " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
            write(runs, provenance);
        }
        System.out.println(new Report(runs).text());
        say("written: " + RESULT + "/replay.json, figures.md, pareto.svg, pareto.png, week.svg and week.png");
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> wanted(Families families) {
        String wanted = variable("FAMILIES").orElse(".*");
        try {
            List<String> names = families.names().stream()
                    .filter(name -> name.matches(wanted))
                    .toList();
            if (!names.isEmpty()) {
                return names;
            }
        } catch (PatternSyntaxException e) {
            // Refused like an expression that no name matches.
        }
        throw new IllegalArgumentException("FAMILIES=" + wanted
                + " is no regular expression that one of the families matches; they are " + families.names());
    }

    private static List<Integer> seeds(Families families) {
        List<Integer> all = variable("TUNING").isPresent() ? families.tuningSeeds() : families.heldOutSeeds();
        String count = variable("SEEDS").orElse(Integer.toString(all.size()));
        if (!count.matches("[0-9]{1,3}") || Integer.parseInt(count) < 1 || Integer.parseInt(count) > all.size()) {
            throw new IllegalArgumentException("SEEDS=" + count + " must be a number of seeds, 1 to " + all.size());
        }
        return all.subList(0, Integer.parseInt(count));
    }

    /** After every family: whatever happens to a later one, this is kept. */
    private static void write(Map<String, List<SeedRun>> runs, Provenance provenance) throws IOException {
        Report report = new Report(runs);
        Files.writeString(RESULT.resolve("replay.json"), report.json(provenance).toPrettyString(), UTF_8);
        Files.writeString(RESULT.resolve("replay.txt"), report.text(), UTF_8);
        Files.writeString(RESULT.resolve("figures.md"), new Figures(runs, provenance).markdown(), UTF_8);
        Picture pareto = Pareto.of(runs);
        pareto.svg(RESULT.resolve("pareto.svg"));
        pareto.png(RESULT.resolve("pareto.png"));
    }

    private static void week(Workload workload, Optional<History.Requests> log) throws IOException {
        Picture week = Week.of(workload, log);
        week.svg(RESULT.resolve("week.svg"));
        week.png(RESULT.resolve("week.png"));
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isBlank());
    }

    private static void say(String what) {
        System.out.println("replay: " + what);
        System.out.flush();
    }
}
