package dev.pilotlight.simulator.world;

import java.time.Instant;

/** The simulator's time: real, accelerated, or turned by hand. Everything that lasts is measured on it. */
public interface SimulatorClock {

    Instant now();

    /** Runs {@code event} once when this clock reaches {@code due}, in the order of due times; returns at once. */
    void at(Instant due, Runnable event);
}
