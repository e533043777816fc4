package dev.pilotlight.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much of the matrix is run.
 *
 * @param full all of it; otherwise a part that is always the same
 * @param seed of everything that is drawn by chance
 * @param flows that are tried
 */
record Extent(boolean full, long seed, List<Flow> flows) {
    private static final int MOST_CALLS = 120;

    /** The part that belongs to the API-server tier. */
    static final Extent SHORT = new Extent(false, 20261126, List.of(Flow.values()));

    /** How long nothing may happen before it counts as rest. */
    Duration rest() {
        return full ? Duration.ofMinutes(5) : Duration.ofMinutes(2);
    }

    /**
     * Numbers of calls at which something happens: every one, or only this.
     */
    IntStream calls(int one) {
        return full ? IntStream.rangeClosed(1, MOST_CALLS) : IntStream.of(one);
    }

    /** All flows that are tried, or those of them that are named. */
    List<Flow> flows(Flow... few) {
        return full ? flows : Stream.of(few).filter(flows::contains).toList();
    }

    /** All of them, or the first few. */
    <T> List<T> of(List<T> all, int few) {
        return full ? all : all.subList(0, Math.min(few, all.size()));
    }
}
