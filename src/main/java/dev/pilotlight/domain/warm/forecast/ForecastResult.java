package dev.pilotlight.domain.warm.forecast;

import java.time.Instant;
import java.util.Optional;

/**
 * A forecast and what may become of it.
 *
 * @param computedAt the instant it was made for
 * @param message what a person should know, in sentences
 * @param daysOfData days of which there are metrics
 * @param backTest how it did; empty when there are too few days to hold any out
 * @param recommendation windows for a usual week: what a person can commit, and what is acted on
 * @param sizing how the busiest slot is sized; empty when there is no forecast
 * @param clamp what keeps capacity below what spill-over asks for
 */
public record ForecastResult(
        Instant computedAt,
        Verdict verdict,
        String message,
        double daysOfData,
        Optional<BackTest> backTest,
        Recommendation recommendation,
        Optional<Sizing> sizing,
        Optional<Clamp> clamp) {

    /** Why there is less capacity than was asked for. */
    public enum Clamp {
        BUDGET,
        MAX_CONCURRENCY
    }
}
