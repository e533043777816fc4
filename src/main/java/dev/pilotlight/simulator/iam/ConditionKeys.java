package dev.pilotlight.simulator.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The condition keys of one request. Names are compared without regard to case, as AWS does. {@code aws:TagKeys} follows
 * from the {@code aws:RequestTag/...} keys.
 */
public final class ConditionKeys {
    private static final String REQUEST_TAG = "aws:requesttag/";

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    public static ConditionKeys of(Map<String, String> single) {
        ConditionKeys keys = new ConditionKeys();
        single.forEach(keys::put);
        return keys;
    }

    /** Adds a value; a key that is there already becomes multivalued. */
    public ConditionKeys put(String key, String value) {
        values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
        if (key.toLowerCase(Locale.ROOT).startsWith(REQUEST_TAG)) {
            values.computeIfAbsent("aws:TagKeys", k -> new ArrayList<>()).add(key.substring(REQUEST_TAG.length()));
        }
        return this;
    }

    /** The values of a key, empty when the request does not have it. */
    List<String> get(String key) {
        return values.getOrDefault(key, List.of());
    }
}
