package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.domain.endpoint.Announcement;
import dev.pilotlight.domain.endpoint.Verdict;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.tracking.Tracked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pass concludes.
 *
 * @param facts the status but for its conditions
 * @param verdicts the conditions
 * @param announcements events
 * @param tracked to be remembered for the next pass
 * @param ledger to be remembered for the next pass; newer than the one in facts, which is written only when something else is
 * @param pingsHeld no ping is to be sent, because the budget is spent
 * @param nextLook when the conclusion may be another by itself
 */
public record WarmDecision(
        WarmPolicyStatus facts,
        List<Verdict> verdicts,
        List<Announcement> announcements,
        Optional<Tracked> tracked,
        Optional<Ledger> ledger,
        boolean pingsHeld,
        Optional<Instant> nextLook) {
    public WarmDecision {
        verdicts = List.copyOf(verdicts);
        announcements = List.copyOf(announcements);
    }
}
