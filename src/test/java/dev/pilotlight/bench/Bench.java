package dev.pilotlight.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilotlight.demo.DemoFailure;
import dev.pilotlight.demo.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code make bench}. Exit codes: 0 measured, 1 something went wrong. Figures are not judged: that is for their reader. */
public final class Bench {
    private static final int DEFAULT_MAX = 1000;
    private static final Path RESULT = Path.of("target/bench.json");

    private Bench() {}

    public static void main(String... args) throws IOException {
        int max = Optional.ofNullable(System.getenv("BENCH_MAX"))
                .filter(text -> !text.isBlank())
                .map(Integer::parseInt)
                .orElse(DEFAULT_MAX);
        List<Integer> sizes =
                Stream.of(10, 100, 1000, 5000).filter(size -> size <= max).toList();
        int exit = 0;
        try {
            run(sizes);
        } catch (DemoFailure e) {
            System.err.println("bench: " + e.getMessage());
            exit = 1;
        } catch (RuntimeException e) {
            e.printStackTrace();
            exit = 1;
        }
        // Threads of the clients would keep the JVM for a while.
        System.exit(exit);
    }

    private static void run(List<Integer> sizes) throws IOException {
        Watchdog watchdog = Watchdog.start();
        Table table = new Table();
        try {
            for (int size : sizes) {
                say(size + " endpoints come up, are edited, and the operator is restarted");
                new Work(watchdog, size, table).measure();
                say(size + " endpoints are left alone for an hour");
                new Quiet(watchdog, size, table).measure();
            }
        } finally {
            // Whatever happened to a larger size, the smaller ones are measured.
            Files.writeString(RESULT, table.json().toPrettyString(), UTF_8);
            System.out.println(table.text());
            System.out.println("PILOTLIGHT_BENCH " + table.json());
        }
    }

    static void say(String what) {
        System.out.println("bench: " + what);
        System.out.flush();
    }
}
