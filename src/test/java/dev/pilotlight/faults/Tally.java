package dev.pilotlight.faults;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What came of all experiments, by row and flow. */
final class Tally {
    private static final String LINE = "%-4s %-52s %11d %10d  %s%n";

    private final Consumer<String> heard;
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> experiments = new LinkedHashMap<>();
    private final Map<String, Integer> violated = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<String> invariants = new TreeSet<>();

    /**
     * @param heard told of every violation at once
     */
    Tally(Consumer<String> heard) {
        this.heard = heard;
    }

    void row(String id, String title) {
        titles.put(id, title);
        experiments.computeIfAbsent(id, key -> new TreeMap<>());
        violated.putIfAbsent(id, 0);
    }

    /**
     * An experiment ended.
     *
     * @param label says with which words to find it again
     */
    void ended(String row, String flow, String label, List<Violation> found) {
        experiments.computeIfAbsent(row, key -> new TreeMap<>()).merge(flow, 1, Integer::sum);
        violated.merge(row, found.size(), Integer::sum);
        found.forEach(violation -> invariants.add(violation.invariant()));
        for (Violation violation : found) {
            String text = row + " " + flow + ", " + label + ": " + violation;
            violations.add(text);
            heard.accept(text);
        }
    }

    int experiments(String row) {
        return experiments.getOrDefault(row, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    int experiments() {
        return experiments.keySet().stream().mapToInt(this::experiments).sum();
    }

    /** Which were violated. */
    Set<String> invariants() {
        return Collections.unmodifiableSet(invariants);
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    List<String> rows() {
        return List.copyOf(titles.keySet());
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append("row  fault                                                experiments violations  of which\n");
        for (Map.Entry<String, String> row : titles.entrySet()) {
            String id = row.getKey();
            List<String> flows = experiments.get(id).entrySet().stream()
                    .map(flow -> flow.getKey() + " " + flow.getValue())
                    .toList();
            text.append(
                    LINE.formatted(id, row.getValue(), experiments(id), violated.get(id), String.join(", ", flows)));
        }
        text.append(LINE.formatted("", "all", experiments(), violations.size(), ""));
        return text.toString();
    }

    ObjectNode json(long seed) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("seed", seed).put("experiments", experiments()).put("violations", violations.size());
        ObjectNode rows = json.putObject("rows");
        new TreeSet<>(titles.keySet()).forEach(id -> rows.put(id, experiments(id)));
        return json;
    }
}
