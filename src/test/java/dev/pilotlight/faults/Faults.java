package dev.pilotlight.faults;

import dev.pilotlight.domain.endpoint.Safeguards;
import dev.pilotlight.testing.KubeApi;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** {@code make faults}. Exit codes: 0 no violation, 1 some, 3 no API server can be had. */
public final class Faults {
    private static final int NO_API_SERVER = 3;

    private Faults() {}

    public static void main(String... args) throws IOException {
        Logger.getLogger("").setLevel(Level.parse(setting("LOG_LEVEL").orElse("WARNING")));
        long seed = setting("SEED").map(Long::parseLong).orElseGet(() -> new SplittableRandom().nextLong(1L << 40));
        Set<String> only =
                setting("ROWS").map(rows -> Set.of(rows.split(",", -1))).orElse(Set.of());
        List<Flow> flows = setting("FLOWS")
                .map(names -> Stream.of(names.split(",", -1)).map(Flow::valueOf).toList())
                .orElse(List.of(Flow.values()));
        boolean full = !setting("EXTENT").orElse("full").equals("short");
        Optional<KubeApi> found = KubeApi.startIfPresent();
        if (found.isEmpty()) {
            System.err.println("faults: no kube-apiserver; run 'make kube' first");
            System.exit(NO_API_SERVER);
        }
        int exit;
        try (KubeApi api = found.orElseThrow()) {
            exit = run(api, new Extent(full, seed, flows), only);
        }
        // Threads of the clients would keep the JVM for a while.
        System.exit(exit);
    }

    private static int run(KubeApi api, Extent extent, Set<String> only) {
        System.out.println("faults: SEED=" + extent.seed());
        long begun = System.nanoTime();
        Tally tally = new Tally(violation -> System.out.println("VIOLATION " + violation));
        try (Lab lab = new Lab(api, Safeguards.ALL, extent, tally)) {
            for (Row row : Matrix.allRows()) {
                if (only.isEmpty() || only.contains(row.id())) {
                    row.run(lab);
                    System.out.println("faults: " + seconds(begun) + " s, " + row.id() + " " + row.title() + ": "
                            + tally.experiments(row.id()) + " experiments, "
                            + tally.violations().size()
                            + " violations so far");
                    System.out.flush();
                }
            }
            System.out.println(tally.table());
            System.out.println(lab.latencies());
        }
        boolean whole = only.isEmpty() || only.contains("MUTANTS");
        MutationScore score = MutationScore.of(api, extent, whole ? List.of(Mutant.values()) : List.of());
        System.out.println(score.table());
        System.out.println("PILOTLIGHT_FAULTS "
                + tally.json(extent.seed())
                        .put("mutants", score.mutants())
                        .put("noticed", score.noticed())
                        .put("seconds", seconds(begun)));
        return tally.violations().isEmpty() && score.isWhole() ? 0 : 1;
    }

    private static long seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toSeconds();
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
