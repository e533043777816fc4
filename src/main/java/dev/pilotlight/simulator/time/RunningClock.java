package dev.pilotlight.simulator.time;

import dev.pilotlight.simulator.world.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A clock that follows the wall clock by an affine function: {@code simOrigin + (wall - wallOrigin) * speed}.
 *
 * <p>Two processes that construct it with the same three numbers on the same machine share one time.
 */
public final class RunningClock implements SimulatorClock, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunningClock.class.getName());
    private static final double NANOS = 1e9;

    private final Instant wallOrigin;
    private final Instant simOrigin;
    private final double speed;
    private final ScheduledThreadPoolExecutor events;

    /**
     * @param wallOrigin an instant of the wall clock
     * @param simOrigin what this clock shows at {@code wallOrigin}
     * @param speed seconds of this clock in one second of the wall clock, above 0
     */
    public RunningClock(Instant wallOrigin, Instant simOrigin, double speed) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be a number above 0, was " + speed);
        }
        this.wallOrigin = wallOrigin;
        this.simOrigin = simOrigin;
        this.speed = speed;
        this.events = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("simulator-clock-", 0).factory());
        this.events.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The wall clock itself. */
    public static RunningClock real() {
        return accelerated(1);
    }

    /** Starts at the present and runs {@code speed} times as fast as the wall clock. */
    public static RunningClock accelerated(double speed) {
        Instant now = Instant.now();
        return new RunningClock(now, now, speed);
    }

    @Override
    public Instant now() {
        Duration wall = Duration.between(wallOrigin, Instant.now());
        return simOrigin.plus(scaled(wall, speed));
    }

    @Override
    public void at(Instant due, Runnable event) {
        // What is too far ahead to be counted in nanoseconds never comes, and need not.
        long delay = TimeUnit.NANOSECONDS.convert(scaled(Duration.between(now(), due), 1 / speed));
        var unused = events.schedule(() -> run(event), Math.max(0, delay), TimeUnit.NANOSECONDS);
    }

    private static void run(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "a simulator event failed", bug);
        }
    }

    @Override
    public void pass(Duration duration) throws InterruptedException {
        Thread.sleep(scaled(duration, 1 / speed));
    }

    public Instant wallOrigin() {
        return wallOrigin;
    }

    public Instant simOrigin() {
        return simOrigin;
    }

    public double speed() {
        return speed;
    }

    /** Drops every event that is not due yet. */
    @Override
    public void close() {
        events.shutdownNow();
    }

    private static Duration scaled(Duration duration, double factor) {
        if (factor == 1) {
            return duration;
        }
        double nanos = (duration.getSeconds() * NANOS + duration.getNano()) * factor;
        long seconds = (long) Math.floor(nanos / NANOS);
        return Duration.ofSeconds(seconds, (long) (nanos - seconds * NANOS));
    }
}
