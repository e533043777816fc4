package dev.pilotlight.domain.warm.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Metrics of an endpoint whose requests a minute are known, for tests: Poisson counts, and no point where none came. */
final class Traffic {
    private final SplittableRandom random = new SplittableRandom(42);
    private final List<Sample> samples = new ArrayList<>();
    private final ZoneId zone;
    private double meanSeconds = 1;

    Traffic(ZoneId zone) {
        this.zone = zone;
    }

    Traffic lasting(double seconds) {
        meanSeconds = seconds;
        return this;
    }

    /** Requests a minute, by local time. */
    Traffic between(Instant from, Instant to, ToDoubleFunction<LocalDateTime> perMinute) {
        for (Instant at = from; at.isBefore(to); at = at.plusSeconds(60)) {
            int count = poisson(perMinute.applyAsDouble(LocalDateTime.ofInstant(at, zone)));
            if (count > 0) {
                samples.add(new Sample(
                        at, Duration.ofMinutes(1), count, OptionalDouble.of(meanSeconds), OptionalDouble.empty()));
            }
        }
        return this;
    }

    private int poisson(double mean) {
        int count = 0;
        for (double t = -Math.log(1 - random.nextDouble()); t < mean; t += -Math.log(1 - random.nextDouble())) {
            count++;
        }
        return count;
    }

    List<Sample> samples() {
        return samples;
    }

    History history() {
        return History.of(samples);
    }
}
