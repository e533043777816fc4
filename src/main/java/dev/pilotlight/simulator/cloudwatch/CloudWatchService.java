package dev.pilotlight.simulator.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.cloudwatch.AlarmBook.Alarm;
import dev.pilotlight.simulator.cloudwatch.MetricStore.Series;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Page;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Permissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** CloudWatch, read only: GetMetricData, ListMetrics, DescribeAlarms, in both wire formats. */
public final class CloudWatchService implements AwsService {
    private static final int PAGE_OF_METRICS = 500;

    private final MetricStore metrics;
    private final AlarmBook alarms;
    private final Permissions permissions;

    public CloudWatchService(MetricStore metrics, AlarmBook alarms, Permissions permissions) {
        this.metrics = metrics;
        this.alarms = alarms;
        this.permissions = permissions;
    }

    @Override
    public String name() {
        return "monitoring";
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError error) {
        return CloudWatchWire.error(request, error);
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        ObjectNode input = CloudWatchWire.read(request);
        ObjectNode answer =
                switch (request.operation()) {
                    case "GetMetricData" -> {
                        allowed(request, "*");
                        yield new MetricData(metrics, request.scope()).get(input);
                    }
                    case "ListMetrics" -> {
                        allowed(request, "*");
                        yield listMetrics(request.scope(), input);
                    }
                    case "DescribeAlarms" -> {
                        Scope scope = request.scope();
                        allowed(request, "arn:aws:cloudwatch:" + scope.region() + ":" + scope.accountId() + ":alarm:*");
                        yield describeAlarms(scope, input);
                    }
                    default ->
                        throw new AwsError(
                                400, "InvalidAction", "The simulator has no operation " + request.operation() + ".");
                };
        return CloudWatchWire.answer(request, answer);
    }

    private void allowed(AwsRequest request, String resource) {
        permissions.require(request.caller(), "cloudwatch:" + request.operation(), resource, Map.of());
    }

    private ObjectNode listMetrics(Scope scope, ObjectNode input) {
        Optional<String> namespace = JsonProtocol.text(input, "Namespace");
        Optional<String> name = JsonProtocol.text(input, "MetricName");
        List<Series> found =
                namespace.filter(asked -> !asked.equals(MetricStore.NAMESPACE)).isPresent()
                        ? List.of()
                        : metrics.series(scope).stream()
                                .filter(series ->
                                        name.isEmpty() || series.metric().equals(name.get()))
                                .filter(series -> hasDimensions(series, input.path("Dimensions")))
                                .toList();
        Page<Series> page = page(input, found, Series::toString, PAGE_OF_METRICS);
        ObjectNode answer = JsonProtocol.object();
        ArrayNode list = answer.putArray("Metrics");
        page.items().forEach(series -> {
            ObjectNode metric =
                    list.addObject().put("Namespace", MetricStore.NAMESPACE).put("MetricName", series.metric());
            dimensions(metric, series.variant().endpointName(), series.variant().variantName());
        });
        page.next().ifPresent(token -> answer.put("NextToken", token));
        return answer;
    }

    /** A filter may name a dimension with or without its value. */
    private static boolean hasDimensions(Series series, JsonNode filters) {
        for (JsonNode filter : filters) {
            String value =
                    switch (filter.path("Name").asText()) {
                        case "EndpointName" -> series.variant().endpointName();
                        case "VariantName" -> series.variant().variantName();
                        default -> "";
                    };
            if (value.isEmpty() || !filter.path("Value").asText(value).equals(value)) {
                return false;
            }
        }
        return true;
    }

    private ObjectNode describeAlarms(Scope scope, ObjectNode input) {
        Set<String> names = Set.copyOf(JsonProtocol.texts(input.path("AlarmNames")));
        String prefix = JsonProtocol.text(input, "AlarmNamePrefix").orElse("");
        Optional<String> state = JsonProtocol.text(input, "StateValue");
        int most = input.path("MaxRecords").asInt(50);
        if (most < 1 || most > 100) {
            throw new AwsError(400, "ValidationError", "MaxRecords must be between 1 and 100.");
        }
        List<Alarm> found = alarms.list(scope).stream()
                .filter(alarm -> names.isEmpty() || names.contains(alarm.name()))
                .filter(alarm -> alarm.name().startsWith(prefix))
                .filter(alarm -> state.isEmpty() || alarm.state().name().equals(state.get()))
                .toList();
        Page<Alarm> page = page(input, found, Alarm::name, most);
        ObjectNode answer = JsonProtocol.object();
        answer.putArray("CompositeAlarms");
        ArrayNode list = answer.putArray("MetricAlarms");
        page.items().forEach(alarm -> describe(list.addObject(), alarm));
        page.next().ifPresent(token -> answer.put("NextToken", token));
        return answer;
    }

    private static void describe(ObjectNode json, Alarm alarm) {
        json.put("AlarmName", alarm.name()).put("AlarmArn", alarm.arn());
        json.put("AlarmDescription", "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy " + alarm.action() + ".");
        json.put("ActionsEnabled", true);
        json.putArray("OKActions");
        json.putArray("AlarmActions").add(alarm.action());
        json.putArray("InsufficientDataActions");
        json.put("StateValue", alarm.state().name()).putPOJO("StateUpdatedTimestamp", alarm.stateSince());
        json.put("Namespace", MetricStore.NAMESPACE)
                .put("MetricName", alarm.metric())
                .put("Statistic", "Average");
        dimensions(json, alarm.variant().endpointName(), alarm.variant().variantName());
        json.put("Period", 60)
                .put("EvaluationPeriods", alarm.minutes())
                .put("Threshold", alarm.threshold())
                .put("ComparisonOperator", alarm.comparison());
    }

    private static void dimensions(ObjectNode json, String endpointName, String variantName) {
        ArrayNode dimensions = json.putArray("Dimensions");
        dimensions.addObject().put("Name", "EndpointName").put("Value", endpointName);
        dimensions.addObject().put("Name", "VariantName").put("Value", variantName);
    }

    private static <T> Page<T> page(ObjectNode input, List<T> all, Function<T, String> key, int size) {
        return Page.of(
                all,
                key,
                JsonProtocol.text(input, "NextToken"),
                size,
                () -> new AwsError(400, "InvalidNextToken", "The token is not valid."));
    }
}
