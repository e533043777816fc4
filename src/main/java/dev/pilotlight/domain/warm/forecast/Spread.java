package dev.pilotlight.domain.warm.forecast;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * How what came scattered around what was expected, minute by minute: forecast error and bursts longer than a minute in one. It is kept for
 * quiet, middling and busy slots apart, because quiet ones scatter more.
 */
final class Spread {
    private static final int CLASSES = 3;
    private static final int LOWEST = -8 * LossCurves.PER_DOUBLING;
    private static final int HIGHEST = 10 * LossCurves.PER_DOUBLING;

    private final LossCurves curves;
    private final double meanSeconds;
    /** Upper ends of the lower classes, in requests expected in a slot. */
    private final double[] ends;
    /** Requests by how far they were from what was expected, for one request expected. */
    private final double[][] weights = new double[CLASSES][HIGHEST - LOWEST + 1];

    private final double[][][] tables = new double[CLASSES][LossCurves.HIGHEST - LossCurves.LOWEST + 2][];

    private Spread(LossCurves curves, double meanSeconds, double[] ends) {
        this.curves = curves;
        this.meanSeconds = meanSeconds;
        this.ends = ends;
    }

    /**
     * @param expected requests expected in every slot
     * @param from the first slot that is looked at
     * @param to the end of them
     */
    static Spread of(
            Series series,
            double[] expected,
            int from,
            int to,
            IntPredicate which,
            LossCurves curves,
            double meanSeconds) {
        Spread spread = new Spread(curves, meanSeconds, ends(expected, from, to));
        double[] sums = new double[CLASSES];
        for (int slot = from; slot < to; slot++) {
            double count = series.count(slot);
            if (which.test(slot) && expected[slot] > 0 && !Double.isNaN(count)) {
                int of = spread.classOf(expected[slot]);
                sums[of] += expected[slot];
                spread.add(of, expected[slot], count, series.minutes(slot));
            }
        }
        for (int of = 0; of < CLASSES; of++) {
            for (int bin = 0; bin < spread.weights[of].length && sums[of] > 0; bin++) {
                spread.weights[of][bin] /= sums[of];
            }
        }
        return spread;
    }

    /** So that each class has a third of what was expected. */
    private static double[] ends(double[] expected, int from, int to) {
        double[] ordered = Arrays.copyOfRange(expected, from, to);
        Arrays.sort(ordered);
        double total = Arrays.stream(ordered).sum();
        double[] ends = new double[CLASSES - 1];
        double sum = 0;
        int next = 0;
        for (double value : ordered) {
            sum += value;
            while (next < ends.length && sum > total * (next + 1) / CLASSES) {
                ends[next++] = value;
            }
        }
        return ends;
    }

    private int classOf(double expected) {
        int of = 0;
        while (of < ends.length && expected > ends[of]) {
            of++;
        }
        return of;
    }

    private void add(int of, double expected, double count, float[] minutes) {
        if (minutes == null) {
            weights[of][bin(count / expected)] += count;
            return;
        }
        for (float minute : minutes) {
            if (minute > 0) {
                weights[of][bin(minute * minutes.length / expected)] += minute;
            }
        }
    }

    private static int bin(double ratio) {
        double step = LossCurves.PER_DOUBLING * Math.log(Math.max(ratio, 1e-9)) / Math.log(2);
        return Math.clamp(Math.round(step), LOWEST, HIGHEST) - LOWEST;
    }

    /** Requests that come for one that is expected. */
    double requests(double expected) {
        return Arrays.stream(weights[classOf(expected)]).sum();
    }

    /**
     * Requests that will spill over, by slots.
     *
     * @param expected requests expected in the slot
     */
    double[] spilled(double expected) {
        double[] spilled = new double[curves.most() + 1];
        if (expected <= 0) {
            return spilled;
        }
        double step = LossCurves.step(expected * meanSeconds / History.SLOT_SECONDS);
        int below = (int) Math.floor(step);
        double right = step - below;
        double[] low = table(classOf(expected), below);
        double[] high = table(classOf(expected), below + 1);
        for (int slots = 0; slots < spilled.length; slots++) {
            spilled[slots] = expected * ((1 - right) * low[slots] + right * high[slots]);
        }
        return spilled;
    }

    private double[] table(int of, int step) {
        int index = step - LossCurves.LOWEST;
        if (tables[of][index] == null) {
            double[] table = new double[curves.most() + 1];
            for (int bin = 0; bin < weights[of].length; bin++) {
                double weight = weights[of][bin];
                if (weight > 0) {
                    double[] curve = curves.at(step + bin + LOWEST);
                    for (int slots = 0; slots < table.length; slots++) {
                        table[slots] += weight * curve[slots];
                    }
                }
            }
            tables[of][index] = table;
        }
        return tables[of][index];
    }
}
