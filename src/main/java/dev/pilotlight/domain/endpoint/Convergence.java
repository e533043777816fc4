package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
            return capacity.get();
        }
        Optional<Step> tagging = tagStep(tags);
        if (tagging.isPresent()) {
            return draft.decide(tagging.get());
        }
        draft.appliedTagKeys(new ArrayList<>(new TreeSet<>(desired.userTags().keySet())));
        return draft.decide(new Previews(draft).tearDown().or(this::trimStep).orElseGet(Step.None::new));
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
        }
        return draft.decide(new Step.None());
    }

    private void proven() {
        draft.deployed(wanted);
        if (draft.failedAttempt().map(FailedAttempt::revision).isPresent()) {
            draft.attempt(null);
        }
        List<RevisionRecord> records = new ArrayList<>();
        records.add(new RevisionRecord(
                wanted,
                desired.modelName(),
                live.configName(),
                draft.revision(wanted)
                        .map(RevisionRecord::previewEndpointConfigName)
                        .orElse(null),
                RevisionState.DEPLOYED,
                null,
                null));
        for (RevisionRecord record : draft.revisions()) {
            if (record.name().equals(wanted)) {
                continue;
            }
            boolean served = record.state() == RevisionState.DEPLOYED;
            records.add(served ? record.withState(RevisionState.SUPERSEDED, null, null) : record);
        }
        draft.revisions(records);
        draft.ready("revision " + wanted + " serves on endpoint " + live.name());
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
        draft.latch(Reasons.VALIDATION_FAILED, what + ".");
        draft.working(
                Reasons.ROLLING_BACK,
                what + "; endpoint " + live.name() + " goes back to revision "
                        + lastGood.get().name());
        return draft.decide(new Step.UpdateEndpoint(live.name(), lastGood.get().endpointConfigName()));
    }

    // ---- capacity

    private Optional<Decision> capacityFirst() {
        Concurrency want = desired.concurrency();
        Optional<Concurrency> have = live.capacity().map(ServerlessCapacity::concurrency);
        if (have.isEmpty()) {
            return Optional.empty();
        }
        if (have.get().equals(want)) {
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
        scalingVerdict(have.get(), want);
        return Optional.of(change(have.get(), want));
    }

    private void scalingVerdict(Concurrency have, Concurrency want) {
        draft.verdict(ConditionTypes.SCALING, Status.TRUE, Reasons.UPDATING_CAPACITY, "from " + have + " to " + want);
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
                "change to " + desired.concurrency() + " failed: " + why
                        + " Change spec.serverless, or set the annotation pilotlight.dev/retry.");
        return draft.decide(new Step.None());
    }

    /**
     * The live path changes both numbers in place. It has no zero, so going to no provisioned concurrency takes a config; whether it can
     * add some to a variant that has none is not documented, so it is tried first.
     */
    private Decision change(Concurrency have, Concurrency want) {
        boolean toNone = want.provisioned() == 0 && have.provisioned() > 0;
        boolean fromNone = want.provisioned() > 0 && have.provisioned() == 0;
        if (!toNone && !(fromNone && draft.observed.livePathRefused())) {
            draft.scalingStarts();
            return draft.decide(new Step.UpdateConcurrency(live.name(), draft.variantName(), want));
        }
        if (!(draft.observed.config(desired.configName()) instanceof Sighting.Present<EndpointConfigSnapshot> config)) {
            return draft.decide(
                    new Step.CreateEndpointConfig(desired.configRequest(draft.variantName()), desired.configOwner()));
        }
        Optional<Claims.Dispute> dispute =
                Claims.dispute("endpoint config", desired.configName(), config.owner(), desired.configOwner());
        if (dispute.isPresent()) {
            return capacityStuck(dispute.get().message() + ".");
        }
        draft.announce(
                true,
                Reasons.UPDATING_CAPACITY,
                "going " + (toNone ? "to" : "from") + " no provisioned concurrency replaces the containers of endpoint "
                        + live.name() + ": expect cold starts");
        draft.scalingStarts();
        return draft.decide(new Step.UpdateEndpoint(live.name(), desired.configName()));
    }

    // ---- tags

    private Optional<Step> tagStep(Map<String, String> endpointTags) {
        Optional<Step> step = tagStep(Kind.ENDPOINT, live.name(), live.arn(), endpointTags, desired.owner());
        if (step.isEmpty()
                && draft.observed.config(desired.configName()) instanceof Sighting.Present<?> config
                && isMade(config, desired.configOwner())) {
            step = tagStep(
                    Kind.ENDPOINT_CONFIG, desired.configName(), configArn(), config.tags(), desired.configOwner());
        }
        if (step.isEmpty()
                && draft.observed.model(desired.modelName()) instanceof Sighting.Present<?> model
                && isMade(model, desired.modelOwner())) {
            step = tagStep(Kind.MODEL, desired.modelName(), modelArn(), model.tags(), desired.modelOwner());
        }
        return step;
    }

    /** Made by this object from this very content; anything else of the name is not ours to tag. */
    private static boolean isMade(Sighting.Present<?> present, Ownership owner) {
        return Claims.dispute("", "", present.owner(), owner).isEmpty();
    }

    private String configArn() {
        return draft.observed.config(desired.configName()).found().orElseThrow().arn();
    }

    private String modelArn() {
        return draft.observed.model(desired.modelName()).found().orElseThrow().arn();
    }

    private Optional<Step> tagStep(Kind kind, String name, String arn, Map<String, String> has, Ownership owner) {
        Map<String, String> missing = new HashMap<>(desired.withUserTags(owner));
        missing.entrySet().removeIf(tag -> tag.getValue().equals(has.get(tag.getKey())));
        if (!missing.isEmpty()) {
            return Optional.of(new Step.AddTags(kind, name, arn, missing));
        }
        Set<String> surplus = new TreeSet<>(draft.appliedTagKeys());
        surplus.removeAll(desired.userTags().keySet());
        surplus.retainAll(has.keySet());
        return surplus.isEmpty() ? Optional.empty() : Optional.of(new Step.DeleteTags(kind, name, arn, surplus));
    }

    // ---- history

    /** Takes the oldest revision beyond the limit out of AWS, config before model, one call a pass. */
    private Optional<Step> trimStep() {
        Integer limit = desired.rollout().revisionHistoryLimit();
        List<RevisionRecord> records = draft.revisions();
        int kept = 1 + (limit == null ? 3 : limit);
        if (records.size() <= kept) {
            return Optional.empty();
        }
        RevisionRecord oldest = records.getLast();
        String config = oldest.endpointConfigName();
        Sighting<?> configSeen = config == null ? new Sighting.Absent<>() : draft.observed.config(config);
        Sighting<?> modelSeen =
                oldest.modelName() == null ? new Sighting.Absent<>() : draft.observed.model(oldest.modelName());
        if (configSeen instanceof Sighting.Unseen || modelSeen instanceof Sighting.Unseen) {
            return Optional.empty();
        }
        if (Claims.isOurs(configSeen, desired.owner()) && !config.equals(live.configName())) {
            return Optional.of(new Step.Delete(Kind.ENDPOINT_CONFIG, config));
        }
        if (Claims.isOurs(modelSeen, desired.owner())) {
            return Optional.of(new Step.Delete(Kind.MODEL, oldest.modelName()));
        }
        draft.revisions(records.subList(0, records.size() - 1));
        return Optional.empty();
    }
}
