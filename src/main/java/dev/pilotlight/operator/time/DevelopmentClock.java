package dev.pilotlight.operator.time;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock for development that is an affine function of the wall clock: it shows {@link #origin()} at {@link #wallOrigin()} and runs
 * {@link #speed()} times as fast. Every process that is given the same three values shows the same time.
 *
 * <p>What an AWS SDK or the API server compares with a clock of its own (signatures, credentials, leases) stays on the wall clock.
 */
public final class DevelopmentClock extends Clock {
    private static final double FASTEST = 1_000_000;

    private final InstantSource wall;
    private final Instant wallOrigin;
    private final Instant origin;
    private final double speed;
    private final ZoneId zone;

    private DevelopmentClock(InstantSource wall, Instant wallOrigin, Instant origin, double speed, ZoneId zone) {
        this.wall = wall;
        this.wallOrigin = wallOrigin;
        this.origin = origin;
        this.speed = speed;
        this.zone = zone;
    }

    /**
     * Reads a flag value: {@code ORIGIN@SPEED} starts at the present moment, {@code ORIGIN@SPEED@WALL-ORIGIN} joins a clock that started
     * then; {@link #toFlag()} gives the second form. Example: {@code 2026-01-01T00:00:00Z@20}.
     *
     * @throws IllegalArgumentException with a message that names the form
     */
    public static DevelopmentClock parse(String flag) {
        return parse(flag, InstantSource.system());
    }

    static DevelopmentClock parse(String flag, InstantSource wall) {
        String[] parts = flag.split("@", -1);
        try {
            if (parts.length == 2 || parts.length == 3) {
                double speed = Double.parseDouble(parts[1]);
                if (speed > 0 && speed <= FASTEST) {
                    Instant wallOrigin = parts.length == 3 ? Instant.parse(parts[2]) : wall.instant();
                    return new DevelopmentClock(wall, wallOrigin, Instant.parse(parts[0]), speed, ZoneOffset.UTC);
                }
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw malformed(flag, e);
        }
        throw malformed(flag, null);
    }

    private static IllegalArgumentException malformed(String flag, Exception cause) {
        return new IllegalArgumentException(
                "\"%s\" is no development clock: write ORIGIN@SPEED or ORIGIN@SPEED@WALL-ORIGIN, instants in UTC and a speed above 0 and up to %.0f, for example 2026-01-01T00:00:00Z@20"
                        .formatted(flag, FASTEST),
                cause);
    }

    /** The flag value with which another process shows the same time. */
    public String toFlag() {
        return origin + "@" + (speed == Math.rint(speed) ? Long.toString((long) speed) : Double.toString(speed)) + "@"
                + wallOrigin;
    }

    /** An instant of the wall clock. */
    public Instant wallOrigin() {
        return wallOrigin;
    }

    /** What this clock shows at {@link #wallOrigin()}. */
    public Instant origin() {
        return origin;
    }

    /** Seconds of this clock in one second of the wall clock. */
    public double speed() {
        return speed;
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(
                Math.round(Duration.between(wallOrigin, wall.instant()).toNanos() * speed));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId otherZone) {
        return new DevelopmentClock(wall, wallOrigin, origin, speed, otherZone);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DevelopmentClock that
                && wall.equals(that.wall)
                && wallOrigin.equals(that.wallOrigin)
                && origin.equals(that.origin)
                && Double.compare(speed, that.speed) == 0
                && zone.equals(that.zone);
    }

    @Override
    public int hashCode() {
        return toFlag().hashCode();
    }

    @Override
    public String toString() {
        return "DevelopmentClock[" + toFlag() + "]";
    }
}
