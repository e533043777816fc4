package dev.pilotlight.domain.warm.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What a metric said of one period in which there was traffic.
 *
 * @param start when the period begins
 * @param period one minute, or a divisor of 15 minutes, or 15 minutes; the finer, the better bursts are seen
 * @param invocations how many requests came, 0 or more
 * @param meanSeconds how long a container was busy with one of them, on average; empty when not known
 * @param maxConcurrency the most that were in progress at once; empty when not known
 */
public record Sample(
        Instant start, Duration period, double invocations, OptionalDouble meanSeconds, OptionalDouble maxConcurrency) {
    public Sample {
        long seconds = period.toSeconds();
        if (seconds <= 0 || History.SLOT.toSeconds() % seconds != 0 || seconds % 60 != 0) {
            throw new IllegalArgumentException("a period is 1, 3, 5 or 15 minutes, but was " + period);
        }
        if (!(invocations >= 0) || Double.isInfinite(invocations)) {
            throw new IllegalArgumentException("invocations must be 0 or more, but were " + invocations);
        }
    }
}
