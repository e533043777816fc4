package dev.pilotlight.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One run of the packaged program. */
public final class Program implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;
    private final long startedAt;

    private Program(String name, Process process, Path log, long startedAt) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.startedAt = startedAt;
    }

    static Program start(Watchdog watchdog, String name, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Path log = Files.createTempFile(watchdog.folder(), name, ".log");
        List<String> command = new ArrayList<>(List.of("bin/pilotlight"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        // The launcher replaces itself by the JVM, so this pid is the program's.
        long startedAt = System.nanoTime();
        Process process = builder.start();
        watchdog.watch(process.pid());
        return new Program(name, process, log, startedAt);
    }

    /** The first line of its output that fits. */
    public String awaitLine(Predicate<String> fits, Duration atMost) throws IOException {
        Waiting waiting = new Waiting("a line of the " + name, atMost);
        while (true) {
            Optional<String> line = lines().stream().filter(fits).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            if (!process.isAlive()) {
                throw new DemoFailure("the " + name + " ended with exit code " + process.exitValue() + ":\n" + tail());
            }
            waiting.pause(this::tail);
        }
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Resident memory in MiB; empty where the platform does not say. */
    public Optional<Long> residentMiB() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Seconds of processor time since its start, in user and kernel together; empty where the platform does not say. */
    public Optional<Double> cpuSeconds() {
        return process.info().totalCpuDuration().map(spent -> spent.toMillis() / 1000.0);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(log, UTF_8);
    }

    /** The last lines it wrote. */
    public String tail() {
        try {
            List<String> lines = lines();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    Path log() {
        return log;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
