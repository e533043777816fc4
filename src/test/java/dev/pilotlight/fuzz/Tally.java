package dev.pilotlight.fuzz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the transitions of a run. */
final class Tally {
    /** How a transition ended, before the return to the good spec. */
    enum Outcome {
        /** The API server did not take it. */
        REFUSED,
        READY,
        STALLED,
        /** Still at it, and says why. */
        RECONCILING,
        SUSPENDED
    }

    private final long seed;
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final List<String> violations = new ArrayList<>();
    private int transitions;

    Tally(long seed) {
        this.seed = seed;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0);
        }
    }

    void ended(Outcome outcome) {
        transitions++;
        outcomes.merge(outcome, 1, Integer::sum);
    }

    void violation(Subject subject, String what) {
        violations.add("seed " + seed + ", endpoint " + subject.name() + ": " + what + "\n  spec " + subject.last());
    }

    int transitions() {
        return transitions;
    }

    int count(Outcome outcome) {
        return outcomes.get(outcome);
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    String inWords() {
        return transitions + " transitions " + outcomes + ", " + violations.size() + " violations";
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("seed", seed).put("transitions", transitions);
        outcomes.forEach((outcome, count) -> json.put(outcome.name().toLowerCase(Locale.ROOT), count));
        return json.put("violations", violations.size());
    }
}
