package dev.pilotlight.domain.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Types, required and unknown fields, bounds and list keys. Knows the keywords that our definitions use. */
final class Structure {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

    private static final String TEXT = "text, in quotes where YAML would read a number or a bool";

    private final List<Violation> violations = new ArrayList<>();

    List<Violation> check(ObjectNode object, JsonNode root) {
        metadata(object.path("metadata"));
        fields("", object, root, OF_EVERY_OBJECT);
        return violations;
    }

    private void metadata(JsonNode metadata) {
        if (!metadata.isObject()) {
            add("metadata", "is missing: give the object a name");
        } else if (!metadata.path("name").isTextual()
                || metadata.path("name").asText().isEmpty()) {
            add("metadata.name", "is missing: give the object a name (generateName is not supported here)");
        } else {
            JsonNode namespace = metadata.path("namespace");
            if (!namespace.isMissingNode() && !namespace.isNull()) {
                is("metadata.namespace", namespace.isTextual(), TEXT, namespace);
            }
            texts("metadata.labels", metadata.path("labels"));
            texts("metadata.annotations", metadata.path("annotations"));
        }
    }

    private void texts(String path, JsonNode map) {
        if (map.isMissingNode() || map.isNull() || !is(path, map.isObject(), "an object", map)) {
            return;
        }
        map.properties()
                .forEach(entry ->
                        is(path + "." + entry.getKey(), entry.getValue().isTextual(), TEXT, entry.getValue()));
    }

    private void value(String path, JsonNode value, JsonNode schema) {
        String type = schema.path("type").asText();
        if (value.isNull()) {
            add(path, "is empty: give it a value or remove the line");
            return;
        }
        switch (type) {
            case "object" -> {
                if (is(path, value.isObject(), "an object", value)) {
                    fields(path, (ObjectNode) value, schema, Set.of());
                }
            }
            case "array" -> {
                if (is(path, value.isArray(), "a list", value)) {
                    list(path, value, schema);
                }
            }
            case "string" -> {
                if (is(path, value.isTextual(), TEXT, value)) {
                    text(path, value.asText(), schema);
                }
            }
            case "integer" -> {
                if (is(path, value.isIntegralNumber(), "a whole number", value)) {
                    number(path, value, schema);
                }
            }
            case "number" -> {
                if (is(path, value.isNumber(), "a number", value)) {
                    number(path, value, schema);
                }
            }
            case "boolean" -> is(path, value.isBoolean(), "true or false", value);
            default -> {}
        }
        if (schema.has("enum")) {
            List<String> allowed = new ArrayList<>();
            schema.get("enum").forEach(choice -> allowed.add(choice.asText()));
            if (!allowed.contains(value.asText())) {
                add(path, "must be one of " + String.join(", ", allowed) + ", was " + shown(value));
            }
        }
    }

    private void fields(String path, ObjectNode object, JsonNode schema, Set<String> alsoKnown) {
        JsonNode properties = schema.path("properties");
        for (JsonNode required : schema.path("required")) {
            if (!object.has(required.asText())) {
                add(join(path, required.asText()), "is missing, and required");
            }
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String here = join(path, field.getKey());
            if (properties.has(field.getKey())) {
                value(here, field.getValue(), properties.get(field.getKey()));
            } else if (schema.path("additionalProperties").isObject()) {
                value(here, field.getValue(), schema.get("additionalProperties"));
            } else if (!alsoKnown.contains(field.getKey())) {
                add(here, "is not a field" + suggestion(field.getKey(), properties));
            }
        }
        if (schema.has("maxProperties")
                && object.size() > schema.get("maxProperties").asInt()) {
            add(
                    path,
                    "has " + object.size() + " entries, more than "
                            + schema.get("maxProperties").asInt());
        }
    }

    private static String suggestion(String name, JsonNode properties) {
        Set<String> known = new TreeSet<>();
        properties.fieldNames().forEachRemaining(known::add);
        return known.stream()
                .filter(candidate -> candidate.equalsIgnoreCase(name))
                .findFirst()
                .map(candidate -> ": did you mean " + candidate + "?")
                .orElseGet(() -> ": remove it, or use one of " + String.join(", ", known));
    }

    private void list(String path, JsonNode list, JsonNode schema) {
        if (schema.has("maxItems") && list.size() > schema.get("maxItems").asInt()) {
            add(
                    path,
                    "has " + list.size() + " items, more than "
                            + schema.get("maxItems").asInt());
        }
        if (schema.has("minItems") && list.size() < schema.get("minItems").asInt()) {
            add(
                    path,
                    "has " + list.size() + " items, fewer than "
                            + schema.get("minItems").asInt());
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String here = path + "[" + i + "]";
            value(here, list.get(i), schema.path("items"));
            String identity = identity(list.get(i), schema);
            if (identity != null && !seen.add(identity)) {
                add(here, identity + " is in the list twice: remove one of them");
            }
        }
    }

    /** What may be in the list only once; null where anything may be repeated. */
    private static String identity(JsonNode item, JsonNode schema) {
        return switch (schema.path("x-kubernetes-list-type").asText()) {
            case "set" -> item.asText();
            case "map" -> {
                List<String> keys = new ArrayList<>();
                for (JsonNode key : schema.path("x-kubernetes-list-map-keys")) {
                    keys.add(key.asText() + " " + item.path(key.asText()).asText());
                }
                yield String.join(", ", keys);
            }
            default -> null;
        };
    }

    private void text(String path, String text, JsonNode schema) {
        int length = text.codePointCount(0, text.length());
        if (schema.has("maxLength") && length > schema.get("maxLength").asInt()) {
            add(
                    path,
                    "has " + length + " characters, more than "
                            + schema.get("maxLength").asInt());
        }
        if (schema.has("minLength") && length < schema.get("minLength").asInt()) {
            add(
                    path,
                    "has " + length + " characters, fewer than "
                            + schema.get("minLength").asInt());
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").asText())
                        .matcher(text)
                        .find()) {
            add(path, "must match " + schema.get("pattern").asText());
        }
    }

    private void number(String path, JsonNode number, JsonNode schema) {
        if (schema.has("minimum") && number.asDouble() < schema.get("minimum").asDouble()) {
            add(path, "must be at least " + schema.get("minimum").asText() + ", was " + number.asText());
        }
        if (schema.has("maximum") && number.asDouble() > schema.get("maximum").asDouble()) {
            add(path, "must be at most " + schema.get("maximum").asText() + ", was " + number.asText());
        }
    }

    private boolean is(String path, boolean fits, String what, JsonNode value) {
        if (!fits) {
            add(path, "must be " + what + ", was " + shown(value));
        }
        return fits;
    }

    private static String shown(JsonNode value) {
        return value.isContainerNode() ? value.isArray() ? "a list" : "an object" : value.asText();
    }

    private void add(String path, String message) {
        violations.add(new Violation(path, message));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
