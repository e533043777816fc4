package dev.pilotlight.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Values for a schema: at its borders, just beyond them, of another type, or right. */
final class BadValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Where a list has no limit of its own. */
    private static final int MANY = 100;

    private static final int UNLIMITED = 4096;
    /** In MB. */
    private static final long GIB = 1024;

    private final Chance chance;

    BadValues(Chance chance) {
        this.chance = chance;
    }

    /**
     * @param now what the field has; missing where it has nothing
     * @return missing for "leave it out"
     */
    JsonNode draw(String field, JsonNode schema, JsonNode now) {
        if (chance.oneIn(15)) {
            return MissingNode.getInstance();
        }
        if (chance.oneIn(30)) {
            return otherType();
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> integer(schema);
            case "boolean" -> JSON.booleanNode(chance.oneIn(2));
            case "string" -> string(field, schema, now);
            case "array" -> list(schema, now);
            default -> object(schema, now);
        };
    }

    private JsonNode otherType() {
        return switch (chance.below(8)) {
            case 0 -> NullNode.getInstance();
            case 1 -> JSON.textNode("4");
            case 2 -> JSON.numberNode(4);
            case 3 -> JSON.numberNode(1.5);
            case 4 -> JSON.booleanNode(true);
            case 5 -> JSON.arrayNode().add("x");
            case 6 -> JSON.objectNode();
            default -> JSON.objectNode().put("surprise", 1);
        };
    }

    private JsonNode integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(Integer.MAX_VALUE);
        return switch (chance.below(10)) {
            case 0 -> JSON.numberNode(least - 1);
            case 1 -> JSON.numberNode(most + 1);
            case 2 ->
                chance.of(
                        JSON.numberNode(0),
                        JSON.numberNode(-1),
                        JSON.numberNode(Integer.MIN_VALUE),
                        JSON.numberNode(Long.MAX_VALUE),
                        JSON.numberNode(BigInteger.TWO.pow(70)),
                        JSON.numberNode(2.5));
            case 3 -> JSON.numberNode(least);
            case 4 -> JSON.numberNode(most);
            // Memory is in whole GiB; everywhere else any number in between is as good as another.
            default ->
                JSON.numberNode(
                        least == GIB
                                ? GIB * (1 + chance.below(6))
                                : least + chance.below((int) Math.min(20, most - least)));
        };
    }

    private JsonNode string(String field, JsonNode schema, JsonNode now) {
        JsonNode values = schema.path("enum");
        if (!values.isEmpty()) {
            String value = values.get(chance.below(values.size())).asText();
            return JSON.textNode(chance.oneIn(4) ? Texts.bent(value, chance) : value);
        }
        if (now.isTextual() && chance.oneIn(3)) {
            return JSON.textNode(Texts.bent(now.asText(), chance));
        }
        return JSON.textNode(Texts.draw(field, schema.path("maxLength").asInt(UNLIMITED), chance));
    }

    private JsonNode object(JsonNode schema, JsonNode now) {
        ObjectNode object = now.isObject() ? now.deepCopy() : JSON.objectNode();
        if (chance.oneIn(8)) {
            object.removeAll();
        } else if (chance.oneIn(8)) {
            object.put("surprise", "x");
        }
        List<Map.Entry<String, JsonNode>> properties =
                new ArrayList<>(schema.path("properties").properties());
        if (!properties.isEmpty()) {
            Map.Entry<String, JsonNode> one = chance.of(properties);
            put(object, one.getKey(), draw(one.getKey(), one.getValue(), object.path(one.getKey())));
        }
        return object;
    }

    private JsonNode list(JsonNode schema, JsonNode now) {
        JsonNode items = schema.path("items");
        int limit = schema.path("maxItems").asInt(MANY);
        ArrayNode list = now.isArray() && chance.oneIn(2) ? now.deepCopy() : JSON.arrayNode();
        return switch (chance.below(8)) {
            case 0 -> JSON.arrayNode();
            case 1 -> fill(JSON.arrayNode(), limit, items);
            case 2 -> fill(JSON.arrayNode(), limit + 1, items);
            case 3 -> {
                JsonNode twice = right(items, 1);
                yield list.add(twice).add(twice.deepCopy());
            }
            case 4 -> list.add(otherType());
            case 5 -> list.add(right(items, 1));
            default -> list.add(withOneWrong(items));
        };
    }

    private ArrayNode fill(ArrayNode list, int size, JsonNode items) {
        for (int i = 0; i < size; i++) {
            list.add(right(items, i));
        }
        return list;
    }

    /** As long as it may be, now and then. */
    private ObjectNode right(JsonNode items, int number) {
        ObjectNode item = JSON.objectNode();
        boolean large = chance.oneIn(4);
        items.path("properties").properties().forEach(property -> {
            int limit = property.getValue().path("maxLength").asInt(UNLIMITED);
            String text =
                    switch (property.getKey()) {
                        case "expect" -> "response.status == 200";
                        case "contentType", "accept" -> "application/json";
                        case "body" -> "{\"text\": \"good\"}";
                        case "name", "key" -> "x" + number;
                        default -> large ? "v".repeat(Math.min(limit, 1000)) : "value";
                    };
            item.put(property.getKey(), text);
        });
        return item;
    }

    private ObjectNode withOneWrong(JsonNode items) {
        ObjectNode item = right(items, 1);
        Supplier<String> any = () ->
                chance.of(List.copyOf(items.path("properties").properties())).getKey();
        String name = items.path("properties").has("expect") && chance.oneIn(2) ? "expect" : any.get();
        put(item, name, draw(name, items.path("properties").path(name), item.path(name)));
        return item;
    }

    static void put(ObjectNode object, String name, JsonNode value) {
        if (value.isMissingNode()) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }
}
