package dev.pilotlight.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One run of a program as a process of its own, mostly of {@code bin/pilotlight}, with its output in files. Nothing of the caller's AWS or
 * cluster reaches it but what the test passes on.
 */
public final class ProgramRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * A shell has whatever it starts in the background ignore Ctrl-C, children inherit that, and neither a JVM nor a shell takes it back.
     * Tests that were started so would wait for an end that never comes.
     */
    private static final List<String> INTERRUPTIBLE =
            List.of("perl", "-e", "$SIG{$_} = 'DEFAULT' for qw(HUP INT TERM); exec { $ARGV[0] } @ARGV or die $!");

    private final List<String> command;
    private final Process process;
    private final Path out;
    private final Path err;

    private ProgramRun(List<String> command, Process process, Path out, Path err) {
        this.command = command;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * How a program ended.
     *
     * @param exitCode 128 and the number of the signal when one ended it
     */
    public record Ended(int exitCode, String out, String err) {}

    /** Starts {@code bin/pilotlight}. */
    public static ProgramRun pilotlight(Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of("bin/pilotlight").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return start(folder, environment, command);
    }

    /**
     * Starts any program.
     *
     * @param folder for its output
     * @param environment added to that of the tests
     */
    public static ProgramRun start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            List<String> interruptible = new ArrayList<>(INTERRUPTIBLE);
            interruptible.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(interruptible)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("AWS_") || name.equals("KUBECONFIG") || name.equals("CHECK"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new ProgramRun(List.copyOf(command), process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line of its output that has {@code part} in it. */
    public String awaitLine(String part) {
        return Awaitility.await(part)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .failFast("it ended before it said so", this::mustRun)
                .until(() -> lines().filter(line -> line.contains(part)).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private void mustRun() {
        if (!process.isAlive()) {
            throw new AssertionError(command + " ended with " + process.exitValue() + ": " + output());
        }
    }

    /** Waits for its end. */
    public Ended awaitEnd() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(command + " did not end within " + LIMIT + ": " + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return new Ended(process.exitValue(), text(out), text(err));
    }

    /**
     * Sends a signal.
     *
     * @param name as kill knows it: TERM, INT or KILL
     */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The processes it has started, and theirs. */
    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Both its outputs so far. */
    public String output() {
        return text(out) + text(err);
    }

    private Stream<String> lines() {
        return output().lines();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it and what it has started, without mercy, as far as they have not ended. */
    @Override
    public void close() {
        List<ProcessHandle> started = descendants();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
