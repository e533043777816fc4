package dev.pilotlight.domain.warm.ping;

import java.time.Duration;
import java.util.Collection;

/**
 * The interval of mode Auto. It grows by a fifth while every answer is warm, and falls back to what was seen to be safe when one is not;
 * an answer is forgotten after a while, so that a change at AWS is found out. A cold ping is what learning costs.
 */
public final class LearnedInterval {
    /** AWS says nothing of how long idle containers live; these are the bounds of the field that a Fixed interval has too. */
    public static final Duration SHORTEST = Duration.ofSeconds(30);

    public static final Duration LONGEST = Duration.ofHours(1);

    /** How sure a container must be to live through the interval. */
    private static final double SAFE = 0.98;

    /** Warm answers at an interval before a longer one is tried. */
    private static final int ENOUGH = 8;

    /** Gaps are not to the second what the interval was. */
    private static final double ABOUT = 0.95;

    private LearnedInterval() {}

    /**
     * @param current in force
     * @param seen what bursts found, gaps without other traffic only
     */
    public static Duration next(Duration current, Collection<Seen> seen) {
        Survival survival = Survival.of(seen);
        Duration about = times(current, ABOUT);
        long here = seen.stream().filter(one -> one.gap().compareTo(about) >= 0).count();
        if (here == 0) {
            return current;
        }
        if (survival.after(about) < SAFE) {
            Duration safe = survival.longest(SAFE);
            return within(safe.isZero() ? times(current, 0.8) : min(safe, current));
        }
        Duration longer = within(times(current, 1.2));
        return here >= ENOUGH && !knownToBeLong(longer, seen) ? longer : current;
    }

    private static boolean knownToBeLong(Duration interval, Collection<Seen> seen) {
        return seen.stream().anyMatch(one -> one.cold() && one.gap().compareTo(times(interval, 1.05)) <= 0);
    }

    private static Duration within(Duration wanted) {
        return min(wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted, LONGEST);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofSeconds(Math.round(duration.toSeconds() * factor));
    }
}
