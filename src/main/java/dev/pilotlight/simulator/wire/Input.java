package dev.pilotlight.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request's fields, read with the constraints of the service model. What breaks a constraint is collected and
 * reported by {@link #check} in one error, worded as AWS services generate it from their models.
 */
public final class Input {
    private final JsonNode node;
    private final String path;
    private final List<String> violations;

    private Input(JsonNode node, String path, List<String> violations) {
        this.node = node;
        this.path = path;
        this.violations = violations;
    }

    public static Input of(JsonNode node) {
        return new Input(node, "", new ArrayList<>());
    }

    public JsonNode json() {
        return node;
    }

    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** A text that must be there; empty when it is not, and then {@link #check} fails. */
    public String text(String field, int min, int max, Pattern pattern) {
        if (!has(field)) {
            violate(field, null, "Member must not be null");
            return "";
        }
        return optionalText(field, min, max, pattern).orElse("");
    }

    public Optional<String> optionalText(String field, int min, int max, Pattern pattern) {
        if (!has(field)) {
            return Optional.empty();
        }
        String value = typed(field, JsonNodeType.STRING).textValue();
        if (value.length() < min) {
            violate(field, value, "Member must have length greater than or equal to " + min);
        }
        if (value.length() > max) {
            violate(field, value, "Member must have length less than or equal to " + max);
        }
        if (!pattern.matcher(value).matches()) {
            violate(field, value, "Member must satisfy regular expression pattern: " + pattern.pattern());
        }
        return Optional.of(value);
    }

    public <E extends Enum<E>> Optional<E> oneOf(String field, Class<E> type) {
        if (!has(field)) {
            return Optional.empty();
        }
        String value = typed(field, JsonNodeType.STRING).textValue();
        for (E constant : type.getEnumConstants()) {
            if (constant.toString().equals(value)) {
                return Optional.of(constant);
            }
        }
        violate(field, value, "Member must satisfy enum value set: " + List.of(type.getEnumConstants()));
        return Optional.empty();
    }

    public int integer(String field, int min, int max) {
        if (!has(field)) {
            violate(field, null, "Member must not be null");
            return min;
        }
        return optionalInteger(field, min, max).orElse(min);
    }

    public Optional<Integer> optionalInteger(String field, int min, int max) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode number = typed(field, JsonNodeType.NUMBER);
        if (!number.canConvertToInt()) {
            throw wrongType();
        }
        int value = number.intValue();
        if (value < min) {
            violate(field, number.asText(), "Member must have value greater than or equal to " + min);
        }
        if (value > max) {
            violate(field, number.asText(), "Member must have value less than or equal to " + max);
        }
        return Optional.of(value);
    }

    public boolean flag(String field) {
        return has(field) && typed(field, JsonNodeType.BOOLEAN).booleanValue();
    }

    public Optional<BigDecimal> number(String field) {
        return has(field) ? Optional.of(typed(field, JsonNodeType.NUMBER).decimalValue()) : Optional.empty();
    }

    /** A timestamp: a number of seconds since 1970, as awsJson has them. */
    public Optional<Instant> time(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode value = node.get(field);
        if (value.isNumber()) {
            return Optional.of(
                    Instant.ofEpochMilli(value.decimalValue().movePointRight(3).longValue()));
        }
        throw wrongType();
    }

    public Optional<Input> object(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        return Optional.of(new Input(typed(field, JsonNodeType.OBJECT), at(field), violations));
    }

    /** The members of a list of objects; no list is an empty one. */
    public List<Input> list(String field, int min, int max) {
        if (!has(field)) {
            return List.of();
        }
        JsonNode list = typed(field, JsonNodeType.ARRAY);
        if (list.size() < min) {
            violate(field, "[]", "Member must have length greater than or equal to " + min);
        }
        if (list.size() > max) {
            violate(field, "[...]", "Member must have length less than or equal to " + max);
        }
        List<Input> members = new ArrayList<>();
        for (JsonNode member : list) {
            members.add(new Input(member, at(field) + "." + (members.size() + 1) + ".member", violations));
        }
        return members;
    }

    /** Fails when any constraint was broken. */
    public void check() {
        if (!violations.isEmpty()) {
            String detected = violations.size() == 1 ? " validation error detected: " : " validation errors detected: ";
            throw new AwsError(
                    400, "ValidationException", violations.size() + detected + String.join("; ", violations));
        }
    }

    private void violate(String field, String value, String constraint) {
        String shown = value == null ? "null" : "'" + value + "'";
        violations.add("Value " + shown + " at '" + at(field) + "' failed to satisfy constraint: " + constraint);
    }

    private String at(String field) {
        String name = field.substring(0, 1).toLowerCase(Locale.ROOT) + field.substring(1);
        return path.isEmpty() ? name : path + "." + name;
    }

    private JsonNode typed(String field, JsonNodeType type) {
        JsonNode value = node.get(field);
        if (value.getNodeType() != type) {
            throw wrongType();
        }
        return value;
    }

    private static AwsError wrongType() {
        return new AwsError(400, "SerializationException", null);
    }
}
