package dev.pilotlight.domain.time;

import java.time.Clock;
import java.time.Instant;

/**
 * The only timer of the operator: next looks, backoff, polls, limiter waits and deadlines are all tasks here, and they
 * fall due on {@link #clock()}, never on a wall clock of their own.
 */
public interface Scheduler {

    /** The clock on which tasks fall due. */
    Clock clock();

    /**
     * Runs {@code task} once, when the clock reaches {@code due}, or as soon as possible where that has passed. The task
     * runs on a thread of the scheduler and must not block for longer than a moment.
     *
     * @param name for logs and for the test harness, for example {@code inventory.fast 111122223333/us-east-1}
     */
    Task at(Instant due, String name, Runnable task);

    /** A task that has not run yet. */
    interface Task {

        /** When it runs, by the clock as it is now: a clock that is set back takes what waits along. */
        Instant due();

        /** Takes the task back; no effect once it has started. */
        void cancel();
    }
}
