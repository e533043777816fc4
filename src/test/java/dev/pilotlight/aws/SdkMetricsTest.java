package dev.pilotlight.aws;

import static dev.pilotlight.domain.metrics.EndpointMetric.INVOCATIONS;
import static dev.pilotlight.domain.metrics.EndpointMetric.MEMORY_UTILIZATION;
import static dev.pilotlight.domain.metrics.EndpointMetric.MODEL_SETUP_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.metrics.EndpointMetric;
import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import dev.pilotlight.domain.metrics.Statistic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkMetricsTest {
    private static final Instant EIGHT = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AdapterFixture aws = new AdapterFixture();
    private final Metrics metrics = aws.opened().metrics();

    @AfterEach
    void close() {
        aws.close();
    }

    private static MetricQuery of(EndpointMetric metric, Statistic statistic) {
        return new MetricQuery("sentiment", "main", metric, statistic, MINUTE);
    }

    private static String page(String results, String token) {
        return """
                <GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricDataResult>
                <MetricDataResults>%s</MetricDataResults>%s</GetMetricDataResult>
                <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetMetricDataResponse>""".formatted(results, token.isEmpty() ? "" : "<NextToken>" + token + "</NextToken>");
    }

    private static String series(String id, String status, String times, String values) {
        return "<member><Id>" + id + "</Id><Label>l</Label><StatusCode>" + status + "</StatusCode><Timestamps>" + times
                + "</Timestamps><Values>" + values + "</Values></member>";
    }

    private static String member(String value) {
        return "<member>" + value + "</member>";
    }

    @Test
    void manySeriesAreOneCallAndSilenceIsNoPoint() {
        aws.stub.xml(page(
                series(
                                "q0",
                                "Complete",
                                member("2026-01-05T08:00:00Z") + member("2026-01-05T08:02:00Z"),
                                member("3.0") + member("5.0"))
                        + series("q1", "Complete", "", ""),
                ""));
        MetricQuery invocations = of(INVOCATIONS, Statistic.SUM);
        MetricQuery setups = of(MODEL_SETUP_TIME, Statistic.P95);

        assertThat(metrics.read(List.of(invocations, setups), EIGHT, EIGHT.plusSeconds(3600)))
                .containsEntry(invocations, List.of(new Point(EIGHT, 3), new Point(EIGHT.plusSeconds(120), 5)))
                .containsEntry(setups, List.of());

        assertThat(aws.calls).extracting(AwsCall::operation).containsExactly("cloudwatch:GetMetricData");
        assertThat(aws.stub.last().body())
                .contains(
                        "MetricDataQueries.member.1.MetricStat.Metric.MetricName=Invocations",
                        "MetricDataQueries.member.1.MetricStat.Metric.Namespace=AWS/SageMaker",
                        "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value=sentiment",
                        "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.2.Value=main",
                        "MetricDataQueries.member.2.MetricStat.Stat=p95",
                        "StartTime=2026-01-05T08:00:00Z");
    }

    @Test
    void memoryIsPublishedElsewhere() {
        aws.stub.xml(page(series("q0", "Complete", "", ""), ""));

        metrics.read(List.of(of(MEMORY_UTILIZATION, Statistic.MAXIMUM)), EIGHT, EIGHT.plusSeconds(60));

        assertThat(aws.stub.last().body()).contains("Namespace=/aws/sagemaker/Endpoints");
    }

    @Test
    void furtherPagesAreAddedAndThePointsSorted() {
        aws.stub.xml(page(series("q0", "PartialData", member("2026-01-05T08:01:00Z"), member("2")), "more"));
        aws.stub.xml(page(series("q0", "Complete", member("2026-01-05T08:00:00Z"), member("1")), ""));
        MetricQuery query = of(INVOCATIONS, Statistic.SUM);

        assertThat(metrics.read(List.of(query), EIGHT, EIGHT.plusSeconds(120)).get(query))
                .containsExactly(new Point(EIGHT, 1), new Point(EIGHT.plusSeconds(60), 2));
    }

    @Test
    void fiveHundredSeriesFitIntoACall() {
        aws.stub.xml(page("", "")).xml(page(series("q0", "Complete", member("2026-01-05T08:00:00Z"), member("7")), ""));
        List<MetricQuery> many = IntStream.range(0, 501)
                .mapToObj(i -> new MetricQuery("e" + i, "main", INVOCATIONS, Statistic.SUM, MINUTE))
                .toList();

        assertThat(metrics.read(many, EIGHT, EIGHT.plusSeconds(60)))
                .hasSize(501)
                .containsEntry(many.getLast(), List.of(new Point(EIGHT, 7)));
        assertThat(aws.calls).hasSize(2);
    }

    @Test
    void aSeriesThatCouldNotBeReadIsNoSilence() {
        aws.stub.xml(page(series("q0", "InternalError", "", ""), ""));
        AwsException broken = catchThrowableOfType(
                AwsException.class,
                () -> metrics.read(List.of(of(INVOCATIONS, Statistic.SUM)), EIGHT, EIGHT.plusSeconds(60)));
        assertThat(broken.kind()).isEqualTo(FailureKind.RETRIABLE);

        aws.stub.xml(page(series("q0", "Forbidden", "", ""), ""));
        AwsException forbidden = catchThrowableOfType(
                AwsException.class,
                () -> metrics.read(List.of(of(INVOCATIONS, Statistic.SUM)), EIGHT, EIGHT.plusSeconds(60)));
        assertThat(forbidden.kind()).isEqualTo(FailureKind.DENIED);
    }

    @Test
    void aPeriodIsWholeMinutes() {
        assertThatThrownBy(() -> new MetricQuery("e", "v", INVOCATIONS, Statistic.SUM, Duration.ofSeconds(90)))
                .hasMessageContaining("whole minutes");
    }
}
