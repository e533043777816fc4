package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a revision gets to serve: model, endpoint config, endpoint, and what each state of the endpoint means on the way. */
final class Rollout {
    private final Draft draft;
    private final Desired desired;
    private final String wanted;
    private final Content content;

    Rollout(Draft draft) {
        this.draft = draft;
        this.desired = draft.desired;
        this.wanted = desired.revision().name();
        this.content = new Content(draft);
    }

    // ---- there is no endpoint

    Decision create() {
        draft.adoption(null);
        boolean goneByItself = !draft.before.progressIs(Reasons.RECREATING_ENDPOINT)
                && !draft.before.progressIs(Reasons.CREATING_ENDPOINT);
        if (draft.remembered.endpointARN() != null && goneByItself) {
            draft.announce(
                    true,
                    Reasons.ENDPOINT_GONE,
                    "endpoint " + desired.endpointName() + " was deleted outside of Kubernetes and is made again");
        }
        String reason = creatingReason();
        boolean restoring = draft.latched(wanted) || draft.before.progressIs(Reasons.RECREATING_ENDPOINT);
        // Whatever was going on before: what nobody has proven does not serve in the place of what was.
        Optional<RevisionRecord> lastGood =
                provenRevision().filter(record -> !record.name().equals(wanted) && (restoring || !provenBefore()));
        if (lastGood.isPresent()) {
            draft.working(
                    reason,
                    "making endpoint " + desired.endpointName() + " again with the last proven revision "
                            + lastGood.get().name());
            return draft.decide(createEndpoint(lastGood.get().endpointConfigName()));
        }
        draft.working(reason, creating(wanted));
        if (unacknowledged()) {
            return acknowledge();
        }
        return content.first(needsPreview())
                .or(() -> new Readiness(draft).beforeEndpoint(false))
                .orElseGet(() -> draft.decide(createEndpoint(content.configName())));
    }

    private Step createEndpoint(String configName) {
        return new Step.CreateEndpoint(
                desired.endpointName(), configName, desired.withUserTags(desired.owner()), desired.owner());
    }

    // ---- there is one, and it is ours

    Decision from(EndpointSnapshot live, Map<String, String> tags) {
        Optional<String> liveRevision = draft.revisionOf(live);
        boolean serving = draft.policy().safeguards().serves(wanted, liveRevision);
        return switch (live.status()) {
            case CREATING -> {
                draft.working(creatingReason(), creating(liveRevision.orElse("unknown")));
                yield draft.decide(new Step.None());
            }
            case DELETING -> {
                draft.working(
                        Reasons.RECREATING_ENDPOINT,
                        "endpoint " + live.name() + " is being deleted and is made again afterwards");
                yield draft.decide(new Step.None());
            }
            case UPDATING, SYSTEM_UPDATING, ROLLING_BACK, UNKNOWN -> moving(live, serving);
            case FAILED, UPDATE_ROLLBACK_FAILED -> failed(live, liveRevision);
            case IN_SERVICE -> serving ? converged(live, tags) : outdated(live);
            case OUT_OF_SERVICE -> serving ? outOfService(live) : outdated(live);
        };
    }

    /** The same text from the first call until AWS is done: a new one would cost a write, and say nothing new. */
    private String creating(String revision) {
        return "creating model, endpoint config and endpoint " + desired.endpointName() + " for revision " + revision;
    }

    private String creatingReason() {
        return draft.before.progressIs(Reasons.RECREATING_ENDPOINT)
                ? Reasons.RECREATING_ENDPOINT
                : Reasons.CREATING_ENDPOINT;
    }

