package dev.pilotlight.faults;

import java.util.ArrayList;
import java.util.List;

/** What an experiment found, from whichever thread; the same thing once. */
final class Findings {
    private final List<Violation> violations = new ArrayList<>();

    synchronized void add(Invariant invariant, String object, String seen) {
        Violation violation = new Violation(invariant.id(), object, seen);
        if (!violations.contains(violation)) {
            violations.add(violation);
        }
    }

    synchronized List<Violation> all() {
        return List.copyOf(violations);
    }
}
