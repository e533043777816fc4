package dev.pilotlight.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, in the order it was measured. */
final class Figures {
    private static final String LINE = "  %-66s %12s %10s %10s%n";

    private final List<Figure> all = new ArrayList<>();

    /**
     * @param goal empty where there is none
     * @param peer what ACK's sagemaker-controller 1.9.1 does on its defaults (measured 2026-11-24, 100 endpoints); empty where unknown
     */
    private record Figure(String what, double value, String unit, String goal, String peer) {}

    void add(String what, Duration took) {
        add(what, took.toMillis() / 1000.0, "s", "", "");
    }

    void add(String what, double value, String unit, String goal, String peer) {
        all.add(new Figure(what, value, unit, goal, peer));
    }

    void addAll(Figures others) {
        all.addAll(others.all);
    }

    void print() {
        System.out.printf("%n" + LINE, "measured", "", "goal", "peer");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Figure figure : all) {
            String value = String.format(Locale.ROOT, "%.2f", figure.value()).replaceAll("\\.?0+$", "");
            System.out.printf(LINE, figure.what(), value + " " + figure.unit(), figure.goal(), figure.peer());
            json.put(figure.what() + " [" + figure.unit() + "]", figure.value());
        }
        System.out.println(
                "  peer: ACK sagemaker-controller 1.9.1 on its defaults, 100 endpoints, measured 2026-11-24");
        System.out.println("PILOTLIGHT_MEASURED " + json);
    }
}
