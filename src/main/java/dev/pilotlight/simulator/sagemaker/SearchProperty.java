package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A property of a record: its values as text, of which a list has several.
 *
 * @param values empty where the record has no such property
 */
record SearchProperty(List<String> values) {
    private static final String TAGS = "Tags";

    static SearchProperty of(JsonNode document, String path) {
        List<String> values = new ArrayList<>();
        collect(document, path, values);
        return new SearchProperty(List.copyOf(values));
    }

    /** What the record is sorted by. */
    String first() {
        return values.isEmpty() ? "" : sortable(values.getFirst());
    }

    private static void collect(JsonNode node, String path, List<String> values) {
        if (node.isArray()) {
            node.forEach(item -> collect(item, path, values));
            return;
        }
        int dot = path.indexOf('.');
        String field = dot < 0 ? path : path.substring(0, dot);
        JsonNode value = node.path(field);
        if (dot < 0) {
            if (value.isValueNode()) {
                values.add(value.asText());
            }
        } else if (field.equals(TAGS)) {
            // The rest is one key, whatever dots it has.
            String key = path.substring(dot + 1);
            value.forEach(tag -> {
                if (tag.path("Key").asText().equals(key)) {
                    values.add(tag.path("Value").asText());
                }
            });
        } else {
            collect(value, path.substring(dot + 1), values);
        }
    }

    /** Numbers, and so times, in the order of their size. */
    static String sortable(String value) {
        return value.matches("\\d{1,18}(\\.\\d+)?") ? String.format("%020.3f", Double.parseDouble(value)) : value;
    }
}
