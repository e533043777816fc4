package dev.pilotlight.simulator.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.cloudwatch.MetricStore.Point;
import dev.pilotlight.simulator.cloudwatch.MetricStore.Series;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Measurements.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * GetMetricData for one caller. AWS docs: at most 500 queries and 100,800 points in one answer; what does not fit comes with the next
 * token. Metric math is not simulated. The error codes are AWS's, their texts assumed.
 */
record MetricData(MetricStore metrics, Scope scope) {
    private static final int MAX_QUERIES = 500;
    private static final int MAX_POINTS = 100_800;
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]{0,254}");
    private static final Pattern TOKEN = Pattern.compile("(\\d{1,4})/(\\d{1,9})");

    /** One query: a series, its label, and whether it is wanted in the answer. */
    private record Query(
            String id, String label, Optional<Series> series, Stat stat, int periodSeconds, boolean wanted) {}

    ObjectNode get(ObjectNode input) {
        Instant from = CloudWatchWire.time(input, "StartTime").orElseThrow(() -> missing("StartTime"));
        Instant to = CloudWatchWire.time(input, "EndTime").orElseThrow(() -> missing("EndTime"));
        if (!from.isBefore(to)) {
            throw invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
        int most = input.path("MaxDatapoints").asInt(MAX_POINTS);
        if (most < 1 || most > MAX_POINTS) {
            throw invalid("The parameter MaxDatapoints must be between 1 and " + MAX_POINTS + ".");
        }
        List<Query> queries = queries(input.path("MetricDataQueries"));
        boolean ascending = input.path("ScanBy").asText().equals("TimestampAscending");
        return page(input, queries, from, to, ascending, most);
    }

    private ObjectNode page(
            ObjectNode input, List<Query> queries, Instant from, Instant to, boolean ascending, int most) {
        var token = TOKEN.matcher(JsonProtocol.text(input, "NextToken").orElse("0/0"));
        if (!token.matches()) {
            throw new AwsError(400, "InvalidNextToken", "The token is not valid.");
        }
        int skipped = Integer.parseInt(token.group(2));
        int room = most;
        ObjectNode answer = JsonProtocol.object();
        ArrayNode results = answer.putArray("MetricDataResults");
        for (int i = Integer.parseInt(token.group(1)); i < queries.size(); i++) {
            Query query = queries.get(i);
            if (!query.wanted()) {
                continue;
            }
            List<Point> points = points(query, from, to, ascending);
            List<Point> some =
                    points.subList(Math.min(skipped, points.size()), Math.min(points.size(), skipped + room));
            boolean whole = skipped + some.size() == points.size();
            write(results.addObject(), query, some, whole);
            room -= some.size();
            if (!whole) {
                answer.put("NextToken", i + "/" + (skipped + some.size()));
                break;
            }
            skipped = 0;
        }
        answer.putArray("Messages");
        return answer;
    }

    private List<Point> points(Query query, Instant from, Instant to, boolean ascending) {
        List<Point> points = query.series()
                .map(series -> metrics.read(series, query.stat(), query.periodSeconds(), from, to))
                .orElse(List.of());
        return ascending ? points : points.reversed();
    }

    private static void write(ObjectNode json, Query query, List<Point> points, boolean whole) {
        json.put("Id", query.id()).put("Label", query.label());
        ArrayNode times = json.putArray("Timestamps");
        ArrayNode values = json.putArray("Values");
        points.forEach(point -> {
            times.addPOJO(point.at());
            values.add(point.value());
        });
        json.put("StatusCode", whole ? "Complete" : "PartialData");
    }

    private List<Query> queries(JsonNode list) {
        if (list.isEmpty()) {
            throw missing("MetricDataQueries");
        }
        if (list.size() > MAX_QUERIES) {
            throw invalid("The collection MetricDataQueries must not have a size greater than " + MAX_QUERIES + ".");
        }
        Set<String> ids = new HashSet<>();
        List<Query> queries = new ArrayList<>();
        for (JsonNode one : list) {
            Query query = query(one);
            if (!ids.add(query.id())) {
                throw invalid("The values for parameter id in MetricDataQueries are not unique.");
            }
            queries.add(query);
        }
        return queries;
    }

    private Query query(JsonNode one) {
        String id = one.path("Id").asText();
        if (!ID.matcher(id).matches()) {
            throw invalid("The value " + id + " for parameter id in MetricDataQueries is not matching the expected"
                    + " pattern ^[a-z][a-zA-Z0-9_]*$.");
        }
        JsonNode stat = one.path("MetricStat");
        if (stat.isMissingNode()) {
            throw invalid("Metric math is not simulated: MetricStat is missing in the query " + id + ".");
        }
        JsonNode metric = stat.path("Metric");
        String name = metric.path("MetricName").asText();
        int period = stat.path("Period").asInt();
        if (period < 60 || period % 60 != 0) {
            throw invalid("The parameter Period must be a multiple of 60.");
        }
        String statistic = stat.path("Stat").asText();
        return new Query(
                id,
                one.path("Label").asText(name),
                series(metric, name),
                Stat.of(statistic)
                        .orElseThrow(() -> invalid("The statistic " + statistic + " is not valid or not simulated.")),
                period,
                one.path("ReturnData").asBoolean(true));
    }

    /** Dimensions must be exactly those of the series; any others name a series that has no points. */
    private Optional<Series> series(JsonNode metric, String name) {
        Map<String, String> dimensions = new HashMap<>();
        metric.path("Dimensions")
                .forEach(one -> dimensions.put(
                        one.path("Name").asText(), one.path("Value").asText()));
        boolean ours = metric.path("Namespace").asText().equals(MetricStore.NAMESPACE)
                && dimensions.keySet().equals(Set.of("EndpointName", "VariantName"));
        return ours
                ? Optional.of(new Series(
                        scope, new Variant(dimensions.get("EndpointName"), dimensions.get("VariantName")), name))
                : Optional.empty();
    }

    private static AwsError missing(String parameter) {
        return new AwsError(400, "MissingParameter", "The parameter " + parameter + " is required.");
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "ValidationError", message);
    }
}
