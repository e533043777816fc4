package dev.pilotlight.inventory;

import java.time.Duration;

/**
 * How often AWS is looked at.
 *
 * @param fastPeriod between two full ListEndpoints of a location
 * @param slowPeriod between two looks at tags, config and model of one endpoint; the endpoints are spread over it
 * @param followPeriod between two looks at the endpoints of a location that are between states, while something is about to happen to them
 * @param settlePeriod how long after our own act AWS may still answer as if it had not happened. An assumption: AWS documents that
 *     reads are eventually consistent but publishes no figure
 */
public record InventorySettings(
        Duration fastPeriod, Duration slowPeriod, Duration followPeriod, Duration settlePeriod) {

    public InventorySettings(Duration fastPeriod, Duration slowPeriod, Duration followPeriod) {
        this(fastPeriod, slowPeriod, followPeriod, Duration.ofSeconds(15));
    }

    /** 60 s, 60 min, 1.5 s; 15 s to settle. */
    public static InventorySettings defaults() {
        return new InventorySettings(Duration.ofSeconds(60), Duration.ofMinutes(60), Duration.ofMillis(1500));
    }

    /** Until when a sweep speaks for the present; half a period of grace, so that a poll about to run need not be overtaken. */
    Duration freshFor() {
        return fastPeriod.plus(fastPeriod.dividedBy(2));
    }

    /** The follower's period at its slowest, under throttling. */
    Duration slowestFollow() {
        return followPeriod.multipliedBy(16);
    }
}
