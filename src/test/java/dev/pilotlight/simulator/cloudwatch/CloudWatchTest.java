package dev.pilotlight.simulator.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pilotlight.simulator.SimulatedAws;
import dev.pilotlight.simulator.runtime.InvocationSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;
import software.amazon.awssdk.services.sagemakerruntime.model.SageMakerRuntimeException;

/** What endpoints did, as CloudWatch tells it, in both of its wire formats. */
class CloudWatchTest {
    private static final Instant START = SimulatedAws.START;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatedAws aws = SimulatedAws.start(settings -> settings.invocation(InvocationSettings.defaults()
            .withColdStart(Duration.ofSeconds(3), Duration.ZERO)
            .withHandling(Duration.ofMillis(100))));
    private final CloudWatchClient cloudWatch = aws.client(CloudWatchClient.builder());

    @AfterEach
    void close() {
        aws.close();
    }

    private void invoke(String endpoint) {
        aws.runtime()
                .invokeEndpoint(r -> r.endpointName(endpoint)
                        .contentType("text/plain")
                        .body(SimulatedAws.bytes("what a great day")));
    }

    private static MetricDataQuery query(String id, String endpoint, String metric, String stat, int period) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(s -> s.stat(stat)
                        .period(period)
                        .metric(m -> m.namespace("AWS/SageMaker")
                                .metricName(metric)
                                .dimensions(dimension("EndpointName", endpoint), dimension("VariantName", "main"))))
                .build();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private GetMetricDataResponse get(List<MetricDataQuery> queries, Consumer<GetMetricDataRequest.Builder> more) {
        return cloudWatch.getMetricData(request -> request.metricDataQueries(queries)
                .startTime(START)
                .endTime(START.plus(Duration.ofDays(1)))
                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                .applyMutation(more));
    }

    private MetricDataResult series(String endpoint, String metric, String stat, int period) {
        return get(List.of(query("a", endpoint, metric, stat, period)), more -> {})
                .metricDataResults()
                .getFirst();
    }

    @Test
    void minutesWithoutTrafficHaveNoPoints() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        invoke("sentiment");
        invoke("sentiment");
        aws.pass(MINUTE.multipliedBy(3));
        invoke("sentiment");
        aws.pass(MINUTE);

        MetricDataResult invocations = series("sentiment", "Invocations", "Sum", 60);

