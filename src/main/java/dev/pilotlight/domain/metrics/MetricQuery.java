package dev.pilotlight.domain.metrics;

import java.time.Duration;

/**
 * One series of one variant.
 *
 * @param period length of a point, whole minutes; CloudWatch keeps minutes for 15 days, five minutes for 63 days
 */
public record MetricQuery(
        String endpointName, String variantName, EndpointMetric metric, Statistic statistic, Duration period) {
    public MetricQuery {
        if (period.toMinutes() < 1 || !period.equals(Duration.ofMinutes(period.toMinutes()))) {
            throw new IllegalArgumentException("a period is whole minutes, but was " + period);
        }
    }
}
