package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A property of a record: its values, of which a list has several. Numbers, and so times, compare by their size and texts letter by letter.
 *
 * @param values empty where the record has no such property
 */
record SearchProperty(List<JsonNode> values) {
    private static final String TAGS = "Tags";

    static SearchProperty of(JsonNode document, String path) {
        List<JsonNode> values = new ArrayList<>();
        collect(document, path, values);
        return new SearchProperty(List.copyOf(values));
    }

    /** What the record is sorted by. */
    String first() {
        if (values.isEmpty()) {
            return "";
        }
        JsonNode value = values.getFirst();
        return value.isNumber() ? String.format(Locale.ROOT, "%020.3f", value.decimalValue()) : value.asText();
    }

    /** Below zero, zero or above it, as a value is less than, equal to or greater than {@code wanted}. */
    static int compare(JsonNode value, String wanted) {
        if (value.isNumber()) {
            try {
                return value.decimalValue().compareTo(new BigDecimal(wanted));
            } catch (NumberFormatException noNumber) {
                return value.asText().compareTo(wanted);
            }
        }
        return value.asText().compareTo(wanted);
    }

    private static void collect(JsonNode node, String path, List<JsonNode> values) {
        if (node.isArray()) {
            node.forEach(item -> collect(item, path, values));
            return;
        }
        int dot = path.indexOf('.');
        String field = dot < 0 ? path : path.substring(0, dot);
        JsonNode value = node.path(field);
        if (dot < 0) {
            if (value.isValueNode()) {
                values.add(value);
            }
        } else if (field.equals(TAGS)) {
            // The rest is one key, whatever dots it has.
            String key = path.substring(dot + 1);
            value.forEach(tag -> {
                if (tag.path("Key").asText().equals(key)) {
                    values.add(tag.path("Value"));
                }
            });
        } else {
            collect(value, path.substring(dot + 1), values);
        }
    }
}
