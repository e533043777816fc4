package dev.pilotlight.replay;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * A mean over seeds with its 95 % confidence interval, by bootstrap; resampling is seeded, so the same figures give the same interval.
 *
 * @param count how many seeds have the figure
 */
record Mean(int count, double value, double low, double high) {
    private static final int RESAMPLES = 2000;
    private static final long SEED = 17;

    static Mean of(List<Double> values) {
        if (values.isEmpty()) {
            return new Mean(0, Double.NaN, Double.NaN, Double.NaN);
        }
        double[] means = resampled(values);
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return new Mean(values.size(), mean, means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40]);
    }

    /** How likely a mean on the wrong side of a limit is, by the same bootstrap: a one-sided p-value, never 0. */
    static double chanceOf(List<Double> values, DoublePredicate wrong) {
        return (1.0 + Arrays.stream(resampled(values)).filter(wrong).count()) / (1 + RESAMPLES);
    }

    /** P-values of several claims at once, by Holm's rule: those below 0.05 hold together. */
    static List<Double> holm(List<Double> chances) {
        List<Integer> order = IntStream.range(0, chances.size())
                .boxed()
                .sorted(Comparator.comparing(chances::get))
                .toList();
        Double[] adjusted = new Double[chances.size()];
        double highest = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            highest = Math.max(highest, Math.min(1, (order.size() - rank) * chances.get(order.get(rank))));
            adjusted[order.get(rank)] = highest;
        }
        return List.of(adjusted);
    }

    /** Ascending. */
    private static double[] resampled(List<Double> values) {
        Dice dice = new Dice(SEED);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < values.size(); j++) {
                sum += values.get(dice.below(values.size()));
            }
            means[i] = sum / values.size();
        }
        Arrays.sort(means);
        return means;
    }

    String text(String format) {
        return count == 0
                ? "-"
                : String.format(Locale.ROOT, format + " [" + format + ", " + format + "]", value, low, high);
    }
}
