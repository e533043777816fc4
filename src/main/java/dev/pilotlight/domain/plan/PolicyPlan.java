package dev.pilotlight.domain.plan;

import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.warm.schedule.Change;
import java.util.List;

/**
 * What a WarmPolicy would demand.
 *
 * @param origin where the object was read
 * @param target the endpoint it keeps warm
 * @param changing it is new, or another than before
 * @param refusals why it would not come into force
 * @param now what windows, exceptions and baseline ask for at the moment of the plan
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
        boolean changing,
        List<String> refusals,
        Change now,
        List<Change> week,
        MonthlyCost least,
        MonthlyCost most,
        List<String> notes) {
    public PolicyPlan {
        refusals = List.copyOf(refusals);
        week = List.copyOf(week);
        notes = List.copyOf(notes);
    }

    /** It would not come into force. */
    public boolean failing() {
        return !refusals.isEmpty();
    }
}
