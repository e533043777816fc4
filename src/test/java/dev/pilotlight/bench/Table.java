package dev.pilotlight.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was measured: a row for each figure, a column for each number of endpoints. */
final class Table {
    private static final int WIDTH = 62;
    private static final String CELL = "%12s";
    private static final String GAP = "   ";

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final TreeMap<Integer, Boolean> sizes = new TreeMap<>();

    private record Row(String goal, Map<Integer, Double> values) {}

    /**
     * @param what with its unit
     * @param goal empty where there is none
     */
    void add(int size, String what, double value, String goal) {
        sizes.put(size, true);
        rows.computeIfAbsent(what, row -> new Row(goal, new TreeMap<>()))
                .values()
                .put(size, value);
    }

    void add(int size, String what, double value) {
        add(size, what, value, "");
    }

    void add(int size, String what, long count) {
        add(size, what, (double) count, "");
    }

    void add(int size, String what, long count, String goal) {
        add(size, what, (double) count, goal);
    }

    String text() {
        StringBuilder text = new StringBuilder(line("endpoints"));
        sizes.keySet().forEach(size -> text.append(String.format(Locale.ROOT, CELL, String.format("%,d", size))));
        text.append(GAP).append("goal");
        rows.forEach((what, row) -> {
            text.append('\n').append(line(what));
            sizes.keySet()
                    .forEach(size ->
                            text.append(String.format(CELL, number(row.values().get(size)))));
            text.append(GAP).append(row.goal());
        });
        return text.toString();
    }

    private static String line(String what) {
        return String.format("  %-" + WIDTH + "s", what);
    }

    private static String number(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    }

    /** By what was measured, then by number of endpoints. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        rows.forEach((what, row) -> {
            ObjectNode values = json.putObject(what);
            if (!row.goal().isEmpty()) {
                values.put("goal", row.goal());
            }
            row.values().forEach((size, value) -> values.put(Integer.toString(size), value));
        });
        return json;
    }
}
