package dev.pilotlight.simulator.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        return lists(list + ".member");
    }

    private List<Map<String, String>> lists(String name) {
        String prefix = name + ".";
        Map<Integer, Map<String, String>> members = new TreeMap<>();
        fields.forEach((field, value) -> {
            if (field.startsWith(prefix)) {
                String rest = field.substring(prefix.length());
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

    /** The whole form as the members that a JSON client would have sent; every value is a text. */
    public ObjectNode tree() {
        ObjectNode tree = JsonProtocol.object();
        Map<String, String> members = new LinkedHashMap<>(fields);
        members.keySet().removeAll(Set.of("Action", "Version"));
        grow(tree, members);
        return tree;
    }

    private static void grow(ObjectNode node, Map<String, String> members) {
        Map<String, Map<String, String>> deeper = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            int dot = name.indexOf('.');
            if (dot < 0) {
                node.put(name, value);
            } else {
                deeper.computeIfAbsent(name.substring(0, dot), n -> new LinkedHashMap<>())
                        .put(name.substring(dot + 1), value);
            }
        });
        deeper.forEach((name, inside) -> {
            QueryForm form = new QueryForm(inside);
            if (inside.keySet().stream().allMatch(key -> key.startsWith("member."))) {
                form.lists("member").forEach(member -> add(node.withArray(name), member));
            } else {
                grow(node.putObject(name), inside);
            }
        });
    }

    private static void add(ArrayNode list, Map<String, String> member) {
        if (member.containsKey("")) {
            list.add(member.get(""));
        } else {
            grow(list.addObject(), member);
        }
    }

    /** A list of {@code Key}/{@code Value} pairs in the order given. */
    public List<Map.Entry<String, String>> tags(String list) {
        return members(list).stream()
                .map(member -> Map.entry(member.getOrDefault("Key", ""), member.getOrDefault("Value", "")))
                .toList();
    }
}
