package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.AdoptionPolicy;
import dev.pilotlight.api.v1alpha1.DeletionPolicy;
import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.api.v1alpha1.PreflightMode;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RolloutSpec;
import dev.pilotlight.api.v1alpha1.RolloutStrategy;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointSpec;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.Tag;
import dev.pilotlight.api.v1alpha1.ValidationRequest;
import dev.pilotlight.domain.hosting.Digests;
import dev.pilotlight.domain.hosting.EndpointConfigRequest;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ModelRequest;
import dev.pilotlight.domain.hosting.Names;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.Revision;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a ServerlessEndpoint asks for, in AWS's terms.
 *
 * @param owner ownership of the endpoint itself; resources of a revision add revision and digest
 * @param concurrency what the endpoint is to have: its own, or what is demanded of it
 * @param own what its spec asks for, and what it returns to when nobody demands anything
 * @param demand what a WarmPolicy asks for or has left behind
 * @param deletionPolicy empty where the spec leaves it to the default, which differs for an adopted endpoint
 * @param userTags tags of the identity and of the spec, the spec's winning
 */
public record Desired(
        Ownership owner,
        long generation,
        Names names,
        String region,
        String identity,
        String endpointName,
        Revision revision,
        ModelSpec model,
        int memorySizeInMB,
        Concurrency concurrency,
        Concurrency own,
        Optional<Demand> demand,
        RolloutSpec rollout,
        Optional<DeletionPolicy> deletionPolicy,
        AdoptionPolicy adoptionPolicy,
        boolean suspended,
        PreflightMode preflight,
        Map<String, String> userTags) {

    /** Name of the only variant of the configs we make. */
    public static final String VARIANT = "AllTraffic";

    private static final Concurrency PREVIEW_CONCURRENCY = new Concurrency(1, 0);

    /** The day's and the night's concurrency take turns without a new endpoint config each time. */
    private static final int SPARE_CONFIGS = 1;

    public Desired {
        userTags = Map.copyOf(userTags);
    }

    /** Reads the object. */
    public static Desired of(ServerlessEndpoint object, String clusterID, List<Tag> defaultTags) {
        ServerlessEndpointSpec spec = object.getSpec();
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        Names names = Names.of(namespace, name);
        int memory = spec.serverless().memorySizeInMB();
        Integer provisioned = spec.serverless().provisionedConcurrency();
        Concurrency own = new Concurrency(spec.serverless().maxConcurrency(), provisioned == null ? 0 : provisioned);
        Map<String, String> tags = new LinkedHashMap<>();
        defaultTags.forEach(tag -> tags.put(tag.key(), tag.value()));
        spec.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return new Desired(
                new Ownership(
                        clusterID, namespace, name, object.getMetadata().getUid(), Ownership.Role.PRIMARY, "", ""),
                object.getMetadata().getGeneration(),
                names,
                spec.region(),
                spec.identityRef().name(),
                spec.endpointName() == null ? names.stem() : spec.endpointName(),
                Revision.of(spec.model(), memory),
                spec.model(),
                memory,
                own,
                own,
                Optional.empty(),
                spec.rollout() == null ? RolloutSpec.DEFAULT : spec.rollout(),
                Optional.ofNullable(spec.deletionPolicy()),
                spec.adoptionPolicyOrDefault(),
                Boolean.TRUE.equals(spec.suspend()),
                spec.preflightOrDefault(),
                tags);
    }

    /**
     * The same with the concurrency that is demanded now.
     *
     * @param live what the endpoint has; empty before it exists
     */
    public Desired under(Optional<Demand> demanded, Optional<Concurrency> live) {
        return with(demanded.map(demand -> demand.over(own, live)).orElse(own), demanded, suspended);
    }

    /** The same without {@code spec.suspend}. */
    public Desired resumed() {
        return with(concurrency, demand, false);
    }

    private Desired with(Concurrency concurrencyNow, Optional<Demand> demandNow, boolean suspendedNow) {
        return new Desired(
                owner,
                generation,
                names,
                region,
                identity,
                endpointName,
                revision,
                model,
                memorySizeInMB,
                concurrencyNow,
                own,
                demandNow,
                rollout,
                deletionPolicy,
                adoptionPolicy,
                suspendedNow,
                preflight,
                userTags);
    }

    /** Once the endpoint was seen: a range leaves the number to AWS, and what it chose is only known then. */
    public Desired beside(Sighting<EndpointSnapshot> endpoint, ServerlessEndpointStatus remembered) {
        Optional<Concurrency> live =
                endpoint.found().flatMap(EndpointSnapshot::capacity).map(ServerlessCapacity::concurrency);
        return under(demand, live.or(() -> InForce.remembered(remembered)));
    }

    /** Who asks for the concurrency, in words. */
    String asker() {
        return demand.map(asking -> Demand.KIND + " " + asking.policy()).orElse("spec.serverless");
    }

    /** Whether an endpoint that already exists and is nobody's may be taken over. */
    public boolean adopts() {
        return adoptionPolicy == AdoptionPolicy.ADOPT;
    }

    public String modelName() {
        return names.model(revision);
    }

    public String configName() {
        return names.endpointConfig(revision, concurrency);
    }

    public List<ValidationRequest> validationRequests() {
        return rollout.validationRequests();
    }

    /** Whether a new revision is proven on a temporary endpoint before the real one is updated. */
    public boolean previews() {
        return rollout.strategy() == null || rollout.strategy() == RolloutStrategy.PREVIEW;
    }

    public String previewName() {
        return names.preview(revision.name());
    }

    public String previewConfigName() {
        return previewConfigName(revision.name());
    }

    /** Endpoint config that the preview of any revision has. */
    String previewConfigName(String revisionName) {
        return names.endpointConfig(revisionName, PREVIEW_CONCURRENCY);
    }

    /** Endpoint configs of a remembered revision that nothing is likely to need again, and that go once the endpoint is at rest. */
    public List<String> surplusConfigs(RevisionRecord record) {
        int kept = record.name().equals(revision.name()) ? SPARE_CONFIGS : 0;
        return record.otherEndpointConfigNames().stream().skip(kept).toList();
    }

    /** Ownership of the preview endpoint of this revision. */
    public Ownership previewOwner() {
        return owner.withRole(Ownership.Role.PREVIEW);
    }

    public Ownership previewConfigOwner() {
        return previewOwner().withContent(revision.name(), revision.configDigest(PREVIEW_CONCURRENCY));
    }

    public EndpointConfigRequest previewConfigRequest() {
        return new EndpointConfigRequest(
                previewConfigName(),
                VARIANT,
                modelName(),
                new ServerlessCapacity(memorySizeInMB, PREVIEW_CONCURRENCY),
                withUserTags(previewConfigOwner()));
    }

    /**
     * Identifies the validation requests and where they are sent, so that changed ones are sent again, and what was proven on a
     * preview is proven again on the real endpoint; bodies do not show through.
     */
    public String validationDigest(String endpoint) {
        StringBuilder form = new StringBuilder(endpoint).append('\n');
        for (ValidationRequest request : validationRequests()) {
            for (String part : Arrays.asList(
                    request.name(), request.contentType(), request.accept(), request.body(), request.expect())) {
                form.append(part == null ? -1 : part.length())
                        .append(':')
                        .append(part)
                        .append('\n');
            }
        }
        return Digests.sha256(form.toString()).substring(0, 8);
    }

    /** Ownership of the model of this revision. */
    public Ownership modelOwner() {
        return owner.withContent(revision.name(), revision.digest());
    }

    /** Ownership of the config of this revision with this concurrency. */
    public Ownership configOwner() {
        return configOwner(concurrency);
    }

    /** Ownership of the config of this revision with that concurrency. */
    Ownership configOwner(Concurrency made) {
        return owner.withContent(revision.name(), revision.configDigest(made));
    }

    /**
     * @param image the image as the registry resolved it, or as written where it could not be read
     */
    public ModelRequest modelRequest(String image) {
        Map<String, String> environment = new LinkedHashMap<>();
        model.environment()
                .forEach(variable -> environment.put(
                        variable.name(), Optional.ofNullable(variable.value()).orElse("")));
        return new ModelRequest(
                modelName(),
                image,
                Optional.ofNullable(model.modelDataURL()),
                model.executionRoleARN(),
                environment,
                withUserTags(modelOwner()));
    }

    /**
     * @param variantName the live variant's name once there is one, so that scaling targets keep their resource id
     * @param modelName the model of this revision, which an adopted endpoint may have brought with it
     */
    public EndpointConfigRequest configRequest(String variantName, String modelName) {
        return configRequest(variantName, modelName, concurrency);
    }

    /** The config of this revision with that concurrency, for example the one that serves. */
    EndpointConfigRequest configRequest(String variantName, String modelName, Concurrency made) {
        return new EndpointConfigRequest(
                names.endpointConfig(revision, made),
                variantName,
                modelName,
                new ServerlessCapacity(memorySizeInMB, made),
                withUserTags(configOwner(made)));
    }

    /**
     * The revision that a config of the live endpoint belongs to: as the history has it for one that was adopted, else by its name.
     *
     * @param history the revisions known of the object
     */
    public Optional<String> revisionOfConfig(String configName, List<RevisionRecord> history) {
        return history.stream()
                .filter(record -> record.cameWithTheEndpoint() && configName.equals(record.endpointConfigName()))
                .map(RevisionRecord::name)
                .findFirst()
                .or(() -> names.revisionOfConfig(configName));
    }

    /**
     * Whether an endpoint has the wanted revision with the wanted concurrency, whatever its config is called.
     *
     * @param history the revisions known of the object
     */
    public boolean isMetBy(EndpointSnapshot live, List<RevisionRecord> history) {
        return revisionOfConfig(live.configName(), history)
                        .filter(revision.name()::equals)
                        .isPresent()
                && live.capacity()
                        .filter(capacity -> capacity.concurrency().equals(concurrency))
                        .isPresent();
    }

    /** User tags, ownership and what else is ours to say. */
    public Map<String, String> withUserTags(Ownership ownership, Map<String, String> more) {
        Map<String, String> tags = withUserTags(ownership);
        tags.putAll(more);
        return tags;
    }

    /** User tags and ownership together. */
    public Map<String, String> withUserTags(Ownership ownership) {
        Map<String, String> tags = new LinkedHashMap<>(userTags);
        tags.putAll(ownership.toTags());
        return tags;
    }
}
