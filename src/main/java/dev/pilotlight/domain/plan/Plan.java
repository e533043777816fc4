package dev.pilotlight.domain.plan;

import dev.pilotlight.domain.cost.MonthlyCost;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a set of files would do.
 *
 * @param comparedWith what they are held against, for people
 * @param endpoints in the order of namespace and name
 * @param policies in the order of namespace and name
 * @param problems why files, or objects in them, could not be taken
 */
public record Plan(
        String comparedWith,
        List<EndpointPlan> endpoints,
        List<PolicyPlan> policies,
        List<Problem> problems,
        List<String> notes) {
    /** Exit code when nothing would change. */
    public static final int NOTHING = 0;

    /** Exit code when something cannot be read, is refused, or would not become Ready. */
    public static final int ERRORS = 1;

    /** Exit code when something would change. */
    public static final int CHANGES = 2;

    public Plan {
        endpoints = endpoints.stream()
                .sorted(Comparator.comparing(EndpointPlan::namespace).thenComparing(EndpointPlan::name))
                .toList();
        policies = policies.stream()
                .sorted(Comparator.comparing(PolicyPlan::namespace).thenComparing(PolicyPlan::name))
                .toList();
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * Something in a file that cannot be taken.
     *
     * @param document number of the document in the file, from 1; 0 for the file as a whole
     * @param object kind and name as far as they are known, else empty
     * @param field path of the field; empty for the document as a whole
     * @param message what is wrong and what to do
     */
    public record Problem(String file, int document, String object, String field, String message) {}

    /** How many endpoints each action concerns; actions that concern none are left out. */
    public Map<Action, Long> counts() {
        return counts(endpoints.stream().map(EndpointPlan::action));
    }

    /** The same of policies. */
    public Map<Action, Long> policyCounts() {
        return counts(policies.stream().map(PolicyPlan::action));
    }

    private static Map<Action, Long> counts(Stream<Action> actions) {
        Map<Action, Long> counts = new EnumMap<>(Action.class);
        actions.forEach(action -> counts.merge(action, 1L, Long::sum));
        return counts;
    }

    public MonthlyCost costBefore() {
        return sum(EndpointPlan::costBefore);
    }

    public MonthlyCost costAfter() {
        return sum(EndpointPlan::costAfter);
    }

    private MonthlyCost sum(Function<EndpointPlan, MonthlyCost> part) {
        return endpoints.stream().map(part).reduce(MonthlyCost.NOTHING, MonthlyCost::plus);
    }

    /** How many policies would not come into force. */
    public long policyFailures() {
        return policies.stream().filter(PolicyPlan::failing).count();
    }

    /** How many endpoints would not become Ready. */
    public long failures() {
        return endpoints.stream().filter(EndpointPlan::failing).count();
    }

    /** {@value #NOTHING}, {@value #CHANGES} or {@value #ERRORS}; errors win. */
    public int exitCode() {
        if (!problems.isEmpty() || failures() > 0 || policyFailures() > 0) {
            return ERRORS;
        }
        boolean changes = endpoints.stream().anyMatch(EndpointPlan::changing)
                || policies.stream().anyMatch(PolicyPlan::changing);
        return changes ? CHANGES : NOTHING;
    }
}
