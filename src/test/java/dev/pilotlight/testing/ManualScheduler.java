package dev.pilotlight.testing;

import dev.pilotlight.domain.time.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** A scheduler whose clock only moves when a test turns it; due tasks run on the thread that does. */
public final class ManualScheduler implements Scheduler {

    private final PriorityQueue<ManualTask> tasks =
            new PriorityQueue<>(Comparator.comparing(ManualTask::due).thenComparing(ManualTask::order));
    private final Clock clock = new ManualClock();
    private Instant now;
    private long order;
    private boolean running;

    public ManualScheduler(Instant start) {
        this.now = start;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public synchronized Task at(Instant due, String name, Runnable task) {
        ManualTask scheduled = new ManualTask(due, order++, name, task);
        tasks.add(scheduled);
        return scheduled;
    }

    /**
     * Turns the clock to {@code target}, stopping at the due time of every task on the way to run it. The clock never
     * goes back: a target in the past only runs what is due now.
     */
    public void advanceTo(Instant target) {
        Optional<ManualTask> due = nextUntil(target);
        while (due.isPresent()) {
            try {
                due.get().task.run();
            } finally {
                finished();
            }
            due = nextUntil(target);
        }
    }

    /**
     * The clock is found to be wrong and set. Set forward, it makes due whatever it skips; set back, who waits goes on waiting for as long
     * as before.
     */
    public synchronized void set(Duration later) {
        now = now.plus(later);
        if (!later.isNegative()) {
            return;
        }
        List<ManualTask> waiting = List.copyOf(tasks);
        tasks.clear();
        waiting.forEach(task -> {
            task.due = task.due.plus(later);
            tasks.add(task);
        });
    }

    /** Due time of the next task, where there is one. */
    public synchronized Optional<Instant> nextDue() {
        return Optional.ofNullable(tasks.peek()).map(ManualTask::due);
    }

    /** Whether no task is running and none is due now. */
    public synchronized boolean idle() {
        return !running && nextDue().filter(due -> !due.isAfter(now)).isEmpty();
    }

    private synchronized Optional<ManualTask> nextUntil(Instant target) {
        ManualTask next = tasks.peek();
        if (next == null || (next.due.isAfter(target) && next.due.isAfter(now))) {
            moveTo(target);
            return Optional.empty();
        }
        moveTo(next.due);
        running = true;
        return Optional.of(tasks.remove());
    }

    private synchronized void finished() {
        running = false;
    }

    private void moveTo(Instant instant) {
        if (instant.isAfter(now)) {
            now = instant;
        }
    }

    private synchronized Instant now() {
        return now;
    }

    private synchronized void remove(ManualTask task) {
        tasks.remove(task);
    }

    private final class ManualTask implements Task {
        private volatile Instant due;
        private final long order;
        private final String name;
        private final Runnable task;

        ManualTask(Instant due, long order, String name, Runnable task) {
            this.due = due;
            this.order = order;
            this.name = name;
            this.task = task;
        }

        @Override
        public Instant due() {
            return due;
        }

        long order() {
            return order;
        }

        @Override
        public void cancel() {
            remove(this);
        }

        @Override
        public String toString() {
            return name + " at " + due;
        }
    }

    private final class ManualClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("instants only");
        }

        @Override
        public Instant instant() {
            return now();
        }
    }
}
