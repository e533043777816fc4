package dev.pilotlight.domain.validation;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cel.common.values.NullValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a body as one JSON value in the Java types CEL works on: Long, Double, String, Boolean, List, Map and CEL's null. */
final class JsonBody {
    private static final int DEEPEST_NESTING = 200;
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A model that answers NaN has a bug, and JSON has no such number.
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build()
            .reader();

    static {
        READER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_NESTING)
                        .build());
    }

    private JsonBody() {}

    /** Empty when the bytes are not exactly one JSON value. */
    static Optional<Object> parse(byte[] body) {
        try {
            JsonNode node = READER.readTree(body);
            return node.isMissingNode() ? Optional.empty() : Optional.of(value(node));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> map = new HashMap<>();
                node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(item -> list.add(value(item)));
                yield list;
            }
            case NUMBER -> number(node);
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.textValue();
            case NULL, MISSING, BINARY, POJO -> NullValue.NULL_VALUE;
        };
    }

    /** Boxed apart: a conditional expression would turn every Long into a Double. */
    private static Number number(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return node.doubleValue();
    }
}
