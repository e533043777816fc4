package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is left once the endpoint serves the wanted revision: prove it, give it its capacity, keep tags and history in order. */
final class Convergence {
    private final Draft draft;
    private final Desired desired;
    private final EndpointSnapshot live;
    private final String wanted;

    Convergence(Draft draft, EndpointSnapshot live) {
        this.draft = draft;
        this.desired = draft.desired;
        this.live = live;
        this.wanted = desired.revision().name();
    }

    /** The endpoint is at rest. */
    Decision settle(Map<String, String> tags) {
        Optional<Decision> validation = validationFirst();
        if (validation.isPresent()) {
            return validation.get();
        }
        proven();
        Optional<Decision> capacity = capacityFirst();
        if (capacity.isPresent()) {
            // What cannot be had for now holds up nothing else, but while AWS may be on its way to a config, none goes.
            boolean stuck =
                    capacity.get().step() instanceof Step.None && !draft.before.progressIs(Reasons.UPDATING_CAPACITY);
            return stuck ? draft.decide(new Upkeep(draft, live).next(tags)) : capacity.get();
        }
        Optional<Decision> scaling = awsScalingFirst();
        if (scaling.isPresent()) {
            return scaling.get();
        }
        return draft.decide(new Upkeep(draft, live).next(tags));
    }

    /** The endpoint is moving, but only its capacity is: whatever state AWS calls that, the revision serves. */
    Decision scaling() {
        proven();
        draft.verdictAsRemembered(ConditionTypes.VALIDATED);
        draft.scalingGoesOn();
        if (draft.before.scalingAttempted()) {
            draft.verdict(
                    ConditionTypes.SCALING,
                    Status.TRUE,
                    Reasons.UPDATING_CAPACITY,
                    "endpoint " + live.name() + " is " + live.status().awsName() + " on the way to "
                            + desired.concurrency());
        } else if (live.capacity()
                .filter(capacity -> !capacity.concurrency().equals(desired.concurrency()))
                .isPresent()) {
            // Under way is what was asked for before.
            draft.verdict(
                    ConditionTypes.SCALING,
                    Status.TRUE,
                    Reasons.UPDATING_CAPACITY,
                    "endpoint " + live.name() + " is " + live.status().awsName() + "; " + desired.concurrency()
                            + " follows afterwards");
        }
        return draft.decide(new Step.None());
    }

    private void proven() {
        draft.deployed(wanted);
        if (draft.failedAttempt().map(FailedAttempt::revision).isPresent()) {
            draft.attempt(null);
        }
        List<RevisionRecord> records = new ArrayList<>();
        records.add(serving());
        for (RevisionRecord record : draft.revisions()) {
            if (record.name().equals(wanted)) {
                continue;
            }
            boolean served = record.state() == RevisionState.DEPLOYED;
            records.add(served ? record.withState(RevisionState.SUPERSEDED, null, null) : record);
        }
        draft.revisions(records);
        draft.ready("revision " + wanted + " serves on endpoint " + live.name());
        imageTag();
    }

    /** A tag that moved is told and not followed: what was proven is what serves, until the spec asks for something else. */
    private void imageTag() {
        draft.observed.imageTag().ifPresent(tag -> draft.lookAgain(tag.nextLook()));
        Optional<String> today = draft.observed.imageTag().flatMap(Observed.ImageTag::digest);
        if (today.isEmpty() || draft.resolvedImage().isEmpty()) {
            draft.verdictAsRemembered(ConditionTypes.IMAGE_DRIFTED);
            return;
        }
        String serves = draft.resolvedImage().get();
        if (serves.endsWith("@" + today.get())) {
            return;
        }
        String what = "image " + desired.model().image() + " is " + today.get() + " today, and " + serves
                + " serves; it is not rolled out by itself: set spec.model.image to a new tag or to the digest";
        draft.verdict(ConditionTypes.IMAGE_DRIFTED, Status.TRUE, Reasons.IMAGE_TAG_MOVED, what);
        if (draft.before
                .condition(ConditionTypes.IMAGE_DRIFTED)
                .filter(said -> what.equals(said.message()))
                .isEmpty()) {
            draft.announce(true, Reasons.IMAGE_TAG_MOVED, what);
        }
    }