        assertThat(invocations.timestamps()).containsExactly(START, START.plus(MINUTE.multipliedBy(3)));
        assertThat(invocations.values()).containsExactly(2.0, 1.0);
        assertThat(invocations.statusCode()).isEqualTo(StatusCode.COMPLETE);
        assertThat(series("sentiment", "Invocations", "Sum", 300).values()).containsExactly(3.0);
        assertThat(series("other", "Invocations", "Sum", 60).values()).isEmpty();
    }

    @Test
    void aMinuteIsSeenWhenItIsOver() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        invoke("sentiment");
        aws.pass(Duration.ofSeconds(59));
        assertThat(series("sentiment", "Invocations", "Sum", 60).values()).isEmpty();
        aws.pass(Duration.ofSeconds(1));
        assertThat(series("sentiment", "Invocations", "Sum", 60).values()).hasSize(1);
    }

    @Test
    void aColdStartIsSeenInSetupTimeAndOverhead() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        invoke("sentiment");
        invoke("sentiment");
        aws.pass(MINUTE);

        assertThat(series("sentiment", "ModelSetupTime", "SampleCount", 60).values())
                .containsExactly(1.0);
        assertThat(series("sentiment", "ModelSetupTime", "Maximum", 60).values())
                .containsExactly(3_000_000.0);
        assertThat(series("sentiment", "OverheadLatency", "Maximum", 60).values())
                .containsExactly(3_000_000.0);
        assertThat(series("sentiment", "OverheadLatency", "Minimum", 60).values())
                .containsExactly(0.0);
        assertThat(series("sentiment", "ModelLatency", "Average", 60).values().getFirst())
                .isCloseTo(100_000.0, within(1000.0));
        assertThat(series("sentiment", "ModelLatency", "p95", 60).values().getFirst())
                .isCloseTo(100_000.0, within(1000.0));
        assertThat(series("sentiment", "Invocation5XXErrors", "Average", 60).values())
                .containsExactly(0.0);
    }

    @Test
    void errorsAreToldByWhoseTheyAre() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        assertThatThrownBy(() -> aws.runtime()
                        .invokeEndpoint(r -> r.endpointName("sentiment")
                                .contentType("application/json")
                                .body(SimulatedAws.bytes("{"))))
                .isInstanceOf(SageMakerRuntimeException.class);
        invoke("sentiment");
        aws.pass(MINUTE);

        assertThat(series("sentiment", "Invocation4XXErrors", "Sum", 60).values())
                .containsExactly(1.0);
        assertThat(series("sentiment", "Invocation4XXErrors", "Average", 60).values())
                .containsExactly(0.5);
        assertThat(series("sentiment", "Invocation5XXErrors", "Sum", 60).values())
                .containsExactly(0.0);
    }

    @Test
    void provisionedSlotsAndWhatSpillsOverAreCounted() {
        aws.servingEndpoint("warm", SimulatedAws.IMAGE, 4, 2);
        invoke("warm");
        invoke("warm");
        // The clock stands still, so that this one comes while the other two are at work.
        invoke("warm");
        aws.pass(MINUTE);
        invoke("warm");
        aws.pass(MINUTE);

        assertThat(series("warm", "ServerlessProvisionedConcurrencyInvocations", "Sum", 60)
                        .values())
                .containsExactly(2.0, 1.0);
        assertThat(series("warm", "ServerlessProvisionedConcurrencyUtilization", "Maximum", 60)
                        .values())
                .containsExactly(1.0, 0.5);
        assertThat(series("warm", "ServerlessProvisionedConcurrencyExecutions", "Maximum", 60)
                        .values())
                .containsExactly(2.0, 1.0);
        assertThat(series("warm", "ServerlessConcurrentExecutionsUtilization", "Maximum", 60)
                        .values())
                .containsExactly(0.75, 0.25);
        assertThat(series("warm", "ServerlessProvisionedConcurrencySpilloverInvocations", "Sum", 60)
                        .values())
                .containsExactly(1.0);
        assertThat(series("warm", "ModelSetupTime", "SampleCount", 60).values()).containsExactly(1.0);
    }

    @Test
    void manySeriesComeInOneAnswerAndPagesAreContinued() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        for (int i = 0; i < 5; i++) {
            invoke("sentiment");
            aws.pass(MINUTE);
        }
        List<MetricDataQuery> queries = List.of(
                query("a", "sentiment", "Invocations", "Sum", 60),
                query("b", "sentiment", "ModelLatency", "Average", 60),
                query("c", "sentiment", "ModelSetupTime", "Sum", 60).toBuilder()
                        .returnData(false)
                        .build());

        GetMetricDataResponse first = get(queries, more -> more.maxDatapoints(7));
        assertThat(first.metricDataResults()).extracting(MetricDataResult::id).containsExactly("a", "b");
        assertThat(first.metricDataResults().get(1).statusCode()).isEqualTo(StatusCode.PARTIAL_DATA);
        GetMetricDataResponse second =
                get(queries, more -> more.maxDatapoints(7).nextToken(first.nextToken()));
        assertThat(second.metricDataResults()).extracting(MetricDataResult::id).containsExactly("b");
        assertThat(second.metricDataResults().getFirst().values()).hasSize(3);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void theNewestPointComesFirstUnlessAskedOtherwise() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        invoke("sentiment");
        aws.pass(MINUTE);
        invoke("sentiment");
        aws.pass(MINUTE);

        assertThat(get(List.of(query("a", "sentiment", "Invocations", "Sum", 60)), more -> more.scanBy((String) null))
                        .metricDataResults()
                        .getFirst()
                        .timestamps())
                .containsExactly(START.plus(MINUTE), START);
    }

    @Test
    void minutesAreKeptForFifteenDaysAndFiveMinutesForSixtyThree() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        invoke("sentiment");
        aws.pass(Duration.ofDays(16));
        assertThat(series("sentiment", "Invocations", "Sum", 60).values()).isEmpty();
        assertThat(series("sentiment", "Invocations", "Sum", 900).values()).containsExactly(1.0);
        aws.pass(Duration.ofDays(50));
        assertThat(series("sentiment", "Invocations", "Sum", 900).values()).isEmpty();
    }

    @Test
    void aPastCanBeSeeded() {
        String seed = """
                {"metrics":[{"endpointName":"old","variantName":"main","metricName":"Invocations",
                "start":"2026-01-01T00:00:00Z","periodSeconds":900,"values":[120,null,95]}]}""";
        aws.seed(seed);
        aws.seed(seed);
        aws.pass(Duration.ofHours(1));

        MetricDataResult invocations = series("old", "Invocations", "Sum", 900);

        assertThat(invocations.values()).containsExactly(120.0, 95.0);
        assertThat(invocations.timestamps().getLast()).isEqualTo(START.plus(Duration.ofMinutes(30)));
    }

    @Test
    void metricsAreListedByWhatTheyMeasure() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        invoke("sentiment");

        assertThat(cloudWatch
                        .listMetrics(r -> r.namespace("AWS/SageMaker")
                                .metricName("ModelLatency")
                                .dimensions(DimensionFilter.builder()
                                        .name("EndpointName")
                                        .value("sentiment")
                                        .build()))
                        .metrics())
                .singleElement()
                .satisfies(metric -> assertThat(metric.dimensions()).hasSize(2));
        assertThat(cloudWatch.listMetrics(r -> r.namespace("AWS/Lambda")).metrics())
                .isEmpty();
        assertThat(cloudWatch.listMetrics().metrics())
                .extracting(Metric::metricName)
                .contains("Invocations", "ModelSetupTime", "ServerlessConcurrentExecutionsUtilization");
    }

    @Test
    void whatAwsRefusesIsRefused() {
        List<MetricDataQuery> one = List.of(query("a", "x", "Invocations", "Sum", 60));
        refused("less than the parameter EndTime", one, more -> more.endTime(START));
        refused("multiple of 60", List.of(query("a", "x", "Invocations", "Sum", 90)), more -> {});
        refused("pattern", List.of(query("A", "x", "Invocations", "Sum", 60)), more -> {});
        refused("not unique", List.of(one.getFirst(), one.getFirst()), more -> {});
        refused("statistic", List.of(query("a", "x", "Invocations", "TM(10%:90%)", 60)), more -> {});
        List<MetricDataQuery> many = new ArrayList<>();
        for (int i = 0; i < 501; i++) {
            many.add(query("q" + i, "x", "Invocations", "Sum", 60));
        }
        refused("greater than 500", many, more -> {});
        refused("token", one, more -> more.nextToken("?"));
    }

    private void refused(String text, List<MetricDataQuery> queries, Consumer<GetMetricDataRequest.Builder> more) {
        assertThatThrownBy(() -> get(queries, more))
                .isInstanceOf(CloudWatchException.class)
                .hasMessageContaining(text);
    }

    @Test
    void theSameIsToldInJson() throws IOException, InterruptedException {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        invoke("sentiment");
        aws.pass(MINUTE);

        HttpResponse<String> answer =
                json("GetMetricData", """
                {"StartTime":%d,"EndTime":%d,"MetricDataQueries":[{"Id":"a","MetricStat":{"Period":60,"Stat":"Sum","Metric":{
                "Namespace":"AWS/SageMaker","MetricName":"Invocations","Dimensions":[{"Name":"EndpointName","Value":"sentiment"},
                {"Name":"VariantName","Value":"main"}]}}}]}""".formatted(START.getEpochSecond(), START.getEpochSecond() + 3600));

        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-amz-json-1.0");
        assertThat(answer.body())
                .contains("\"Timestamps\":[%d.000]".formatted(START.getEpochSecond()), "\"Values\":[1.0]");
    }

    @Test
    void anErrorInJsonHasTheCodeOfTheForm() throws IOException, InterruptedException {
        HttpResponse<String> answer = json("GetMetricData", "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-query-error")).hasValue("MissingParameter;Sender");
        assertThat(answer.body()).contains("\"__type\":\"MissingParameter\"");
    }

    private HttpResponse<String> json(String operation, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(aws.simulator().endpoint().toString()))
                .header("X-Amz-Target", "GraniteServiceVersion20100801." + operation)
                .header("x-amzn-query-mode", "true")
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/us-east-1/monitoring/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
