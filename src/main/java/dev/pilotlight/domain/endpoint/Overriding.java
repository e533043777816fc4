package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.endpoint.Verdict.Status;

/** What a user is told while a WarmPolicy, and not the spec, decides the provisioned concurrency. */
final class Overriding {
    private Overriding() {}

    static void say(Draft draft) {
        draft.desired.demand().ifPresent(demand -> say(draft, demand));
    }

    private static void say(Draft draft, Demand demand) {
        int own = draft.desired.own().provisioned();
        if (demand instanceof Demand.Held held) {
            draft.lookAgain(held.until());
            if (!draft.before.holds()) {
                draft.announce(
                        false,
                        Reasons.WARM_POLICY_GONE,
                        "WarmPolicy " + held.policy() + " is gone or suspended: its capacity stays for "
                                + Demand.HOLD.toMinutes() + " minutes, then " + inWords(own) + " again");
            }
        }
        if (own > 0) {
            draft.verdict(
                    ConditionTypes.PROVISIONED_CONCURRENCY_OVERRIDDEN,
                    Status.TRUE,
                    Reasons.OVERRIDDEN_BY_WARM_POLICY,
                    demand instanceof Demand.Held held
                            ? "WarmPolicy " + held.policy() + " is gone or suspended; " + inWords(own) + " again at "
                                    + held.until()
                            : "WarmPolicy " + demand.policy() + " decides; spec.serverless.provisionedConcurrency ("
                                    + own + ") holds again when the policy goes");
        }
    }

    private static String inWords(int own) {
        return own == 0
                ? "the endpoint has no provisioned concurrency"
                : "spec.serverless.provisionedConcurrency (" + own + ") holds";
    }
}
