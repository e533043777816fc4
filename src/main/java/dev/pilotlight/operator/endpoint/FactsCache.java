package dev.pilotlight.operator.endpoint;

import dev.pilotlight.domain.preflight.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Facts that several objects ask for, for as long as they are worth believing. What was not there is not kept. Where AWS cannot say, or a
 * fact is to be read anew, the old one is still {@link #last}, and is believed no more.
 */
final class FactsCache<K, T> {
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Duration kept;
    private final Map<K, Entry<T>> entries = new ConcurrentHashMap<>();

    private record Entry<T>(Reading<T> reading, Instant at) {
        Entry<T> outdated() {
            return new Entry<>(reading, Instant.MIN);
        }
    }

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
        if (!again && known != null && isFresh(known, now)) {
            return known.reading();
        }
        Reading<T> reading = read.get();
        switch (reading) {
            case Reading.Seen<T> seen -> put(key, new Entry<>(seen, now));
            case Reading.Refused<T> refused -> put(key, new Entry<>(refused, now));
            case Reading.Absent<T> absent -> entries.remove(key);
            case Reading.Unavailable<T> unavailable -> forget(key);
        }
        return reading;
    }

    /** What was read at a time that is yet to come was read before the clock was set back. */
    private boolean isFresh(Entry<T> entry, Instant now) {
        return !entry.at().isAfter(now) && entry.at().plus(kept).isAfter(now);
    }

    /** What was seen last, however long ago. */
    Optional<T> last(K key) {
        return Optional.ofNullable(entries.get(key))
                .flatMap(entry -> entry.reading().seen());
    }

    /** It is read again before it is next used. */
    void forget(K key) {
        entries.computeIfPresent(key, (same, entry) -> entry.outdated());
    }

    private void put(K key, Entry<T> entry) {
        if (entries.size() >= MOST) {
            entries.values().removeIf(old -> !isFresh(old, entry.at()));
        }
        entries.put(key, entry);
    }
}
