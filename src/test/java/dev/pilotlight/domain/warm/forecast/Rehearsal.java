package dev.pilotlight.domain.warm.forecast;

import java.time.Instant;

/** A forecast as the operator makes it, learned once for many trade-offs, which only saves time. */
public final class Rehearsal {
    private final Learned learned;
    private final Instant now;

    private Rehearsal(Learned learned, Instant now) {
        this.learned = learned;
        this.now = now;
    }

    /** What {@link Forecaster#forecast} learns from what was known at an instant. */
    public static Rehearsal learn(History history, ForecastSettings settings, Instant now) {
        return new Rehearsal(Learned.from(history, settings, now).orElseThrow(), now);
    }

    /** What {@link Forecaster#forecast} makes of it. */
    public ForecastResult forecast() {
        return learned.result(now);
    }

    /** Its windows as if a request that does not spill over were worth that many times as much. */
    public Recommendation windows(double times) {
        return learned.windows(times);
    }
}