    private Decision moving(EndpointSnapshot live, boolean serving) {
        boolean proven = serving && draft.deployed().filter(wanted::equals).isPresent();
        boolean atRestBefore =
                draft.remembered.progress() == null || draft.before.progressIs(Reasons.UPDATING_CAPACITY);
        if (proven && atRestBefore && live.status().serves()) {
            return new Convergence(draft, live).scaling();
        }
        boolean ourUpdate = draft.before.desiredWas(wanted)
                && (draft.before.progressIs(Reasons.ROLLING_BACK)
                        || draft.before.progressIs(Reasons.UPDATING_ENDPOINT));
        if (!ourUpdate && !serving && new Meanwhile(draft, live).isAllThatMoves()) {
            return draft.asRemembered(new Step.None());
        }
        if (!ourUpdate) {
            // Whatever AWS is doing was not asked for by this revision, so its outcome says nothing about it.
            draft.working(
                    Reasons.WAITING_FOR_ENDPOINT,
                    "endpoint " + live.name() + " is " + live.status().awsName() + "; revision " + wanted
                            + " follows afterwards");
            return draft.decide(new Step.None());
        }
        String reason =
                draft.before.progressIs(Reasons.ROLLING_BACK) ? Reasons.ROLLING_BACK : Reasons.UPDATING_ENDPOINT;
        draft.working(
                reason,
                "endpoint " + live.name() + " is " + live.status().awsName()
                        + (reason.equals(Reasons.ROLLING_BACK)
                                ? " on the way back from revision "
                                : " on the way to revision ")
                        + wanted);
        return draft.decide(new Step.None());
    }

    /** Only deletion is allowed on a failed endpoint; whether it is made again depends on whether it ever served. */
    private Decision failed(EndpointSnapshot live, Optional<String> liveRevision) {
        String why = live.failureReason().orElse("AWS gives no reason");
        Optional<RevisionRecord> lastGood = provenRevision();
        if (isLatchedFor(Reasons.RECREATION_FAILED) || (lastGood.isPresent() && madeAgain(live))) {
            return failedAgain(live, liveRevision, why);
        }
        if (lastGood.isPresent()) {
            if (wasAttempted(liveRevision)) {
                // The note comes first: were it lost with the pass that deletes, the endpoint would be made again with
                // what failed.
                draft.latch(Reasons.UPDATE_FAILED, "revision " + wanted + " did not come up: " + why);
                draft.working(
                        Reasons.ROLLING_BACK,
                        "endpoint " + live.name() + " is " + live.status().awsName() + ": " + why);
                return draft.decide(new Step.None());
            }
            draft.announce(
                    true,
                    Reasons.RECREATING_ENDPOINT,
                    "endpoint " + live.name() + " is " + live.status().awsName() + " (" + why
                            + ") and is made again with revision "
                            + lastGood.get().name());
            draft.working(Reasons.RECREATING_ENDPOINT, "endpoint " + live.name() + " failed and is made again: " + why);
            return draft.decide(delete(live));
        }
        boolean ofThisRevision = liveRevision.filter(wanted::equals).isPresent();
        if (ofThisRevision && !FailureReasons.canPass(why) && !retried()) {
            if (!draft.latched(wanted)) {
                draft.latch(Reasons.ENDPOINT_FAILED, why);
            }
            draft.stalled(
                    Reasons.ENDPOINT_FAILED,
                    "endpoint " + live.name() + " did not start: " + why
                            + " Change spec.model or spec.serverless, or set the annotation pilotlight.dev/retry to try the same again.");
            return draft.decide(new Step.None());
        }
        draft.working(Reasons.RECREATING_ENDPOINT, "endpoint " + live.name() + " failed and is made again: " + why);
        Instant notBefore = draft.before.againAt(Reasons.RECREATING_ENDPOINT, live);
        if (ofThisRevision && draft.now.isBefore(notBefore)) {
            draft.lookAgain(notBefore);
            return draft.decide(new Step.None());
        }
        return draft.decide(delete(live));
    }

    private Step delete(EndpointSnapshot live) {
        return new AwsScaling(draft).leave().orElseGet(() -> new Step.Delete(Kind.ENDPOINT, live.name()));
    }

    /** The update to the wanted revision was under way when the endpoint failed; what was not tried has not failed. */
    private boolean wasAttempted(Optional<String> liveRevision) {
        boolean proven = draft.deployed().filter(wanted::equals).isPresent();
        boolean updating = draft.before.desiredWas(wanted)
                && (draft.before.progressIs(Reasons.UPDATING_ENDPOINT)
                        || draft.before.progressIs(Reasons.ROLLING_BACK));
        return !proven
                && !draft.latched(wanted)
                && (updating || liveRevision.filter(wanted::equals).isPresent());
    }

