package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.simulator.wire.Input;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What Search looks for: filters, filters on the items of a list, and expressions of them, all or any of which must fit. */
record SearchExpression(Predicate<JsonNode> fits) {
    private static final int MOST = 20;

    private enum Joined {
        And,
        Or
    }

    private enum Comparison {
        Equals,
        NotEquals,
        GreaterThan,
        GreaterThanOrEqualTo,
        LessThan,
        LessThanOrEqualTo,
        Contains,
        Exists,
        NotExists,
        In
    }

    boolean matches(JsonNode document) {
        return fits.test(document);
    }

    /** Constraint violations stay in {@code input}. */
    static SearchExpression read(Input input) {
        List<Predicate<JsonNode>> parts = new ArrayList<>();
        input.list("Filters", 1, MOST).forEach(filter -> parts.add(filter(filter, "")));
        input.list("NestedFilters", 1, MOST).forEach(nested -> parts.add(nested(nested)));
        input.list("SubExpressions", 1, MOST)
                .forEach(expression -> parts.add(read(expression).fits()));
        Joined joined = input.oneOf("Operator", Joined.class).orElse(Joined.And);
        return new SearchExpression(
                joined == Joined.And
                        ? document -> parts.stream().allMatch(part -> part.test(document))
                        : document -> parts.stream().anyMatch(part -> part.test(document)));
    }

    /** One item of the list has to fit all of them; they name their properties in full. */
    private static Predicate<JsonNode> nested(Input input) {
        String list = input.text("NestedPropertyName", 1, 255, Patterns.ANY);
        List<Predicate<JsonNode>> all = input.list("Filters", 1, MOST).stream()
                .map(filter -> filter(filter, list + "."))
                .toList();
        return document -> {
            JsonNode items = document.at("/" + list.replace('.', '/'));
            for (JsonNode item : items) {
                if (all.stream().allMatch(filter -> filter.test(item))) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Predicate<JsonNode> filter(Input input, String under) {
        String name = input.text("Name", 1, 255, Patterns.ANY);
        Comparison comparison = input.oneOf("Operator", Comparison.class).orElse(Comparison.Equals);
        Optional<String> value = input.optionalText("Value", 1, 1024, Patterns.ANY);
        String path = name.startsWith(under) ? name.substring(under.length()) : name;
        return document -> fits(SearchProperty.of(document, path).values(), comparison, value.orElse(""));
    }

    private static boolean fits(List<JsonNode> values, Comparison comparison, String wanted) {
        return switch (comparison) {
            case Exists -> !values.isEmpty();
            case NotExists -> values.isEmpty();
            case NotEquals -> values.stream().noneMatch(value -> compare(value, wanted) == 0);
            case Equals -> values.stream().anyMatch(value -> compare(value, wanted) == 0);
            case GreaterThan -> values.stream().anyMatch(value -> compare(value, wanted) > 0);
            case GreaterThanOrEqualTo -> values.stream().anyMatch(value -> compare(value, wanted) >= 0);
            case LessThan -> values.stream().anyMatch(value -> compare(value, wanted) < 0);
            case LessThanOrEqualTo -> values.stream().anyMatch(value -> compare(value, wanted) <= 0);
            case Contains -> values.stream().anyMatch(value -> value.asText().contains(wanted));
            case In -> {
                List<String> any = List.of(wanted.split(",", -1));
                yield values.stream().map(JsonNode::asText).anyMatch(any::contains);
            }
        };
    }

    private static int compare(JsonNode value, String wanted) {
        return SearchProperty.compare(value, value.isNumber() ? seconds(wanted) : wanted);
    }

    /** Times are asked for as ISO 8601 has them, and are numbers of seconds in a record. */
    private static String seconds(String wanted) {
        try {
            return Documents.seconds(Instant.parse(wanted)).toPlainString();
        } catch (DateTimeParseException e) {
            return wanted;
        }
    }
}
