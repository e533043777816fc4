package dev.pilotlight.operator.endpoint;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after failed passes in a row: 1 s, doubled up to 5 minutes, 20 % either way. It never gives up. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final double JITTER = 0.2;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration after(int failures) {
        int doublings = Math.min(Math.max(failures - 1, 0), 20);
        long millis = Math.min(FIRST.toMillis() << doublings, LONGEST.toMillis());
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis((long) (millis * factor));
    }
}
