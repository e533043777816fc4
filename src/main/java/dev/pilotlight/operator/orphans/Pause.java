package dev.pilotlight.operator.orphans;

import java.time.Instant;

/** Waits on the clock that everything goes by. */
@FunctionalInterface
public interface Pause {

    /** Returns when the clock has reached {@code due}. */
    void until(Instant due);
}
