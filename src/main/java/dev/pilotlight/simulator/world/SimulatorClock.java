package dev.pilotlight.simulator.world;

import java.time.Duration;
import java.time.Instant;

/** The simulator's time: real, accelerated, or turned by hand. Everything that lasts is measured on it. */
public interface SimulatorClock {

    Instant now();

    /** Runs {@code event} once when this clock reaches {@code due}, in the order of due times; returns at once. */
    void at(Instant due, Runnable event);

    /**
     * Lets {@code duration} of this clock's time pass for the calling thread, as a request that takes that long does. A
     * clock that is turned by hand returns at once: nobody may wait for a hand that never comes.
     */
    default void pass(Duration duration) throws InterruptedException {}
}
