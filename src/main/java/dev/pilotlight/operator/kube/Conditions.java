package dev.pilotlight.operator.kube;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.domain.endpoint.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the condition list of a status from what a pass concluded: always in the same order, each condition with the generation it was
 * concluded for, and with a transition time that moves only when the condition's status does.
 */
public final class Conditions {
    private static final int LONGEST_MESSAGE = 32_768;

    /** Most asked-for first; what is not named here follows by name. */
    private static final List<String> ORDER = List.of(
            ConditionTypes.READY,
            ConditionTypes.AVAILABLE,
            ConditionTypes.RECONCILING,
            ConditionTypes.STALLED,
            ConditionTypes.TERMINATING,
            ConditionTypes.SUSPENDED,
            ConditionTypes.PREFLIGHT_PASSED,
            ConditionTypes.VALIDATED,
            ConditionTypes.SCALING,
            ConditionTypes.PROVISIONED_CONCURRENCY_OVERRIDDEN,
            ConditionTypes.BUDGET_EXCEEDED,
            ConditionTypes.METRICS_UNAVAILABLE,
            ConditionTypes.IMAGE_DRIFTED,
            ConditionTypes.NAMESPACE_ISOLATION);

    /** Conditions that are worth a line only while they hold; kstatus reads their absence as False. */
    private static final Set<String> ABSENT_UNLESS_TRUE = Set.of(
            ConditionTypes.RECONCILING,
            ConditionTypes.STALLED,
            ConditionTypes.TERMINATING,
            ConditionTypes.SUSPENDED,
            ConditionTypes.PROVISIONED_CONCURRENCY_OVERRIDDEN,
            ConditionTypes.IMAGE_DRIFTED);

    private static final Comparator<Condition> IN_ORDER =
            Comparator.comparingInt(Conditions::rank).thenComparing(Condition::type);

    private Conditions() {}

    /**
     * @param previous conditions of the status that was read; null where there is none
     * @param verdicts at most one per type; a type that is missing is dropped from the list
     * @param generation metadata.generation the verdicts were concluded for
     * @param now becomes the transition time of what changed, in whole seconds, so that memory equals what the API server returns
     */
    public static List<Condition> of(
            List<Condition> previous, Collection<Verdict> verdicts, long generation, Instant now) {
        Map<String, Condition> before = new HashMap<>();
        if (previous != null) {
            previous.forEach(condition -> before.put(condition.type(), condition));
        }
        String moment = now.truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, Condition> conditions = new HashMap<>();
        for (Verdict verdict : verdicts) {
            if (verdict.status() != Verdict.Status.TRUE && ABSENT_UNLESS_TRUE.contains(verdict.type())) {
                continue;
            }
            Condition condition = condition(verdict, before.get(verdict.type()), generation, moment);
            if (conditions.put(verdict.type(), condition) != null) {
                throw new IllegalArgumentException("two verdicts about " + verdict.type());
            }
        }
        return conditions.values().stream().sorted(IN_ORDER).toList();
    }

    private static Condition condition(Verdict verdict, Condition before, long generation, String moment) {
        boolean same = before != null && verdict.status().word().equals(before.status());
        String message = verdict.message();
        return new Condition(
                verdict.type(),
                verdict.status().word(),
                verdict.reason(),
                message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message,
                same && before.lastTransitionTime() != null ? before.lastTransitionTime() : moment,
                generation);
    }

    private static int rank(Condition condition) {
        int index = ORDER.indexOf(condition.type());
        return index < 0 ? ORDER.size() : index;
    }
}
