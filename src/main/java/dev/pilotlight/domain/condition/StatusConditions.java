package dev.pilotlight.domain.condition;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import java.util.List;
import java.util.Optional;

/** What a list of conditions says: a type occurs in it once, or not at all. */
public final class StatusConditions {
    private static final String TRUE = "True";

    private StatusConditions() {}

    /** The condition of one type. */
    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** Whether the condition of one type is there and True. */
    public static boolean isTrue(List<Condition> conditions, String type) {
        return find(conditions, type)
                .filter(condition -> TRUE.equals(condition.status()))
                .isPresent();
    }

    public static boolean isReady(List<Condition> conditions) {
        return isTrue(conditions, ConditionTypes.READY);
    }
}
