package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.endpoint.Demand.Ranged;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.scaling.ScalableTarget;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalableTarget.Suspended;
import dev.pilotlight.domain.scaling.ScalingCall;
import dev.pilotlight.domain.scaling.ScalingSight;
import dev.pilotlight.domain.scaling.ScalingView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Application Auto Scaling next to us: it gets its range and rules while the endpoint is at rest, stands still while we change the
 * endpoint, and is removed when the policy goes or the endpoint does. Whether a target of ours may exist is in the status, noted before
 * it is registered; without that note AWS is not asked.
 */
final class AwsScaling {
    /** How long AWS may take to bring the capacity into a range that it was given. */
    private static final Duration SETTLES = Duration.ofMinutes(5);

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Draft draft;
    private final Optional<Ranged> ranged;

    AwsScaling(Draft draft) {
        this.draft = draft;
        this.ranged = draft.desired.demand().filter(Ranged.class::isInstance).map(Ranged.class::cast);
    }

    private Range range() {
        return ranged.orElseThrow().within(draft.desired.own());
    }

    private int most() {
        return draft.desired.own().max();
    }

    // ---- before we change the endpoint ourselves

    /** What has to be done first, so that AWS does not scale meanwhile; empty when it does not. */
    Optional<Step> stepAside() {
        return ranged.isEmpty() ? leave() : standStill();
    }

    /** Keeps AWS from scaling what it may scale; empty when it does not, or nothing is known of it. */
    Optional<Step> standStill() {
        return draft.scalableTarget()
                .flatMap(target -> view().flatMap(ScalingView::target)
                        .filter(registered -> !registered.suspended().equals(Suspended.EVERYTHING))
                        .map(registered -> new Step.Scale(new ScalingCall.Suspend(target))));
    }

    /** Nothing is known of the target that may be there: what would change the endpoint waits for that. */
    Optional<AwsFailure> unknown() {
        return draft.scalableTarget().isPresent()
                        && ranged.isPresent()
                        && draft.observed.scaling() instanceof ScalingSight.Failed failed
                ? Optional.of(failed.failure())
                : Optional.empty();
    }

    /** Removes the target, and with it all that hangs on it; what is not there counts as removed. */
    Optional<Step> leave() {
        Optional<Step> step = draft.scalableTarget().map(target -> new Step.Scale(new ScalingCall.Deregister(target)));
        draft.scalableTarget(null);
        return step;
    }

    // ---- at rest

    /** Whether it is for AWS to move the capacity there from what the endpoint has: within its range, or on the way into it. */
    boolean moves(Concurrency have, Concurrency want) {
        if (ranged.isEmpty() || have.max() != want.max() || have.provisioned() == 0) {
            return false;
        }
        boolean within = have.provisioned() == want.provisioned();
        Optional<ScalingView> view = view();
        boolean still = view.flatMap(ScalingView::target)
                .filter(target -> target.suspended().equals(Suspended.EVERYTHING))
                .isPresent();
        if (within || still) {
            return within;
        }
        if (view.isEmpty() || nextCall(view.get()).isPresent()) {
            return true;
        }
        Instant since = draft.observed
                .endpoint()
                .found()
                .map(EndpointSnapshot::lastModifiedTime)
                .filter(view.get().since()::isBefore)
                .orElse(view.get().since());
        Instant due = since.plus(SETTLES);
        if (draft.now.isBefore(due)) {
            draft.lookAgain(due);
            return true;
        }
        return false;
    }

