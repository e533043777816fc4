package dev.pilotlight.domain.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One field of a spec that differs.
 *
 * @param path for example {@code model.environment[LOG_LEVEL].value}
 * @param before empty where the field was not there
 * @param after empty where it is gone
 */
public record FieldChange(String path, Optional<String> before, Optional<String> after) {
    /** Bodies of validation requests may be long and are nobody's business in a comment. */
    private static final Set<String> NOT_SHOWN = Set.of("body");

    private static final String HIDDEN = "(not shown)";

    /** What differs between two specs, by path; lists of named items are compared by name. */
    static List<FieldChange> between(JsonNode before, JsonNode after) {
        Map<String, String> old = new TreeMap<>();
        Map<String, String> now = new TreeMap<>();
        flatten("", before, old);
        flatten("", after, now);
        Set<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<FieldChange> changes = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(old.get(path), now.get(path))) {
                boolean hidden = NOT_SHOWN.contains(path.substring(path.lastIndexOf('.') + 1));
                changes.add(new FieldChange(path, shown(old.get(path), hidden), shown(now.get(path), hidden)));
            }
        }
        return changes;
    }

    private static Optional<String> shown(String value, boolean hidden) {
        return Optional.ofNullable(value).map(text -> hidden ? HIDDEN : text);
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + key(node.get(i), i) + "]", node.get(i), into);
            }
        } else if (!node.isNull() && !node.isMissingNode()) {
            into.put(path, node.asText());
        }
    }

    private static String key(JsonNode item, int index) {
        JsonNode name = item.has("name") ? item.get("name") : item.path("key");
        return name.isTextual() ? name.asText() : Integer.toString(index);
    }
}
