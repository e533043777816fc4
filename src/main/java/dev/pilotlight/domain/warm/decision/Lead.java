package dev.pilotlight.domain.warm.decision;

import java.time.Duration;

/**
 * How long before it is needed capacity is asked for. It follows what provisioning took: at once where that was longer, and by half of the
 * difference where it was shorter, so that one quick change does not make the next one late, and one slow one is forgotten within a week.
 */
public final class Lead {
    /** Where it begins, and what it never falls below: AWS's own updates take some minutes. */
    public static final Duration LEAST = Duration.ofMinutes(5);

    /** Longer waits are outages, not provisioning, and nothing is learned from them. */
    private static final Duration MOST = Duration.ofHours(1);

    private static final Duration STEP = Duration.ofMinutes(1);

    private Lead() {}

    /** The lead that was reported; the least where none was, or one that makes no sense. */
    public static Duration reported(Integer seconds) {
        return seconds == null ? LEAST : within(Duration.ofSeconds(seconds));
    }

    /**
     * @param took from when AWS was asked until the capacity was there
     */
    public static Duration after(Duration lead, Duration took) {
        if (took.isNegative() || took.compareTo(MOST) > 0) {
            return lead;
        }
        Duration needed = within(Duration.ofMinutes((took.toSeconds() + 59) / 60));
        if (needed.compareTo(lead) >= 0) {
            return needed;
        }
        Duration half = Duration.ofMinutes(lead.minus(needed).toMinutes() / 2);
        return longer(needed, lead.minus(longer(STEP, half)));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration within(Duration value) {
        return value.compareTo(LEAST) < 0 ? LEAST : value.compareTo(MOST) > 0 ? MOST : value;
    }
}