    /** The revision that serves, with the config it serves from. One that was adopted keeps its model, and what it is. */
    private RevisionRecord serving() {
        RevisionRecord known = draft.revision(wanted)
                .orElseGet(() ->
                        new RevisionRecord(wanted, desired.modelName(), live.configName(), RevisionState.DEPLOYED))
                .withEndpointConfig(live.configName());
        return known.cameWithTheEndpoint()
                ? known.withState(RevisionState.DEPLOYED, known.reason(), known.message())
                : known.withState(RevisionState.DEPLOYED, null, null);
    }

    // ---- validation

    private Optional<Decision> validationFirst() {
        return switch (new Proof(draft, live.name()).standing()) {
            case Proof.Standing.Proven proven -> Optional.empty();
            case Proof.Standing.Running running -> Optional.of(draft.decide(running.step()));
            case Proof.Standing.Refuted refuted -> Optional.of(validationFailed(refuted.what()));
        };
    }

    private Decision validationFailed(String what) {
        Optional<RevisionRecord> lastGood =
                draft.lastGood().filter(record -> !record.name().equals(wanted));
        if (lastGood.isEmpty()) {
            draft.stalled(
                    Reasons.VALIDATION_FAILED,
                    what + ". Change spec.model, or spec.rollout.validation if the expectation is wrong.");
            return draft.decide(new Step.None());
        }
        boolean noted = draft.latched(wanted);
        WayBack back = new WayBack(draft, live);
        if (!back.isGivenUp()) {
            draft.latch(Reasons.VALIDATION_FAILED, what + ".");
        }
        if (!noted) {
            // The note comes first: were it lost with the pass that goes back, the revision would be rolled out once
            // more.
            draft.working(Reasons.VALIDATION_FAILED, back.describe(lastGood.get(), what));
            return draft.decide(new Step.None());
        }
        return back.to(lastGood.get(), what);
    }

    // ---- capacity

    private Optional<Decision> capacityFirst() {
        Concurrency want = desired.concurrency();
        Optional<Concurrency> have = live.capacity().map(ServerlessCapacity::concurrency);
        if (have.isEmpty()) {
            return Optional.empty();
        }
        if (have.get().equals(want) || new AwsScaling(draft).moves(have.get(), want)) {
            draft.attempt(null);
            return Optional.empty();
        }
        if (draft.latched(want)) {
            return Optional.of(capacityStuck(draft.failedAttempt().orElseThrow().message()));
        }
        if (draft.before.scalingAttempted()) {
            if (!draft.before.sawChangeOf(live)) {
                scalingVerdict(have.get(), want);
                draft.scalingGoesOn();
                draft.lookAgain(draft.now.plusSeconds(5));
                return Optional.of(draft.decide(new Step.None()));
            }
            String why = live.failureReason().orElse("AWS kept " + have.get());
            return Optional.of(latchCapacity(why));
        }
        if (draft.before.hadCapacity()) {
            draft.announce(
                    true,
                    Reasons.DRIFT_DETECTED,
                    "serverless concurrency of endpoint " + live.name() + " was changed outside of Kubernetes to "
                            + have.get() + "; it goes back to " + want);
        }
        scalingVerdict(have.get(), want);
        return Optional.of(change(have.get(), want));
    }

    /** AWS gets its range and rules once the endpoint has capacity for it to move, and room is checked as for a change of ours. */
    private Optional<Decision> awsScalingFirst() {
        AwsScaling scaling = new AwsScaling(draft);
        Optional<Concurrency> have = live.capacity().map(ServerlessCapacity::concurrency);
        Optional<Decision> noRoom =
                have.flatMap(has -> scaling.raise(has).flatMap(most -> new Readiness(draft).beforeScaling(has, most)));
        return noRoom.isPresent() ? noRoom : scaling.sync(live).map(draft::decide);
    }

