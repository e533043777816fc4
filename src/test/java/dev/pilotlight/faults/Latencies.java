package dev.pilotlight.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long an edit of somebody who has nothing to do with an experiment takes until it is Ready, on the clock of the experiments: with nothing
 * going wrong, and while something goes wrong with somebody else.
 */
final class Latencies {
    /** How many times as long the trouble of others may make it. */
    private static final int FACTOR = 2;

    private static final double P99 = 0.99;

    private final List<Duration> undisturbed = new ArrayList<>();
    private final List<Duration> disturbed = new ArrayList<>();

    /** How often it was measured with nothing going wrong. */
    int undisturbed() {
        return undisturbed.size();
    }

    void undisturbed(Duration latency) {
        undisturbed.add(latency);
    }

    void disturbed(Duration latency) {
        disturbed.add(latency);
    }

    boolean isTooLong(Duration latency) {
        return latency.compareTo(longestUndisturbed().multipliedBy(FACTOR)) > 0;
    }

    Duration longestUndisturbed() {
        return p99(undisturbed);
    }

    /** Nothing where nothing was measured. */
    Stream<String> report(String kind) {
        return disturbed.isEmpty()
                ? Stream.empty()
                : Stream.of("I11: a bystander's edit is Ready after, AWS " + kind + ": undisturbed p99 "
                        + seconds(p99(undisturbed)) + " s of " + undisturbed.size()
                        + ", beside the trouble of others p99 "
                        + seconds(p99(disturbed)) + " s of " + disturbed.size());
    }

    private static Duration p99(List<Duration> all) {
        List<Duration> sorted = all.stream().sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.ceil(sorted.size() * P99) - 1);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
