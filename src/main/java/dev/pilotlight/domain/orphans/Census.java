package dev.pilotlight.domain.orphans;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What has lost its owner. One answer is not enough: a cluster that is restored, or an API server that was cut off, may miss for minutes
 * what is there. Any other answer in between starts it anew. Not thread-safe.
 */
public final class Census {
    /** The least time between the two reads. */
    public static final Duration APART = Duration.ofMinutes(10);

    private final Map<Orphan, Instant> missedFirst = new HashMap<>();
    private final Set<Orphan> gone = new HashSet<>();

    /** Takes an answer that was given at {@code now}. */
    public void answered(Orphan orphan, Answer answer, Instant now) {
        if (answer != Answer.ABSENT) {
            missedFirst.remove(orphan);
            gone.remove(orphan);
            return;
        }
        Instant first = missedFirst.computeIfAbsent(orphan, key -> now);
        if (!now.isBefore(first.plus(APART))) {
            gone.add(orphan);
        }
    }

    /** Missed twice, far enough apart. */
    public boolean isGone(Orphan orphan) {
        return gone.contains(orphan);
    }

    /** Missed at least once, and nothing better known since. */
    public boolean isMissed(Orphan orphan) {
        return missedFirst.containsKey(orphan);
    }

    /** Forgets what is not in AWS any more. */
    public void keepOnly(Set<Orphan> there) {
        missedFirst.keySet().retainAll(there);
        gone.retainAll(there);
    }
}