    /** The next call on the way to what AWS is to hold; empty when it holds that, or nothing can be done about it. */
    Optional<Step> sync(EndpointSnapshot live) {
        if (ranged.isEmpty()) {
            return leave();
        }
        if (draft.observed.scaling() instanceof ScalingSight.Failed failed) {
            cannotLook(failed.failure());
            return Optional.empty();
        }
        Optional<ScalingView> view = view();
        boolean hasSome = live.capacity()
                .filter(capacity -> capacity.concurrency().provisioned() > 0)
                .isPresent();
        if (view.isEmpty() || !hasSome) {
            // AWS registers only what has provisioned concurrency already.
            return Optional.empty();
        }
        if (draft.observed.scaling() instanceof ScalingSight.Seen seen) {
            // What somebody else changes there shows in nothing but a look.
            draft.lookAgain(seen.due());
        }
        ranged.get().rules().nextAction(draft.now).ifPresent(at -> draft.lookAgain(at.plus(LOOK_AGAIN)));
        refuse();
        String target = ScalableTarget.resourceId(live.name(), draft.variantName());
        Optional<ScalingCall> call = ranged.get().rules().next(target, range(), most(), view.get(), draft.now);
        boolean noted = draft.scalableTarget().filter(target::equals).isPresent();
        draft.scalableTarget(target);
        if (call.isEmpty()) {
            return Optional.empty();
        }
        if (!noted) {
            // A crash after the call must not leave a target that nobody knows of.
            return Optional.of(new Step.None());
        }
        drift(call.get(), view.get());
        return Optional.of(new Step.Scale(call.get()));
    }

    /** What AWS may be asked to go up to beyond what it may now; the checks before a raise see it as one of ours. */
    Optional<Concurrency> raise(Concurrency have) {
        return ranged.filter(r -> view().isPresent()).flatMap(r -> {
            int most = view().flatMap(ScalingView::target)
                    .map(registered -> registered.range().max())
                    .orElse(have.provisioned());
            return range().max() > most ? Optional.of(new Concurrency(have.max(), range().max())) : Optional.empty();
        });
    }

    private Optional<ScalingView> view() {
        return draft.observed.scaling() instanceof ScalingSight.Seen seen ? Optional.of(seen.view()) : Optional.empty();
    }

    private Optional<ScalingCall> nextCall(ScalingView view) {
        return ranged.get().rules().next("", range(), most(), view, draft.now);
    }

    /** What differs now and did not before was changed by somebody else, unless AWS only did what it was scheduled to. */
    private void drift(ScalingCall call, ScalingView now) {
        Optional<ScalingView> before =
                draft.observed.scaling() instanceof ScalingSight.Seen seen ? seen.before() : Optional.empty();
        boolean asScheduled = call instanceof ScalingCall.Register
                && now.target()
                        .filter(target -> target.suspended().equals(Suspended.NOTHING)
                                && Stream.concat(before.stream(), Stream.of(now))
                                        .flatMap(view -> view.actions().stream())
                                        .anyMatch(action -> action.isOursAndSets(target.range())))
                        .isPresent();
        if (before.filter(view -> nextCall(view).isEmpty()).isPresent() && !asScheduled) {
            draft.announce(
                    true,
                    Reasons.DRIFT_DETECTED,
                    "auto scaling of " + call.resourceId() + " was changed outside of Kubernetes and is set again: "
                            + call.describe());
        }
    }

    private void refuse() {
        var refusals = ranged.get().rules().refusals();
        if (!refusals.isEmpty()) {
            draft.verdict(
                    ConditionTypes.SCALING,
                    Status.FALSE,
                    Reasons.SCHEDULE_NOT_SUPPORTED,
                    String.join("; ", refusals) + ". Change " + draft.desired.asker()
                            + ", or set its spec.executor to Operator.");
        }
    }

    private void cannotLook(AwsFailure failure) {
        draft.lookAgain(draft.now.plus(LOOK_AGAIN));
        if (failure.kind() == FailureKind.DENIED || failure.kind() == FailureKind.INVALID) {
            draft.verdict(
                    ConditionTypes.SCALING,
                    Status.FALSE,
                    Reasons.CAPACITY_CHANGE_FAILED,
                    "what AWS scales is not known: " + failure.describe() + ". Check the role of AWSIdentity "
                            + draft.desired.identity() + ".");
        } else {
            draft.verdictAsRemembered(ConditionTypes.SCALING);
        }
    }
}
