package dev.pilotlight.simulator.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The form body of AWS's query protocol: flat names, lists as {@code Tags.member.1.Key}. */
public final class QueryForm {
    private final Map<String, String> fields;

    private QueryForm(Map<String, String> fields) {
        this.fields = fields;
    }

    public static QueryForm of(AwsRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : new String(request.body(), StandardCharsets.UTF_8).split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return new QueryForm(fields);
    }

    /** The operation that the form names. */
    public String action() {
        return fields.getOrDefault("Action", "");
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** A field that must be there and not be empty. */
    public String require(String name) {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            String member = Character.toLowerCase(name.charAt(0)) + name.substring(1);
            throw new AwsError(
                    400,
                    "ValidationError",
                    "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null"
                            .formatted(member));
        }
        return value;
    }

    /** The members of a list of plain values, in order of their index. */
    public List<String> values(String list) {
        return members(list).stream().map(member -> member.getOrDefault("", "")).toList();
    }

    /** The members of a list of structures, in order of their index; a plain value has the empty name. */
    public List<Map<String, String>> members(String list) {
        String prefix = list + ".member.";
        Map<Integer, Map<String, String>> members = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                int dot = rest.indexOf('.');
                String index = dot < 0 ? rest : rest.substring(0, dot);
                if (index.matches("\\d{1,6}")) {
                    members.computeIfAbsent(Integer.valueOf(index), i -> new LinkedHashMap<>())
                            .put(dot < 0 ? "" : rest.substring(dot + 1), value);
                }
            }
        });
        return new ArrayList<>(members.values());
    }

    /** A list of {@code Key}/{@code Value} pairs in the order given. */
    public List<Map.Entry<String, String>> tags(String list) {
        return members(list).stream()
                .map(member -> Map.entry(member.getOrDefault("Key", ""), member.getOrDefault("Value", "")))
                .toList();
    }
}
