package dev.pilotlight.domain.warm.ping;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How likely an idle container is to survive a gap, from what a client can see: a warm answer says that it lived at least that long, a
 * cold one only that it died before. Of such data the estimator of Kaplan and Meier would take each cold answer for a death at that very
 * moment and think containers older than they become; the maximum likelihood estimate is instead the share of warm answers by gap, made
 * to fall (pool adjacent violators).
 */
public final class Survival {
    private final NavigableMap<Duration, Double> falling = new TreeMap<>();

    /** A stretch of gaps that share one estimate. */
    private record Pool(Duration longest, int warm, int all) {
        double share() {
            return (double) warm / all;
        }

        Pool with(Pool longer) {
            return new Pool(longer.longest, warm + longer.warm, all + longer.all);
        }
    }

    private Survival() {}

    public static Survival of(Collection<Seen> seen) {
        NavigableMap<Duration, Pool> byGap = new TreeMap<>();
        seen.forEach(one -> byGap.merge(one.gap(), new Pool(one.gap(), one.cold() ? 0 : 1, 1), (a, b) -> b.with(a)));
        Deque<Pool> pools = new ArrayDeque<>();
        byGap.values().forEach(next -> {
            Pool pool = next;
            while (!pools.isEmpty() && pools.getLast().share() <= pool.share()) {
                pool = pools.removeLast().with(pool);
            }
            pools.addLast(pool);
        });
        Survival survival = new Survival();
        pools.forEach(pool -> survival.falling.put(pool.longest(), pool.share()));
        return survival;
    }

    /** The share of containers that live through {@code gap}, 0 to 1; beyond what was seen it is 0, for nobody knows. */
    public double after(Duration gap) {
        Map.Entry<Duration, Double> pool = falling.ceilingEntry(gap);
        return pool == null ? 0 : pool.getValue();
    }

    /** The longest gap seen that at least this share lives through; zero where there is none. */
    public Duration longest(double share) {
        return falling.entrySet().stream()
                .filter(pool -> pool.getValue() >= share)
                .map(Map.Entry::getKey)
                .reduce(Duration.ZERO, (a, b) -> b);
    }
}
