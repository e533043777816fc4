package dev.pilotlight.domain.warm.coldstart;

import dev.pilotlight.api.v1alpha1.ColdStartStatus;
import dev.pilotlight.domain.metrics.EndpointMetric;
import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import dev.pilotlight.domain.metrics.Statistic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cold starts of one day, UTC.
 *
 * @param invocations of the day, without the pings that were left out
 * @param coldStarts of containers that one of them waited for
 * @param p50 median of what a start took; empty when there was none. A caller waits for at least that long
 * @param p95 of the same
 * @param overhead what SageMaker added to an invocation on average, all of them counted; empty without traffic
 */
public record ColdStarts(
        LocalDate date,
        long invocations,
        long coldStarts,
        Optional<Duration> p50,
        Optional<Duration> p95,
        Optional<Duration> overhead) {
    /** CloudWatch makes points of a whole day at midnight UTC. */
    private static final Duration DAY = Duration.ofDays(1);

    /** No container takes longer to start, and no invocation to be answered. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final double LONGEST_MICROSECONDS = 3.6e9;
    private static final double MOST_COUNTED = 1e12;

    /** The five series that a day takes. */
    public static List<MetricQuery> queries(String endpointName, String variantName) {
        return List.of(
                query(endpointName, variantName, EndpointMetric.INVOCATIONS, Statistic.SUM),
                query(endpointName, variantName, EndpointMetric.MODEL_SETUP_TIME, Statistic.SAMPLE_COUNT),
                query(endpointName, variantName, EndpointMetric.MODEL_SETUP_TIME, Statistic.P50),
                query(endpointName, variantName, EndpointMetric.MODEL_SETUP_TIME, Statistic.P95),
                query(endpointName, variantName, EndpointMetric.OVERHEAD_LATENCY, Statistic.AVERAGE));
    }

    /**
     * Values that no endpoint can have are left out like missing ones.
     *
     * @param series answers to {@link #queries}
     */
    public static ColdStarts of(LocalDate date, Map<MetricQuery, List<Point>> series) {
        return new ColdStarts(
                date,
                Math.round(
                        value(series, EndpointMetric.INVOCATIONS, Statistic.SUM).orElse(0.0)),
                Math.round(value(series, EndpointMetric.MODEL_SETUP_TIME, Statistic.SAMPLE_COUNT)
                        .orElse(0.0)),
                value(series, EndpointMetric.MODEL_SETUP_TIME, Statistic.P50).map(ColdStarts::micros),
                value(series, EndpointMetric.MODEL_SETUP_TIME, Statistic.P95).map(ColdStarts::micros),
                value(series, EndpointMetric.OVERHEAD_LATENCY, Statistic.AVERAGE)
                        .map(ColdStarts::micros));
    }

    /** Without our own pings: CloudWatch has no inference ids, but whoever sent them knows. */
    public ColdStarts withoutPings(int pings, int coldPings) {
        return new ColdStarts(
                date, Math.max(0, invocations - pings), Math.max(0, coldStarts - coldPings), p50, p95, overhead);
    }

    /** Share of invocations that waited for a container, 0 to 1; empty without traffic, of which nothing can be said. */
    public Optional<Double> share() {
        return invocations == 0 ? Optional.empty() : Optional.of(Math.min(1.0, (double) coldStarts / invocations));
    }

    /**
     * Rounded for a status: a tenth of a percent, and two digits of a latency.
     *
     * @param usd what keeping warm cost on the day
     */
    public ColdStartStatus status(String usd) {
        return new ColdStartStatus(
                date.toString(),
                share().map(share -> BigDecimal.valueOf(share * 100)
                                .setScale(1, RoundingMode.HALF_UP)
                                .toPlainString())
                        .orElse(null),
                p50.map(ColdStarts::rounded).orElse(null),
                p95.map(ColdStarts::rounded).orElse(null),
                overhead.map(ColdStarts::rounded).orElse(null),
                usd);
    }

    private static int rounded(Duration latency) {
        return BigDecimal.valueOf(Math.clamp(latency.toMillis(), 0, LONGEST.toMillis()))
                .round(new MathContext(2, RoundingMode.HALF_UP))
                .intValue();
    }

    private static Optional<Double> value(
            Map<MetricQuery, List<Point>> series, EndpointMetric metric, Statistic statistic) {
        boolean counts = statistic == Statistic.SUM || statistic == Statistic.SAMPLE_COUNT;
        double most = counts ? MOST_COUNTED : LONGEST_MICROSECONDS;
        return series.entrySet().stream()
                .filter(entry ->
                        entry.getKey().metric() == metric && entry.getKey().statistic() == statistic)
                .flatMap(entry -> entry.getValue().stream())
                .map(Point::value)
                .filter(value -> value >= 0 && value <= most)
                .findFirst();
    }

    private static Duration micros(double value) {
        return Duration.ofNanos(Math.round(value * 1000));
    }

    private static MetricQuery query(
            String endpointName, String variantName, EndpointMetric metric, Statistic statistic) {
        return new MetricQuery(endpointName, variantName, metric, statistic, DAY);
    }
}
