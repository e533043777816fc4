package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** CloudWatch on the AWS SDK. */
final class SdkMetrics implements Metrics {

    private static final String OPERATION = "cloudwatch:GetMetricData";

    private final SessionCalls calls;

    SdkMetrics(SessionCalls calls) {
        this.calls = calls;
    }

    @Override
    public Map<MetricQuery, List<Point>> read(Collection<MetricQuery> queries, Instant from, Instant to) {
        List<MetricQuery> distinct = queries.stream().distinct().toList();
        Map<MetricQuery, List<Point>> series = new LinkedHashMap<>();
        distinct.forEach(query -> series.put(query, new ArrayList<>()));
        for (int first = 0; first < distinct.size(); first += SERIES_PER_CALL) {
            List<MetricQuery> some = distinct.subList(first, Math.min(distinct.size(), first + SERIES_PER_CALL));
            pages(some, from, to)
                    .forEach(page -> page.metricDataResults()
                            .forEach(result ->
                                    series.get(some.get(index(result.id()))).addAll(points(result))));
        }
        series.values().forEach(points -> points.sort(Comparator.comparing(Point::at)));
        return series;
    }

    private List<GetMetricDataResponse> pages(List<MetricQuery> queries, Instant from, Instant to) {
        List<MetricDataQuery> wanted = IntStream.range(0, queries.size())
                .mapToObj(i -> query("q" + i, queries.get(i)))
                .toList();
        return calls.pages(
                OPERATION,
                Priority.DRIFT,
                token -> calls.clients()
                        .cloudWatch()
                        .getMetricData(get -> get.overrideConfiguration(calls.credentials())
                                .metricDataQueries(wanted)
                                .startTime(from)
                                .endTime(to)
                                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                                .nextToken(token)),
                GetMetricDataResponse::nextToken);
    }

    private static MetricDataQuery query(String id, MetricQuery query) {
        return MetricDataQuery.builder()
                .id(id)
                .returnData(true)
                .metricStat(stat -> stat.stat(query.statistic().awsName())
                        .period((int) query.period().toSeconds())
                        .metric(metric -> metric.namespace(query.metric().namespace())
                                .metricName(query.metric().awsName())
                                .dimensions(
                                        dimension("EndpointName", query.endpointName()),
                                        dimension("VariantName", query.variantName()))))
                .build();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    /** Ids are {@code q<index>}; CloudWatch wants them to begin with a lower-case letter. */
    private static int index(String id) {
        return Integer.parseInt(id, 1, id.length(), 10);
    }

    private static List<Point> points(MetricDataResult result) {
        if (result.statusCode() == StatusCode.INTERNAL_ERROR || result.statusCode() == StatusCode.FORBIDDEN) {
            throw unreadable(result);
        }
        return IntStream.range(0, result.timestamps().size())
                .mapToObj(i ->
                        new Point(result.timestamps().get(i), result.values().get(i)))
                .toList();
    }

    private static AwsException unreadable(MetricDataResult result) {
        String why = result.messages().stream()
                .map(message -> message.value())
                .findFirst()
                .orElse("CloudWatch could not read a series");
        FailureKind kind = result.statusCode() == StatusCode.FORBIDDEN ? FailureKind.DENIED : FailureKind.RETRIABLE;
        return new AwsException(new AwsFailure(kind, OPERATION, result.statusCodeAsString(), why, ""), null);
    }
}