    /** It is the endpoint that was made in the place of a failed one, and not a late look at that one. */
    private boolean madeAgain(EndpointSnapshot live) {
        return draft.before.progressIs(Reasons.RECREATING_ENDPOINT)
                && !live.creationTime().isBefore(draft.before.since(Reasons.RECREATING_ENDPOINT));
    }

    private boolean isLatchedFor(String reason) {
        return draft.latched(wanted)
                && draft.failedAttempt()
                        .filter(attempt -> attempt.reason().equals(reason))
                        .isPresent();
    }

    /** Making it again once is help; making it again and again is not. */
    private Decision failedAgain(EndpointSnapshot live, Optional<String> liveRevision, String why) {
        draft.latch(Reasons.RECREATION_FAILED, why);
        liveRevision.ifPresent(revision -> draft.revise(
                revision, record -> record.withState(RevisionState.FAILED, Reasons.RECREATION_FAILED, why)));
        draft.stalled(
                Reasons.RECREATION_FAILED,
                "endpoint " + live.name() + " failed, was made again with revision "
                        + liveRevision.orElse("unknown") + ", and failed again: " + why
                        + " Change the spec, or set the annotation pilotlight.dev/retry.");
        return draft.decide(new Step.None());
    }

    /** The failure was latched before, and a retry annotation has lifted the latch since. */
    private boolean retried() {
        return draft.remembered.attempt() != null
                && wanted.equals(draft.remembered.attempt().revision())
                && draft.failedAttempt().isEmpty();
    }

    /** The endpoint stands, with another revision than the wanted one. */
    private Decision outdated(EndpointSnapshot live) {
        boolean attempted = draft.before.desiredWas(wanted) && draft.before.progressIs(Reasons.UPDATING_ENDPOINT);
        if (attempted && !draft.latched(wanted)) {
            if (!draft.before.sawChangeOf(live)) {
                draft.working(
                        Reasons.UPDATING_ENDPOINT,
                        "endpoint " + live.name() + " was told to update to revision " + wanted);
                draft.lookAgain(draft.now.plusSeconds(5));
                return draft.decide(new Step.None());
            }
            draft.latch(
                    Reasons.UPDATE_FAILED,
                    live.failureReason().orElse("AWS went back to the previous config without a reason"));
        }
        if (draft.latched(wanted)) {
            Optional<RevisionRecord> back =
                    provenRevision().filter(record -> !draft.revisionOf(live).equals(Optional.of(record.name())));
            if (back.isPresent()) {
                return new WayBack(draft, live)
                        .to(
                                back.get(),
                                "revision " + wanted + " failed, and what endpoint " + live.name()
                                        + " serves instead was not proven");
            }
            return stalledByLatch(
                    live,
                    new AwsScaling(draft)
                            .sync(live)
                            .or(() -> new Previews(draft).tearDown())
                            .or(() -> new Meanwhile(draft, live).scale())
                            .orElseGet(Step.None::new));
        }
        if (draft.before.atRest() && draft.deployed().filter(wanted::equals).isPresent()) {
            draft.announce(
                    true,
                    Reasons.DRIFT_DETECTED,
                    "endpointConfigName of endpoint " + live.name() + " was changed to " + live.configName()
                            + " outside of Kubernetes; revision " + wanted + " is rolled out again");
        }
        draft.working(Reasons.PREPARING_REVISION, "preparing revision " + wanted + " for endpoint " + live.name());
        if (unacknowledged()) {
            return acknowledge();
        }
        // A revision that gets on brings its capacity along.
        Optional<Step> meanwhile = new Meanwhile(draft, live).scaleIfHeldUp();
        Optional<Decision> before = content.first(needsPreview());
        if (before.isEmpty()) {
            before = new Readiness(draft).beforeEndpoint(needsPreview());
        }
        if (before.isEmpty() && needsPreview()) {
            before = new Previews(draft).first();
        }
        if (draft.latched(wanted)) {
            return stalledByLatch(live, before.map(Decision::step).orElseGet(Step.None::new));
        }
        if (before.isPresent()) {
            return before.get().otherwise(meanwhile);
        }
        AwsScaling scaling = new AwsScaling(draft);
        Optional<AwsFailure> unknown = scaling.unknown();
        if (unknown.isPresent()) {
            return scalingUnknown(unknown.get());
        }
        Optional<Step> aside = scaling.stepAside();
        if (aside.isPresent()) {
            return draft.decide(aside.get());
        }
        draft.working(
                Reasons.UPDATING_ENDPOINT, "endpoint " + live.name() + " was told to update to revision " + wanted);
        // As it is before the update, so that a stale read can be told from a finished one.
        draft.facts(live);
        return draft.decide(new Step.UpdateEndpoint(live.name(), content.configName()));
    }