    private void scalingVerdict(Concurrency have, Concurrency want) {
        draft.verdict(
                ConditionTypes.SCALING,
                Status.TRUE,
                Reasons.UPDATING_CAPACITY,
                "from " + have + " to " + want
                        + desired.demand()
                                .map(demand -> ", by " + desired.asker())
                                .orElse(""));
    }

    /** AWS refused the pair; it is not asked for again by itself. */
    private Decision latchCapacity(String why) {
        Concurrency want = desired.concurrency();
        draft.attempt(new FailedAttempt(
                null,
                want.max(),
                want.provisioned() == 0 ? null : want.provisioned(),
                Reasons.CAPACITY_CHANGE_FAILED,
                why,
                desired.generation(),
                draft.now.truncatedTo(ChronoUnit.SECONDS).toString()));
        return capacityStuck(why);
    }

    /**
     * The call that was to change capacity failed.
     *
     * @param forGood the same call can never succeed
     */
    Decision capacityRefused(String why, boolean forGood) {
        draft.facts(live);
        proven();
        draft.verdictAsRemembered(ConditionTypes.VALIDATED);
        return forGood ? latchCapacity(why) : capacityStuck(why);
    }

    /** The call that was to change capacity is made again after a while. */
    Decision capacityDelayed(String why) {
        draft.facts(live);
        proven();
        draft.verdictAsRemembered(ConditionTypes.VALIDATED);
        draft.verdict(ConditionTypes.SCALING, Status.TRUE, Reasons.UPDATING_CAPACITY, "trying again: " + why);
        return draft.decide(new Step.None());
    }

    private Decision capacityStuck(String why) {
        draft.verdict(
                ConditionTypes.SCALING,
                Status.FALSE,
                Reasons.CAPACITY_CHANGE_FAILED,
                "change to " + desired.concurrency() + " failed: " + why + " Change " + desired.asker()
                        + ", or set the annotation pilotlight.dev/retry.");
        return draft.decide(new Step.None());
    }

    /**
     * The live path changes both numbers in place. It has no zero, so going to no provisioned concurrency takes a config; whether it can
     * add some to a variant that has none is not documented, so it is tried first.
     */
    private Decision change(Concurrency have, Concurrency want) {
        Optional<Decision> noRoom = new Readiness(draft).beforeScaling(have, want);
        if (noRoom.isPresent()) {
            return noRoom.get();
        }
        boolean toNone = want.provisioned() == 0 && have.provisioned() > 0;
        boolean fromNone = want.provisioned() > 0 && have.provisioned() == 0;
        AwsScaling scaling = new AwsScaling(draft);
        if (scaling.unknown().isPresent()) {
            return draft.decide(scaling.sync(live).orElseGet(Step.None::new));
        }
        if (!toNone && !(fromNone && draft.observed.livePathRefused())) {
            Optional<Step> before = scaling.stepAside();
            if (before.isPresent()) {
                return draft.decide(before.get());
            }
            draft.scalingStarts();
            return draft.decide(new Step.UpdateConcurrency(live.name(), draft.variantName(), want));
        }
        Content content = new Content(draft);
        if (!(draft.observed.config(content.configName()) instanceof Sighting.Present<EndpointConfigSnapshot> config)) {
            return draft.decide(content.missingModel().orElseGet(content::createConfig));
        }
        Optional<Claims.Dispute> dispute = content.disputeOfConfig(config);
        if (dispute.isPresent()) {
            return capacityStuck(dispute.get().message() + ".");
        }
        Optional<Step> before = scaling.stepAside();
        if (before.isPresent()) {
            return draft.decide(before.get());
        }
        draft.announce(
                true,
                Reasons.UPDATING_CAPACITY,
                "going " + (toNone ? "to" : "from") + " no provisioned concurrency replaces the containers of endpoint "
                        + live.name() + ": expect cold starts");
        draft.scalingStarts();
        return draft.decide(new Step.UpdateEndpoint(live.name(), content.configName()));
    }
}
