package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Preview endpoints. Serverless endpoints have no canary of their own, so a new revision first comes up on a temporary endpoint
 * (maxConcurrency 1, which costs nothing while idle), and the real one is only updated once it has answered there. A preview is taken
 * down when it has served its purpose, whatever that came to.
 */
final class Previews {
    /** Of one object: the one that proves a revision, and one that is being taken down. */
    private static final int MOST_AT_A_TIME = 2;

    /** A slot that becomes free wakes those who wait; this is for the case that nobody noticed. */
    private static final Duration QUEUE_LOOK = Duration.ofSeconds(60);

    private final Draft draft;
    private final Desired desired;
    private final String wanted;

    Previews(Draft draft) {
        this.draft = draft;
        this.desired = draft.desired;
        this.wanted = desired.revision().name();
    }

    /** What is left to do before the real endpoint may be updated; empty when the revision was proven on its preview. */
    Optional<Decision> first() {
        Optional<Step> tearDown = tearDown(record -> !record.name().equals(wanted));
        if (tearDown.isPresent()) {
            return Optional.of(draft.decide(tearDown.get()));
        }
        if (draft.revision(wanted)
                .map(RevisionRecord::previewEndpointConfigName)
                .isEmpty()) {
            return Optional.of(isCrowded() ? waitForEarlierOnes() : queue());
        }
        String name = desired.previewName();
        draft.working(Reasons.PREVIEWING, proving());
        return switch (preview(name)) {
            case Sighting.Present<EndpointSnapshot> present -> existing(present);
            case Sighting.Absent<EndpointSnapshot> absent -> Optional.of(draft.decide(create(name)));
            case Sighting.Unseen<EndpointSnapshot> unseen -> Optional.of(draft.decide(new Step.None()));
        };
    }

    /** A preview that AWS still creates cannot be deleted: without a limit, quick edits would leave a row of them. */
    private boolean isCrowded() {
        return draft.revisions().stream()
                        .filter(record -> record.previewEndpointConfigName() != null)
                        .count()
                >= MOST_AT_A_TIME;
    }

    private Decision waitForEarlierOnes() {
        draft.queued(
                Reasons.WAITING_FOR_PREVIEW_SLOT,
                "previews of " + MOST_AT_A_TIME
                        + " earlier revisions have to be gone first; AWS deletes none that it is creating");
        draft.lookAgain(draft.now.plus(QUEUE_LOOK));
        return draft.decide(new Step.None());
    }

    private Decision queue() {
        return switch (draft.observed.previewSlot()) {
            case PreviewSlot.Free free -> begin();
            case PreviewSlot.Taken taken -> {
                draft.queued(Reasons.WAITING_FOR_PREVIEW_SLOT, taken.why());
                draft.lookAgain(draft.now.plus(QUEUE_LOOK));
                yield draft.decide(new Step.None());
            }
            case PreviewSlot.NotAsked notAsked -> {
                draft.lookAgain(draft.now.plusSeconds(1));
                yield draft.decide(new Step.None());
            }
        };
    }

    /** The preview is in the status before anything of it is in AWS, so that it is never left behind. */
    private Decision begin() {
        draft.working(Reasons.PREVIEWING, proving());
        draft.revise(wanted, record -> record.withPreview(desired.previewConfigName()));
        return draft.decide(new Step.None());
    }

    private String proving() {
        return "proving revision " + wanted + " on preview endpoint " + desired.previewName();
    }

    private Optional<Decision> existing(Sighting.Present<EndpointSnapshot> present) {
        EndpointSnapshot preview = present.resource();
        if (!draft.claims.isOurs(present, desired.owner())) {
            draft.stalled(
                    Reasons.NAME_TAKEN,
                    "preview endpoint " + preview.name()
                            + " exists already and is not ours: delete it, or set spec.rollout.strategy to InPlace");
            return Optional.of(draft.decide(new Step.None()));
        }
        if (present.owner().filter(owner -> owner.sameLife(desired.owner())).isEmpty()) {
            return Optional.of(draft.decide(new Step.AddTags(
                    Kind.ENDPOINT,
                    preview.name(),
                    preview.arn(),
                    desired.previewOwner().toTags())));
        }
        return switch (preview.status()) {
            case IN_SERVICE, OUT_OF_SERVICE -> prove(preview);
            case FAILED, UPDATE_ROLLBACK_FAILED -> {
                String why = preview.failureReason().orElse("AWS gives no reason");
                Instant notBefore = draft.before.againAt(Reasons.PREVIEWING, preview);
                if (!FailureReasons.canPass(why)) {
                    draft.latch(Reasons.ENDPOINT_FAILED, "it did not start on its preview endpoint: " + why);
                } else if (draft.now.isBefore(notBefore)) {
                    draft.lookAgain(notBefore);
                    yield Optional.of(draft.decide(new Step.None()));
                }
                yield Optional.of(draft.decide(new Step.Delete(Kind.ENDPOINT, preview.name())));
            }
            case CREATING, UPDATING, SYSTEM_UPDATING, ROLLING_BACK, DELETING, UNKNOWN ->
                Optional.of(draft.decide(new Step.None()));
        };
    }

