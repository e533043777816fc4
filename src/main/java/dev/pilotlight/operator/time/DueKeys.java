package dev.pilotlight.operator.time;

import dev.pilotlight.domain.time.Scheduler;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * When to look at which key next. For each key the earliest look that was asked for counts; when it falls due the key is delivered once
 * and forgotten until somebody asks again.
 *
 * @param <K> what is looked at
 */
public final class DueKeys<K> {
    private final Scheduler scheduler;
    private final String name;
    private final Consumer<K> due;
    private final Map<K, Look> looks = new HashMap<>();

    /**
     * @param name what the looks are for, the first word of each task's name
     * @param due takes a key that is due, on the scheduler's thread; must not block
     */
    public DueKeys(Scheduler scheduler, String name, Consumer<K> due) {
        this.scheduler = scheduler;
        this.name = name;
        this.due = due;
    }

    /** Asks for a look at that time, or at once where it has passed; an earlier look already asked for stays. */
    public void lookAt(K key, Instant at) {
        Look look = new Look(at);
        synchronized (looks) {
            Look present = looks.get(key);
            if (present != null && !at.isBefore(present.due())) {
                return;
            }
            looks.put(key, look);
            if (present != null && present.task != null) {
                present.task.cancel();
            }
            look.task = scheduler.at(at, name + " " + key, () -> deliver(key, look));
        }
    }

    /** Takes back the look at that key; one that is being delivered at this moment still arrives. */
    public void forget(K key) {
        synchronized (looks) {
            Look present = looks.remove(key);
            if (present != null && present.task != null) {
                present.task.cancel();
            }
        }
    }

    /** Takes back all looks. */
    public void clear() {
        synchronized (looks) {
            looks.values().forEach(look -> look.task.cancel());
            looks.clear();
        }
    }

    /** The looks asked for and not delivered yet: a copy. */
    public Map<K, Instant> pending() {
        synchronized (looks) {
            Map<K, Instant> pending = HashMap.newHashMap(looks.size());
            looks.forEach((key, look) -> pending.put(key, look.due()));
            return pending;
        }
    }

    /** A look that was replaced or taken back after its task had started finds another in its place and does nothing. */
    private void deliver(K key, Look look) {
        synchronized (looks) {
            if (!looks.remove(key, look)) {
                return;
            }
        }
        due.accept(key);
    }

    /** Equal only to itself: that is what tells a replaced look from the present one. */
    private static final class Look {
        private final Instant at;
        private Scheduler.Task task;

        Look(Instant at) {
            this.at = at;
        }

        /** A clock that is set back takes what waits along. */
        Instant due() {
            return task == null ? at : task.due();
        }
    }
}
