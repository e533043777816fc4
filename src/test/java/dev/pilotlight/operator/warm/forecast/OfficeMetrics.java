package dev.pilotlight.operator.warm.forecast;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.Metrics;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.metrics.EndpointMetric;
import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import dev.pilotlight.testing.OfficeTraffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A CloudWatch that has seen an office's traffic, with requests of a second. */
final class OfficeMetrics implements Metrics {
    final List<MetricQuery> asked = new ArrayList<>();
    Instant begins = Instant.EPOCH;
    Optional<FailureKind> failure = Optional.empty();
    double times = 1;
    int reads;

    @Override
    public Map<MetricQuery, List<Point>> read(Collection<MetricQuery> queries, Instant from, Instant to) {
        reads++;
        asked.addAll(queries);
        if (failure.isPresent()) {
            throw new AwsException(
                    new AwsFailure(
                            failure.get(),
                            "cloudwatch:GetMetricData",
                            failure.get().name(),
                            "not now",
                            "r-1"),
                    null);
        }
        Map<MetricQuery, List<Point>> answer = new HashMap<>();
        for (MetricQuery query : queries) {
            List<Point> points = new ArrayList<>();
            for (Instant at = from.isBefore(begins) ? begins : from; at.isBefore(to); at = at.plus(query.period())) {
                if (query.metric() == EndpointMetric.INVOCATIONS) {
                    points.add(new Point(at, count(at, query.period().toMinutes())));
                } else if (query.metric() == EndpointMetric.MODEL_LATENCY) {
                    points.add(new Point(at, 1e6));
                }
            }
            answer.put(query, points);
        }
        return answer;
    }

    private double count(Instant from, long minutes) {
        double sum = 0;
        for (int i = 0; i < minutes; i++) {
            sum += OfficeTraffic.inMinute(from.plusSeconds(60L * i), times);
        }
        return sum;
    }
}
