package dev.pilotlight.domain.warm.forecast;

import dev.pilotlight.domain.metrics.EndpointMetric;
import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import dev.pilotlight.domain.metrics.Statistic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * Which series of CloudWatch make a {@link History}. The latest days are read by the minute, which shows bursts; days before, by quarters of
 * an hour. A period without a point is left out: it is not known, and no zero.
 *
 * @param maxConcurrency of today, which CloudWatch's share of concurrency is taken of: 1 to 200
 */
public record MeasuredTraffic(String endpointName, String variantName, int maxConcurrency) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** CloudWatch keeps minutes for 15 days (AWS docs: retention of metrics); the last hour of them may go while they are read. */
    private static final Duration MINUTES_KEPT = Duration.ofDays(15).minusHours(1);

    private static final double MICROSECONDS = 1e6;

    /** Many times what an endpoint of 200 at a time can answer. */
    private static final double MOST_A_MINUTE = 1e7;

    /** An hour; no invocation is waited for as long. */
    private static final double LONGEST_MICROSECONDS = 3.6e9;

    /** A share of maxConcurrency; somewhat above all of it, because maxConcurrency may have been another at the time. */
    private static final double MOST_SHARE = 1.5;

    /**
     * One read.
     *
     * @param from inclusive, where a quarter of an hour begins
     * @param to exclusive
     */
    public record Part(Duration period, Instant from, Instant to) {}

    /** What to read for a lookback, oldest first; no two parts have a quarter of an hour in common. */
    public static List<Part> parts(Duration lookback, Instant now) {
        Instant from = slotStart(now.minus(lookback));
        Instant kept = slotStart(now.minus(MINUTES_KEPT)).plus(History.SLOT);
        if (!from.isBefore(kept)) {
            return List.of(new Part(MINUTE, from, now));
        }
        return List.of(new Part(History.SLOT, from, kept), new Part(MINUTE, kept, now));
    }

    private static Instant slotStart(Instant instant) {
        long seconds = instant.getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, History.SLOT_SECONDS));
    }

    /** The series of a part. */
    public List<MetricQuery> queries(Part part) {
        return List.of(invocations(part), latency(part), concurrency(part));
    }

    private MetricQuery invocations(Part part) {
        return query(EndpointMetric.INVOCATIONS, Statistic.SUM, part);
    }

    private MetricQuery latency(Part part) {
        return query(EndpointMetric.MODEL_LATENCY, Statistic.AVERAGE, part);
    }

    private MetricQuery concurrency(Part part) {
        return query(EndpointMetric.CONCURRENT_EXECUTIONS_UTILIZATION, Statistic.MAXIMUM, part);
    }

    private MetricQuery query(EndpointMetric metric, Statistic statistic, Part part) {
        return new MetricQuery(endpointName, variantName, metric, statistic, part.period());
    }

    /** Values that no endpoint can have are left out like missing ones. */
    public List<Sample> samples(Part part, Map<MetricQuery, List<Point>> answer) {
        Map<Instant, Double> latencies = byTime(answer.get(latency(part)), LONGEST_MICROSECONDS);
        Map<Instant, Double> shares = byTime(answer.get(concurrency(part)), MOST_SHARE);
        double most = MOST_A_MINUTE * part.period().toMinutes();
        List<Sample> samples = new ArrayList<>();
        for (Point point : answer.get(invocations(part))) {
            if (isPossible(point.value(), most)) {
                samples.add(new Sample(
                        point.at(),
                        part.period(),
                        point.value(),
                        at(latencies, point.at(), micros -> micros / MICROSECONDS),
                        at(shares, point.at(), share -> share * maxConcurrency)));
            }
        }
        return samples;
    }

    private static Map<Instant, Double> byTime(List<Point> points, double most) {
        return points.stream()
                .filter(point -> isPossible(point.value(), most))
                .collect(Collectors.toMap(Point::at, Point::value, Math::max));
    }

    private static OptionalDouble at(Map<Instant, Double> values, Instant at, DoubleUnaryOperator inUnit) {
        Double value = values.get(at);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(inUnit.applyAsDouble(value));
    }

    private static boolean isPossible(double value, double most) {
        return value >= 0 && value <= most;
    }
}
