package dev.pilotlight.simulator.cloudwatch;

import java.util.Map;
import java.util.TreeMap;

/**
 * The samples of one series in one period. Percentiles come from buckets that are one percent wide, as CloudWatch keeps distributions
 * and not samples.
 */
final class Bin {
    private static final double WIDTH = Math.log(1.01);
    private static final int NOTHING = Integer.MIN_VALUE;

    private final Map<Integer, Integer> buckets = new TreeMap<>();
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(double sample) {
        count++;
        sum += sample;
        min = Math.min(min, sample);
        max = Math.max(max, sample);
        buckets.merge(sample > 0 ? (int) Math.floor(Math.log(sample) / WIDTH) : NOTHING, 1, Integer::sum);
    }

    void add(Bin other) {
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        other.buckets.forEach((bucket, samples) -> buckets.merge(bucket, samples, Integer::sum));
    }

    double value(Stat stat) {
        return switch (stat) {
            case Stat.Sum() -> sum;
            case Stat.Average() -> sum / count;
            case Stat.Minimum() -> min;
            case Stat.Maximum() -> max;
            case Stat.SampleCount() -> count;
            case Stat.Percentile(double percent) -> percentile(percent);
        };
    }

    private double percentile(double percent) {
        long rank = Math.max(1, (long) Math.ceil(percent / 100 * count));
        long seen = 0;
        for (Map.Entry<Integer, Integer> bucket : buckets.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                double middle = bucket.getKey() == NOTHING ? 0 : Math.exp((bucket.getKey() + 0.5) * WIDTH);
                return Math.clamp(middle, min, max);
            }
        }
        return max;
    }
}
