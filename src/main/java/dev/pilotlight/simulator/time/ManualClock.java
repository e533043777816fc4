package dev.pilotlight.simulator.time;

import dev.pilotlight.simulator.world.SimulatorClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that stands still until somebody turns it. Several programs in one process can share it. Thread safe.
 *
 * <p>{@link #advanceTo} runs due events on the caller's thread, earliest first, those of the same instant in the order
 * in which they were placed; while an event runs, {@link #now} shows its due time.
 */
public final class ManualClock implements SimulatorClock {
    private record Event(Instant due, long order, Runnable action) {}

    private final ReentrantLock turning = new ReentrantLock();
    private final Object state = new Object();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::due).thenComparingLong(Event::order));
    private Instant now;
    private long placed;

    public ManualClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        synchronized (state) {
            return now;
        }
    }

    @Override
    public void at(Instant due, Runnable event) {
        synchronized (state) {
            events.add(new Event(due, placed++, event));
        }
    }

    /** Due time of the earliest event that has not run; it may lie in the past of {@link #now}. */
    public Optional<Instant> nextDue() {
        synchronized (state) {
            return Optional.ofNullable(events.peek()).map(Event::due);
        }
    }

    /**
     * Turns the clock to {@code instant} and runs everything due until then, also what those events place. The clock
     * never goes back: an earlier instant only runs what is overdue.
     */
    public void advanceTo(Instant instant) {
        turning.lock();
        try {
            for (Event event = take(instant); event != null; event = take(instant)) {
                event.action().run();
            }
            synchronized (state) {
                now = latest(now, instant);
            }
        } finally {
            turning.unlock();
        }
    }

    private Event take(Instant until) {
        synchronized (state) {
            Event next = events.peek();
            if (next == null || (next.due().isAfter(until) && next.due().isAfter(now))) {
                return null;
            }
            events.remove();
            now = latest(now, next.due());
            return next;
        }
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
