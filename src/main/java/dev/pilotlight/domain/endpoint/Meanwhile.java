package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The capacity of the proven revision while another one is wanted and does not get there, because it failed or something holds it back.
 * What a WarmPolicy asks for is meant for whatever serves. A new maximum, and what takes another endpoint config, come with the wanted
 * revision.
 */
final class Meanwhile {
    /** Nobody remembers what was asked for here, so what AWS took back is asked for again, but not at once. */
    private static final Duration BETWEEN_CHANGES = Duration.ofMinutes(5);

    private final Draft draft;
    private final EndpointSnapshot live;

    Meanwhile(Draft draft, EndpointSnapshot live) {
        this.draft = draft;
        this.live = live;
    }

    /** A person has to act for the wanted revision, and that AWS moves the proven one, as for its capacity, does not change that. */
    boolean isAllThatMoves() {
        return isHeldUp()
                && draft.before.desiredWas(draft.desired.revision().name())
                && Objects.equals(draft.remembered.observedGeneration(), draft.desired.generation())
                && isProvenServing();
    }

    private boolean isHeldUp() {
        return draft.before.condition(ConditionTypes.STALLED).isPresent();
    }

    private boolean isProvenServing() {
        return live.status().serves() && draft.revisionOf(live).equals(draft.deployed());
    }

    /** As {@link #scale}, unless the wanted revision gets on: then that brings its capacity along. */
    Optional<Step> scaleIfHeldUp() {
        return isHeldUp() ? scale() : Optional.empty();
    }

    /** The call that gives the proven revision what is demanded; empty when it has that, or cannot have it now. */
    Optional<Step> scale() {
        boolean byPolicy =
                draft.desired.demand().filter(Demand.Fixed.class::isInstance).isPresent();
        if (!byPolicy || !isProvenServing() || draft.scalableTarget().isPresent()) {
            return Optional.empty();
        }
        return live.capacity().map(ServerlessCapacity::concurrency).flatMap(this::from);
    }

    private Optional<Step> from(Concurrency have) {
        Concurrency want = new Concurrency(
                have.max(), Math.min(have.max(), draft.desired.concurrency().provisioned()));
        boolean onLivePath = want.provisioned() > 0 && !(have.provisioned() == 0 && draft.observed.livePathRefused());
        if (have.equals(want) || !onLivePath) {
            return Optional.empty();
        }
        draft.verdict(
                ConditionTypes.SCALING,
                Status.TRUE,
                Reasons.UPDATING_CAPACITY,
                "from " + have + " to " + want + ", by " + draft.desired.asker());
        Instant due = live.lastModifiedTime().plus(BETWEEN_CHANGES);
        if (draft.now.isBefore(due)) {
            draft.lookAgain(due);
            return Optional.empty();
        }
        Optional<Decision> noRoom = new Readiness(draft).beforeScaling(have, want);
        return noRoom.isPresent()
                ? noRoom.map(Decision::step)
                : Optional.of(new Step.UpdateConcurrency(live.name(), draft.variantName(), want));
    }
}
