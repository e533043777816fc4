package dev.pilotlight.bench;

import dev.pilotlight.demo.Waiting;
import dev.pilotlight.demo.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An hour in which nobody changes anything, on a clock that runs faster than the wall's. */
final class Quiet {
    private static final double SPEED = 40;
    /** A thousand keep a small machine so busy while they come up that a faster clock would not wait for it. */
    private static final int MANY = 1000;

    private static final double SPEED_OF_MANY = 10;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SETTLES = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Watchdog watchdog;
    private final int size;
    private final Table table;

    Quiet(Watchdog watchdog, int size, Table table) {
        this.watchdog = watchdog;
        this.size = size;
        this.table = table;
    }

    void measure() throws IOException {
        try (Run run = new Run(watchdog, size, size < MANY ? SPEED : SPEED_OF_MANY, List.of())) {
            run.endpoints().create(size);
            run.awaitAll(size, LIMIT);
            pass(run, SETTLES);
            run.forget();
            long writes = run.endpoints().writes();
            double cpu = run.cpuSeconds();
            pass(run, HOUR);
            Counts counts = run.counts();
            double minutes = HOUR.toMinutes();
            table.add(size, "quiet hour: AWS calls a minute, fast tier", counts.fastTier() / minutes, "<= 12 at 1,000");
            table.add(size, "quiet hour: AWS calls a minute, slow tier", counts.slowTier() / minutes);
            table.add(size, "quiet hour: AWS calls a minute, sessions", counts.sessions() / minutes);
            table.add(size, "quiet hour: writes", run.endpoints().writes() - writes, "0");
            table.add(size, "quiet hour: operator's processor time [s]", run.cpuSeconds() - cpu);
            table.add(size, "operator's resident memory after the hour [MiB]", run.residentMiB());
        }
    }

    private static void pass(Run run, Duration duration) {
        Instant end = run.stage().clock().instant().plus(duration);
        Waiting.until(
                duration.toMinutes() + " minutes to pass",
                duration,
                () -> run.stage().clock().instant().isAfter(end),
                () -> run.stage().operator().tail());
    }
}