    /** AWS might scale into the update, and could not be asked whether it does. */
    private Decision scalingUnknown(AwsFailure failure) {
        if (failure.kind() == FailureKind.DENIED) {
            draft.blocked(
                    Reasons.ACCESS_DENIED,
                    failure.describe() + ". Check the role of AWSIdentity " + desired.identity() + ".");
        } else {
            draft.delayed(Reasons.AWS_UNAVAILABLE, failure.describe());
        }
        draft.lookAgain(draft.now.plusSeconds(30));
        return draft.decide(new Step.None());
    }

    private Decision stalledByLatch(EndpointSnapshot live, Step cleanUp) {
        FailedAttempt attempt = draft.failedAttempt().orElseThrow();
        draft.facts(live);
        draft.stalled(
                attempt.reason(),
                "revision " + wanted + " failed: " + attempt.message() + " Revision "
                        + draft.deployed().orElse("none")
                        + " keeps serving. Change the spec, or set the annotation pilotlight.dev/retry.");
        return draft.decide(cleanUp);
    }

    // ---- it serves the wanted revision

    private Decision outOfService(EndpointSnapshot live) {
        draft.facts(live);
        draft.working(
                Reasons.WAITING_FOR_ENDPOINT,
                "endpoint " + live.name() + " has revision " + wanted + " but is OutOfService: AWS answers no requests"
                        + live.failureReason().map(why -> " (" + why + ")").orElse(""));
        return draft.decide(new Step.None());
    }

    private Decision converged(EndpointSnapshot live, Map<String, String> tags) {
        draft.facts(live);
        return new Convergence(draft, live).settle(tags);
    }

    // ---- memory

    /** The first pass over a new revision only says so, so that the user sees it before AWS is called. */
    private boolean unacknowledged() {
        return draft.remembered.accountID() == null
                || !draft.before.desiredWas(wanted)
                || draft.revision(wanted).isEmpty();
    }

    private Decision acknowledge() {
        List<RevisionRecord> records = new ArrayList<>();
        records.add(content.adopted().orElseGet(this::acknowledged));
        draft.revisions().stream()
                .filter(record -> !record.name().equals(wanted))
                .forEach(records::add);
        draft.revisions(records);
        return draft.decide(new Step.None());
    }

    private RevisionRecord acknowledged() {
        return draft.revision(wanted)
                .orElseGet(() ->
                        new RevisionRecord(wanted, desired.modelName(), desired.configName(), RevisionState.PENDING))
                .withEndpointConfig(desired.configName())
                .withState(provenBefore() ? RevisionState.SUPERSEDED : RevisionState.PENDING, null, null);
    }

    /** The first revision has nothing to protect, and one that served before has proven itself: going back is quick. */
    private boolean needsPreview() {
        return desired.previews() && draft.deployed().isPresent() && !provenBefore();
    }

    private boolean provenBefore() {
        return draft.revision(wanted)
                .filter(record ->
                        record.state() == RevisionState.DEPLOYED || record.state() == RevisionState.SUPERSEDED)
                .isPresent();
    }

    /** The revision that served last, where its config is known. */
    private Optional<RevisionRecord> provenRevision() {
        return draft.lastGood().filter(record -> record.state() != RevisionState.FAILED);
    }
}
