package dev.pilotlight.operator.time;

import dev.pilotlight.domain.time.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler of the running operator: one daemon thread that runs tasks in the order in which they fall due on a clock.
 *
 * <p>The clock may run faster than the wall clock and may jump: while anything is pending the thread looks at it at least once a second,
 * so a jump is seen within that time, and a task whose time has passed runs at once. When the clock is set back, whatever waits goes on
 * waiting for as long as before: no poll and no look is missing until the clock has caught up with itself. A task that throws is logged
 * and does not disturb the others.
 */
public final class ClockScheduler implements Scheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClockScheduler.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    /** Shorter sleeps only spin: at high speeds a moment on the wall is long on the clock. */
    private static final Duration SHORTEST_SLEEP = Duration.ofNanos(100_000);

    private final Clock clock;
    private final double speed;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<ScheduledTask> tasks =
            new TreeSet<>(Comparator.comparing(ScheduledTask::due).thenComparingLong(ScheduledTask::order));
    private Instant latest = Instant.MIN;
    private long order;
    private boolean closed;

    /** Starts the thread. A {@link DevelopmentClock} is followed at its own speed, any other at the wall clock's. */
    public ClockScheduler(Clock clock) {
        this.clock = clock;
        this.speed = clock instanceof DevelopmentClock development ? development.speed() : 1;
        this.thread = Thread.ofPlatform().daemon().name("pilotlight-scheduler").unstarted(this::run);
        this.thread.start();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Task at(Instant due, String name, Runnable task) {
        lock.lock();
        try {
            // What is asked for from here on is asked for by the clock as it is now.
            noticeSetBack();
            ScheduledTask scheduled = new ScheduledTask(due, order++, name, task);
            if (!closed) {
                tasks.add(scheduled);
                changed.signal();
            }
            return scheduled;
        } finally {
            lock.unlock();
        }
    }

    /** Due time of the next task, where there is one. */
    public Optional<Instant> nextDue() {
        lock.lock();
        try {
            return tasks.isEmpty() ? Optional.empty() : Optional.of(tasks.first().due);
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is pending and ends the thread; a task that is running is interrupted. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            tasks.clear();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            for (ScheduledTask task = awaitDue(); task != null; task = awaitDue()) {
                runSafely(task);
            }
        } catch (InterruptedException e) {
            // Only close() interrupts: the thread ends.
            LOG.debug("scheduler closed");
        }
    }

    private static void runSafely(ScheduledTask task) {
        try {
            task.action.run();
        } catch (Throwable e) {
            // Whatever it was, without this thread nothing in the operator would ever fall due again.
            LOG.error("scheduled task {} failed", task.name, e);
        }
    }

    /** Null when closed. */
    private ScheduledTask awaitDue() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                if (tasks.isEmpty()) {
                    changed.await();
                    continue;
                }
                Duration left = Duration.between(noticeSetBack(), tasks.first().due);
                if (left.isZero() || left.isNegative()) {
                    return tasks.pollFirst();
                }
                changed.awaitNanos(wallTime(left).toNanos());
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Moves what waits along with a clock that was set back; answers what the clock shows. */
    private Instant noticeSetBack() {
        Instant now = clock.instant();
        if (now.isBefore(latest)) {
            Duration back = Duration.between(latest, now);
            List<ScheduledTask> waiting = List.copyOf(tasks);
            tasks.clear();
            waiting.forEach(task -> {
                task.due = task.due.plus(back);
                tasks.add(task);
            });
        }
        latest = now;
        return now;
    }

    /** How long to sleep for that much time on the clock. */
    private Duration wallTime(Duration onClock) {
        double seconds = onClock.toMillis() / 1000.0 / speed;
        if (seconds >= LONGEST_SLEEP.toSeconds()) {
            return LONGEST_SLEEP;
        }
        Duration wall = Duration.ofNanos(Math.round(onClock.toNanos() / speed));
        return wall.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : wall;
    }

    private final class ScheduledTask implements Task {
        private volatile Instant due;
        private final long order;
        private final String name;
        private final Runnable action;

        ScheduledTask(Instant due, long order, String name, Runnable action) {
            this.due = due;
            this.order = order;
            this.name = name;
            this.action = action;
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
            lock.lock();
            try {
                tasks.remove(this);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public String toString() {
            return name + " at " + due;
        }
    }
}
