package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.Sighting;
import java.util.Optional;

/** Model and endpoint config of the wanted revision: what has to exist before the endpoint can use it, and what it is called. */
final class Content {
    private final Draft draft;
    private final Desired desired;

    Content(Draft draft) {
        this.draft = draft;
        this.desired = draft.desired;
    }

    /** The wanted revision, where it came with the endpoint that was adopted. */
    Optional<RevisionRecord> adopted() {
        return draft.revision(desired.revision().name()).filter(RevisionRecord::cameWithTheEndpoint);
    }

    /** An adopted revision keeps the model it came with, as long as there is one. */
    String modelName() {
        return adoptedModel().orElseGet(desired::modelName);
    }

    private Optional<String> adoptedModel() {
        return adopted()
                .map(RevisionRecord::modelName)
                .filter(name -> !(draft.observed.model(name) instanceof Sighting.Absent));
    }

    /** An adopted revision is served from the config it came with again, where that has the wanted concurrency. */
    String configName() {
        return adopted()
                .map(RevisionRecord::endpointConfigName)
                .filter(name -> isAsWanted(draft.observed.config(name)))
                .orElseGet(desired::configName);
    }

    /** Content that we would make just so. Without our tags it is not ours, but of an adopted revision it may be used. */
    private boolean isAsWanted(Sighting<EndpointConfigSnapshot> seen) {
        EndpointConfigSnapshot.Variant wanted = new EndpointConfigSnapshot.Variant(
                draft.variantName(),
                modelName(),
                Optional.of(new ServerlessCapacity(desired.memorySizeInMB(), desired.concurrency())));
        return adopted().isPresent()
                && seen.found()
                        .filter(config -> config.variants().size() == 1
                                && config.variants().getFirst().equals(wanted))
                        .isPresent();
    }

    /** Why the config of the wanted name cannot be used; empty when it can. */
    Optional<Claims.Dispute> disputeOfConfig(Sighting.Present<EndpointConfigSnapshot> present) {
        return present.owner().isEmpty() && isAsWanted(present)
                ? Optional.empty()
                : draft.claims.dispute("endpoint config", configName(), present.owner(), desired.configOwner());
    }

    Step createConfig() {
        return new Step.CreateEndpointConfig(
                desired.configRequest(draft.variantName(), modelName()), desired.configOwner());
    }

    /** Makes a model again that somebody deleted: what serves goes on without it, but no endpoint config can be made of it. */
    Optional<Step> missingModel() {
        if (!(draft.observed.model(modelName()) instanceof Sighting.Absent)) {
            return Optional.empty();
        }
        draft.announceGone("model " + modelName());
        String image = draft.resolvedImage().orElse(desired.model().image());
        return Optional.of(new Step.CreateModel(desired.modelRequest(image), desired.modelOwner()));
    }

    /**
     * What has to be made before the endpoint can use it; empty when all of it exists.
     *
     * @param preview whether a preview of it comes first, which needs room of its own
     */
    Optional<Decision> first(boolean preview) {
        Optional<Decision> model = modelFirst(preview);
        return model.isPresent() ? model : configFirst();
    }

    private Optional<Decision> modelFirst(boolean preview) {
        if (adoptedModel().isPresent()) {
            return Optional.empty();
        }
        Sighting<ModelSnapshot> sighting = draft.observed.model(desired.modelName());
        if (sighting instanceof Sighting.Present<ModelSnapshot> present) {
            return existing(
                    draft.claims.dispute("model", desired.modelName(), present.owner(), desired.modelOwner()),
                    present.owner(),
                    new Step.AddTags(
                            Kind.MODEL,
                            desired.modelName(),
                            present.resource().arn(),
                            desired.modelOwner().toTags()),
                    desired.modelOwner());
        }
        Readiness readiness = new Readiness(draft);
        Optional<Decision> notYet = readiness.beforeModel(preview);
        return notYet.isPresent() ? notYet : Optional.of(createModel(readiness.image()));
    }

    private Decision createModel(String image) {
        return draft.decide(new Step.CreateModel(desired.modelRequest(image), desired.modelOwner()));
    }

    private Optional<Decision> configFirst() {
        String name = configName();
        if (draft.observed.config(name) instanceof Sighting.Present<EndpointConfigSnapshot> present) {
            return existing(
                    disputeOfConfig(present),
                    present.owner(),
                    new Step.AddTags(
                            Kind.ENDPOINT_CONFIG,
                            name,
                            present.resource().arn(),
                            desired.configOwner().toTags()),
                    desired.configOwner());
        }
        return Optional.of(draft.decide(createConfig()));
    }

    /** What exists can be used as it is, after it was tagged as this life's, or not at all. */
    private Optional<Decision> existing(
            Optional<Claims.Dispute> dispute, Optional<Ownership> found, Step tagging, Ownership wanted) {
        if (dispute.isPresent()) {
            draft.stalled(dispute.get().reason(), dispute.get().message());
            return Optional.of(draft.decide(new Step.None()));
        }
        return found.filter(owner -> !owner.sameLife(wanted)).map(owner -> draft.decide(tagging));
    }
}
