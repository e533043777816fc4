package dev.pilotlight.operator.endpoint;

import dev.pilotlight.domain.preflight.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Facts that several objects ask for, for as long as they are worth believing. What was not there, or AWS could not say, is not kept. */
final class FactsCache<K, T> {
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Duration kept;
    private final Map<K, Entry<T>> entries = new ConcurrentHashMap<>();

    private record Entry<T>(Reading<T> reading, Instant at) {}

    FactsCache(Clock clock, Duration kept) {
        this.clock = clock;
        this.kept = kept;
    }

    /**
     * @param again what is known is not good enough
     */
    Reading<T> get(K key, boolean again, Supplier<Reading<T>> read) {
        Instant now = clock.instant();
        Entry<T> known = entries.get(key);
        if (!again && known != null && known.at().plus(kept).isAfter(now)) {
            return known.reading();
        }
        Reading<T> reading = read.get();
        if (reading instanceof Reading.Seen || reading instanceof Reading.Refused) {
            makeRoom(now);
            entries.put(key, new Entry<>(reading, now));
        } else {
            entries.remove(key);
        }
        return reading;
    }

    /** What was seen last, however long ago. */
    Optional<T> last(K key) {
        return Optional.ofNullable(entries.get(key))
                .flatMap(entry -> entry.reading().seen());
    }

    void forget(K key) {
        entries.remove(key);
    }

    private void makeRoom(Instant now) {
        if (entries.size() >= MOST) {
            entries.values().removeIf(entry -> !entry.at().plus(kept).isAfter(now));
        }
    }
}
