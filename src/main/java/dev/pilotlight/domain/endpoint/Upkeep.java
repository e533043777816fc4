package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is kept in order while the wanted revision serves with its capacity: tags, previews that have done their work, and the history. One
 * call a pass, and none of it touches what serves.
 */
final class Upkeep {
    private final Draft draft;
    private final Desired desired;
    private final EndpointSnapshot live;
    private final String wanted;

    Upkeep(Draft draft, EndpointSnapshot live) {
        this.draft = draft;
        this.desired = draft.desired;
        this.live = live;
        this.wanted = desired.revision().name();
    }

    Step next(Map<String, String> tags) {
        Optional<Step> repair = repairStep();
        if (repair.isPresent()) {
            return repair.get();
        }
        Optional<Step> tagging = tagStep(tags);
        if (tagging.isPresent()) {
            return tagging.get();
        }
        draft.appliedTagKeys(new ArrayList<>(new TreeSet<>(desired.userTags().keySet())));
        return new Previews(draft)
                .tearDown()
                .or(this::configStep)
                .or(this::trimStep)
                .orElseGet(Step.None::new);
    }

    // ---- content

    /** What serves goes on serving without its model and endpoint config, but could neither be updated nor come back from a failure. */
    private Optional<Step> repairStep() {
        Optional<Concurrency> made = desired.names().concurrencyOfConfig(live.configName());
        boolean ours = draft.revision(wanted)
                .filter(record -> desired.modelName().equals(record.modelName()))
                .isPresent();
        if (!ours || made.isEmpty()) {
            return Optional.empty();
        }
        Optional<Step> model = new Content(draft).missingModel();
        if (model.isPresent()) {
            return model;
        }
        if (draft.observed.config(live.configName()) instanceof Sighting.Absent) {
            draft.announceGone("endpoint config " + live.configName());
            return Optional.of(new Step.CreateEndpointConfig(
                    desired.configRequest(draft.variantName(), desired.modelName(), made.get()),
                    desired.configOwner(made.get())));
        }
        return Optional.empty();
    }

    // ---- tags

    private Optional<Step> tagStep(Map<String, String> endpointTags) {
        Optional<Step> step = tagStep(Kind.ENDPOINT, live.name(), live.arn(), endpointTags, desired.owner());
        if (step.isPresent()) {
            return step;
        }
        if (draft.observed.config(live.configName()) instanceof Sighting.Present<EndpointConfigSnapshot> config) {
            step = ownerOf(config.resource())
                    .filter(owner -> isOurs(config, owner))
                    .flatMap(owner -> tagStep(
                            Kind.ENDPOINT_CONFIG,
                            config.resource().name(),
                            config.resource().arn(),
                            config.tags(),
                            owner));
        }
        if (step.isEmpty()
                && draft.observed.model(desired.modelName()) instanceof Sighting.Present<ModelSnapshot> model
                && isOurs(model, desired.modelOwner())) {
            step = tagStep(Kind.MODEL, desired.modelName(), model.resource().arn(), model.tags(), desired.modelOwner());
        }
        return step;
    }

    /** Ownership of the config that serves: of the wanted revision, with the concurrency it was made with. */
    private Optional<Ownership> ownerOf(EndpointConfigSnapshot config) {
        return config.variants().stream()
                .findFirst()
                .flatMap(EndpointConfigSnapshot.Variant::serverless)
                .map(capacity ->
                        desired.owner().withContent(wanted, desired.revision().configDigest(capacity.concurrency())));
    }

    /**
     * Made by this object from this very content, or stripped of its tags while our endpoint serves from it. Anything else of the name is
     * not ours to tag, and what came with an adopted endpoint never had any.
     */
    private boolean isOurs(Sighting.Present<?> serving, Ownership owner) {
        return serving.owner().isEmpty()
                ? new Content(draft).adopted().isEmpty()
                : draft.claims.dispute("", "", serving.owner(), owner).isEmpty();
    }

    /** Of tags that differ, those that were certainly there are told: a changed default tag of the identity is no drift. */
    private void announceStripped(Kind kind, String name, Map<String, String> has, Ownership owner) {
        Set<String> stripped = new TreeSet<>(owner.toTags().keySet());
        if (kind == Kind.ENDPOINT) {
            stripped.addAll(draft.remembered.appliedTagKeys());
            stripped.retainAll(desired.withUserTags(owner).keySet());
        }
        stripped.removeAll(has.keySet());
        if (draft.before.atRest() && !stripped.isEmpty()) {
            draft.announce(
                    true,
                    Reasons.DRIFT_DETECTED,
                    "tags " + String.join(", ", stripped) + " of " + name
                            + " were removed outside of Kubernetes and are set again");
        }
    }

    private Optional<Step> tagStep(Kind kind, String name, String arn, Map<String, String> has, Ownership owner) {
        Map<String, String> missing = new HashMap<>(desired.withUserTags(owner));
        missing.entrySet().removeIf(tag -> tag.getValue().equals(has.get(tag.getKey())));
        if (!missing.isEmpty()) {
            announceStripped(kind, name, has, owner);
            return Optional.of(new Step.AddTags(kind, name, arn, missing));
        }
        Set<String> surplus = new TreeSet<>(draft.appliedTagKeys());
        surplus.removeAll(desired.userTags().keySet());
        surplus.retainAll(has.keySet());
        return surplus.isEmpty() ? Optional.empty() : Optional.of(new Step.DeleteTags(kind, name, arn, surplus));
    }

    // ---- endpoint configs of other concurrency

    /** The next endpoint config that no concurrency is likely to need again. */
    private Optional<Step> configStep() {
        for (RevisionRecord record : draft.revisions()) {
            for (String config : desired.surplusConfigs(record)) {
                Sighting<EndpointConfigSnapshot> seen = draft.observed.config(config);
                if (seen instanceof Sighting.Unseen) {
                    continue;
                }
                if (!inUse(config) && draft.claims.isOurs(seen, desired.owner())) {
                    return Optional.of(new Step.Delete(Kind.ENDPOINT_CONFIG, config));
                }
                draft.revise(record.name(), noted -> noted.withoutOtherEndpointConfig(config));
            }
        }
        return Optional.empty();
    }

    private boolean inUse(String config) {
        return config.equals(live.configName())
                || config.equals(desired.configName())
                || draft.revisions().stream()
                        .anyMatch(record -> config.equals(record.endpointConfigName())
                                || config.equals(record.previewEndpointConfigName()));
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
        // What is still noted there goes first: nobody would find it once the record is gone.
        if (!oldest.otherEndpointConfigNames().isEmpty() || oldest.previewEndpointConfigName() != null) {
            return Optional.empty();
        }
        String config = oldest.endpointConfigName();
        Sighting<?> configSeen = config == null ? new Sighting.Absent<>() : draft.observed.config(config);
        Sighting<?> modelSeen =
                oldest.modelName() == null ? new Sighting.Absent<>() : draft.observed.model(oldest.modelName());
        if (configSeen instanceof Sighting.Unseen || modelSeen instanceof Sighting.Unseen) {
            return Optional.empty();
        }
        if (draft.claims.isOurs(configSeen, desired.owner()) && !config.equals(live.configName())) {
            return Optional.of(new Step.Delete(Kind.ENDPOINT_CONFIG, config));
        }
        if (draft.claims.isOurs(modelSeen, desired.owner())) {
            return Optional.of(new Step.Delete(Kind.MODEL, oldest.modelName()));
        }
        draft.revisions(records.subList(0, records.size() - 1));
        return Optional.empty();
    }
}