    private Optional<Decision> prove(EndpointSnapshot preview) {
        return switch (new Proof(draft, preview.name()).standing()) {
            case Proof.Standing.Proven proven -> Optional.empty();
            case Proof.Standing.Running running -> Optional.of(draft.decide(running.step()));
            case Proof.Standing.Refuted refuted -> {
                draft.latch(Reasons.VALIDATION_FAILED, refuted.what() + ".");
                yield Optional.of(draft.decide(new Step.Delete(Kind.ENDPOINT, preview.name())));
            }
        };
    }

    private Step create(String name) {
        String config = desired.previewConfigName();
        if (!(draft.observed.config(config) instanceof Sighting.Present<?> present)) {
            return new Step.CreateEndpointConfig(desired.previewConfigRequest(), desired.previewConfigOwner());
        }
        Optional<Claims.Dispute> dispute =
                draft.claims.dispute("endpoint config", config, present.owner(), desired.previewConfigOwner());
        if (dispute.isPresent()) {
            draft.stalled(dispute.get().reason(), dispute.get().message());
            return new Step.None();
        }
        return new Step.CreateEndpoint(
                name, config, desired.withUserTags(desired.previewOwner()), desired.previewOwner());
    }

    private Sighting<EndpointSnapshot> preview(String name) {
        return draft.observed.previews().getOrDefault(name, new Sighting.Unseen<>());
    }

    /** Which previews to take down. */
    @FunctionalInterface
    interface Choice {
        boolean includes(RevisionRecord record);
    }

    /** All of them: nothing is being proven. */
    Optional<Step> tearDown() {
        return tearDown(record -> true);
    }

    /**
     * The next call on the way to taking previews down: the endpoint, then its config. One that AWS still creates cannot be deleted and
     * is waited out, without holding up anything else.
     */
    private Optional<Step> tearDown(Choice choice) {
        for (RevisionRecord record : draft.revisions()) {
            String config = record.previewEndpointConfigName();
            if (config == null || !choice.includes(record)) {
                continue;
            }
            String name = desired.names().preview(record.name());
            switch (preview(name)) {
                case Sighting.Present<EndpointSnapshot> present -> {
                    boolean ours = present.owner()
                            .filter(owner -> owner.sameLife(desired.owner()))
                            .isPresent();
                    if (ours && !present.resource().status().isMoving()) {
                        return Optional.of(new Step.Delete(Kind.ENDPOINT, name));
                    }
                    draft.lookAgain(draft.now.plusSeconds(30));
                }
                case Sighting.Absent<EndpointSnapshot> absent -> {
                    Sighting<EndpointConfigSnapshot> seen = draft.observed.config(config);
                    if (!servesElsewhere(config) && draft.claims.isOurs(seen, desired.owner())) {
                        return Optional.of(new Step.Delete(Kind.ENDPOINT_CONFIG, config));
                    }
                    if (!(seen instanceof Sighting.Unseen)) {
                        forget(record);
                    }
                }
                case Sighting.Unseen<EndpointSnapshot> unseen -> draft.lookAgain(draft.now.plusSeconds(30));
            }
        }
        return Optional.empty();
    }

    /** With maxConcurrency 1 the real endpoint has the very config its preview had. */
    private boolean servesElsewhere(String config) {
        boolean live = draft.observed
                .endpoint()
                .found()
                .filter(endpoint -> config.equals(endpoint.configName()))
                .isPresent();
        boolean recorded = draft.revisions().stream().anyMatch(record -> config.equals(record.endpointConfigName()));
        return live || recorded || config.equals(desired.configName());
    }

    private void forget(RevisionRecord done) {
        draft.revise(done.name(), RevisionRecord::withoutPreview);
    }
}
