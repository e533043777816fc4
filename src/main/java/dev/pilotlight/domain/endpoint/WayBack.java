package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import java.util.Optional;

/**
 * Back to the revision that was proven last, where the wanted one failed and something else serves. It is gone once: what AWS gives up
 * today it would give up again, so from then on a person decides.
 */
final class WayBack {
    private final Draft draft;
    private final EndpointSnapshot live;
    private final String wanted;

    WayBack(Draft draft, EndpointSnapshot live) {
        this.draft = draft;
        this.live = live;
        this.wanted = draft.desired.revision().name();
    }

    boolean isGivenUp() {
        return draft.latched(wanted)
                && draft.failedAttempt()
                        .map(FailedAttempt::reason)
                        .filter(Reasons.ROLLBACK_FAILED::equals)
                        .isPresent();
    }

    String describe(RevisionRecord proven, String what) {
        return what + "; endpoint " + live.name() + " goes back to revision " + proven.name();
    }

    /**
     * The next step, once the latch is noted.
     *
     * @param what why the endpoint goes back
     */
    Decision to(RevisionRecord proven, String what) {
        if (isGivenUp()) {
            return givenUp();
        }
        if (draft.before.desiredWas(wanted) && draft.before.progressIs(Reasons.ROLLING_BACK)) {
            return sent(proven, what);
        }
        draft.working(draft.failedAttempt().orElseThrow().reason(), describe(proven, what));
        Optional<Step> before = new AwsScaling(draft).stepAside();
        if (before.isPresent()) {
            return draft.decide(before.get());
        }
        draft.working(Reasons.ROLLING_BACK, describe(proven, what));
        // As it is before the update, so that a stale read can be told from a finished one.
        draft.facts(live);
        return draft.decide(new Step.UpdateEndpoint(live.name(), proven.endpointConfigName()));
    }

    /** AWS was told, and the endpoint is where it was: it has not begun yet, or has given up. */
    private Decision sent(RevisionRecord proven, String what) {
        if (!draft.before.sawChangeOf(live)) {
            draft.working(Reasons.ROLLING_BACK, describe(proven, what));
            draft.factsAsBefore();
            draft.lookAgain(draft.now.plusSeconds(5));
            return draft.decide(new Step.None());
        }
        draft.latch(
                Reasons.ROLLBACK_FAILED,
                what + "; going back to revision " + proven.name() + " failed: "
                        + live.failureReason().orElse("AWS went on with the same config without a reason"));
        return givenUp();
    }

    private Decision givenUp() {
        draft.facts(live);
        draft.stalled(
                Reasons.ROLLBACK_FAILED,
                draft.failedAttempt().orElseThrow().message() + " Revision "
                        + draft.revisionOf(live).orElse("unknown")
                        + " serves on. Change the spec, or set the annotation pilotlight.dev/retry.");
        return draft.decide(new Step.None());
    }
}
