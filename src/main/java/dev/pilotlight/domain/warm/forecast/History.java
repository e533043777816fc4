package dev.pilotlight.domain.warm.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Traffic of one endpoint in slots of 15 minutes. A slot without a sample is not known; it is not a slot without traffic, because CloudWatch
 * has no point in either case. Within a slot that has a sample, a minute that has none was quiet.
 */
public final class History {
    /** What demand is forecast for. */
    public static final Duration SLOT = Duration.ofMinutes(15);

    static final int SLOT_SECONDS = 900;
    static final int MINUTES = 15;

    private final long firstSlot;
    private final double[] counts;
    private final double[] busySeconds;
    private final double[] countsWithDuration;
    private final float[][] minutes;
    private final float[][] maxima;
    private final Optional<Requests> requests;

    /**
     * Single requests, as a gateway logs them.
     *
     * @param arrivals seconds, ascending
     * @param durations seconds
     */
    public record Requests(double[] arrivals, double[] durations) {}

    private final int slots;

    /** The slots of another one up to an end; what is known is shared. */
    private History(History whole, int slots) {
        this.firstSlot = whole.firstSlot;
        this.slots = slots;
        this.counts = whole.counts;
        this.busySeconds = whole.busySeconds;
        this.countsWithDuration = whole.countsWithDuration;
        this.minutes = whole.minutes;
        this.maxima = whole.maxima;
        this.requests = whole.requests;
    }

    private History(long firstSlot, int slots, Optional<Requests> requests) {
        this.firstSlot = firstSlot;
        this.slots = slots;
        this.counts = new double[slots];
        Arrays.fill(counts, Double.NaN);
        this.busySeconds = new double[slots];
        this.countsWithDuration = new double[slots];
        this.minutes = new float[slots][];
        this.maxima = new float[slots][];
        this.requests = requests;
    }

    /** From metrics, in any order. */
    public static History of(Collection<Sample> samples) {
        return of(samples, Optional.empty());
    }

    /**
     * From metrics, and from single requests of the same endpoint, which show its bursts best. They need not cover the same time.
     */
    public static History of(Collection<Sample> samples, Optional<Requests> requests) {
        List<Sample> ordered =
                samples.stream().sorted(Comparator.comparing(Sample::start)).toList();
        if (ordered.isEmpty()) {
            return new History(0, 0, requests);
        }
        long first = slotOf(ordered.getFirst().start());
        int slots = (int) (slotOf(ordered.getLast().start()) - first) + 1;
        History history = new History(first, slots, requests);
        ordered.forEach(history::add);
        return history;
    }

    private static long slotOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SLOT_SECONDS);
    }

    private void add(Sample sample) {
        int slot = (int) (slotOf(sample.start()) - firstSlot);
        counts[slot] = (Double.isNaN(counts[slot]) ? 0 : counts[slot]) + sample.invocations();
        if (sample.meanSeconds().isPresent()) {
            busySeconds[slot] += sample.invocations() * sample.meanSeconds().getAsDouble();
            countsWithDuration[slot] += sample.invocations();
        }
        if (sample.period().toMinutes() == 1) {
            int minute = Math.floorMod(sample.start().getEpochSecond(), SLOT_SECONDS) / 60;
            if (minutes[slot] == null) {
                minutes[slot] = new float[MINUTES];
            }
            minutes[slot][minute] += (float) sample.invocations();
            sample.maxConcurrency().ifPresent(most -> {
                if (maxima[slot] == null) {
                    maxima[slot] = new float[MINUTES];
                }
                maxima[slot][minute] = (float) most;
            });
        }
    }

    /** Slots from the first to the last sample, known or not. */
    int slots() {
        return slots;
    }

    /** What was known at an instant: the slots that were over by then. */
    public History until(Instant instant) {
        return new History(this, Math.clamp(indexOf(instant), 0, slots));
    }

    Instant startOf(int slot) {
        return Instant.ofEpochSecond((firstSlot + slot) * SLOT_SECONDS);
    }

    /** Index of the slot that holds an instant; may lie outside of what is known. */
    int indexOf(Instant instant) {
        return (int) (slotOf(instant) - firstSlot);
    }

    /** Requests, or NaN when not known. */
    double count(int slot) {
        return counts[slot];
    }

    /** Requests of every minute of the slot, or null when there are no metrics of minutes. */
    float[] minutes(int slot) {
        return minutes[slot];
    }

    /** The most requests at once in every minute, 0 where not known, or null. */
    float[] maxima(int slot) {
        return maxima[slot];
    }

    Optional<Requests> requests() {
        return requests;
    }

    /** How long a request keeps a container busy, on average over the last of the slots before an end; NaN when no sample says. */
    double meanSeconds(int from, int to) {
        double busy = 0;
        double requestsSeen = 0;
        for (int slot = Math.max(0, from); slot < Math.min(to, slots); slot++) {
            busy += busySeconds[slot];
            requestsSeen += countsWithDuration[slot];
        }
        return requestsSeen > 0 ? busy / requestsSeen : Double.NaN;
    }

    /** How much of the time is known. */
    Duration known(int from, int to) {
        int known = 0;
        for (int slot = Math.max(0, from); slot < Math.min(to, slots); slot++) {
            if (!Double.isNaN(counts[slot])) {
                known++;
            }
        }
        return SLOT.multipliedBy(known);
    }
}
