package dev.pilotlight.operator.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that shows what a test set, forwards or backwards. */
final class TurnedClock extends Clock {
    private volatile Instant now;

    TurnedClock(Instant now) {
        this.now = now;
    }

    void jumpTo(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
