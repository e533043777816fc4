package dev.pilotlight.simulator.admin;

import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Inspectable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Everything that exists, by account, Region and section. */
public final class StateReport {
    private final List<Inspectable> parts;

    public StateReport(List<Inspectable> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Account to Region to section to content. */
    public Map<String, Map<String, Map<String, Object>>> read() {
        return read(section -> true);
    }

    /** As {@link #read()}, only these sections: a world that was used for long has much that nobody asks for. */
    public Map<String, Map<String, Map<String, Object>>> read(Predicate<String> sections) {
        Map<String, Map<String, Map<String, Object>>> state = new TreeMap<>();
        for (Inspectable part : parts) {
            if (!sections.test(part.section())) {
                continue;
            }
            part.inspect()
                    .forEach((Scope scope, Object content) -> state.computeIfAbsent(
                                    scope.accountId(), a -> new TreeMap<>())
                            .computeIfAbsent(scope.region(), r -> new TreeMap<>())
                            .put(part.section(), content));
        }
        return state;
    }
}
