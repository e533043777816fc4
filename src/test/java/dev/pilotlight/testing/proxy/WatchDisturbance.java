package dev.pilotlight.testing.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What becomes of the events of one watch, as the API server's JSON. Used by one thread. */
public interface WatchDisturbance {
    /** The events to deliver now that this one arrived. */
    List<String> arrived(String event);

    /** The disturbance ends: the events to deliver late. */
    default List<String> ended() {
        return List.of();
    }

    /** Nothing arrives until the end; then everything does. */
    static Supplier<WatchDisturbance> frozen() {
        return () -> new WatchDisturbance() {
            private final List<String> held = new ArrayList<>();

            @Override
            public List<String> arrived(String event) {
                held.add(event);
                return List.of();
            }

            @Override
            public List<String> ended() {
                return List.copyOf(held);
            }
        };
    }

    /** Some events never arrive by any of the watches, which go on as if nothing had been. */
    static Supplier<WatchDisturbance> dropping(Predicate<String> which) {
        Map<String, Boolean> dropped = new ConcurrentHashMap<>();
        return () -> event -> dropped.computeIfAbsent(event, which::test) ? List.of() : List.of(event);
    }

    /** Every event arrives twice. */
    static Supplier<WatchDisturbance> duplicating() {
        return () -> event -> List.of(event, event);
    }

    /** Events arrive by one late, and some before those they follow. */
    static Supplier<WatchDisturbance> reordering(RandomGenerator random) {
        return () -> new WatchDisturbance() {
            private final List<String> held = new ArrayList<>();

            @Override
            public List<String> arrived(String event) {
                held.add(event);
                return held.size() < 2 ? List.of() : List.of(held.remove(random.nextInt(held.size())));
            }

            @Override
            public List<String> ended() {
                return List.copyOf(held);
            }
        };
    }
}
