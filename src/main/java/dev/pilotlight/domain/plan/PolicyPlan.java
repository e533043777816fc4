package dev.pilotlight.domain.plan;

import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.warm.schedule.Change;
import java.util.List;
import java.util.Optional;

/**
 * What a WarmPolicy would demand.
 *
 * @param origin where the object was read
 * @param target the endpoint it keeps warm
 * @param action what happens to the policy: created, changed in its settings, deleted, or nothing
 * @param refusals why it would not come into force
 * @param now what windows, exceptions and baseline ask for at the moment of the plan; empty where it decides about no capacity
 * @param week when that changes within the next seven days, oldest first; each is asked for by its lead earlier
 * @param least a month by windows, exceptions, baseline and the least of target tracking
 * @param most a month when target tracking asks for its most all the time; the same as least without tracking
 * @param notes what a person should know besides
 */
public record PolicyPlan(
        String namespace,
        String name,
        String origin,
        String target,
        Action action,
        List<String> refusals,
        Optional<Change> now,
        List<Change> week,
        MonthlyCost least,
        MonthlyCost most,
        List<String> notes) {
    public PolicyPlan {
        refusals = List.copyOf(refusals);
        week = List.copyOf(week);
        notes = List.copyOf(notes);
    }

    /** It is new, another than before, or goes. */
    public boolean changing() {
        return action != Action.NONE;
    }

    /** It would not come into force. */
    public boolean failing() {
        return !refusals.isEmpty();
    }
}
