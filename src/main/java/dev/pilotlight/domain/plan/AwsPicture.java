package dev.pilotlight.domain.plan;

import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.Observed;
import dev.pilotlight.domain.endpoint.Step;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * SageMaker in one account and Region as a plan imagines it: every step succeeds, and what AWS takes minutes for is done when
 * {@link #comeToRest} says so. Filled with what is live, or empty. Used by one thread.
 */
public final class AwsPicture {
    private final Location location;
    private final Shelf<EndpointSnapshot> endpoints = new Shelf<>();
    private final Shelf<EndpointConfigSnapshot> configs = new Shelf<>();
    private final Shelf<ModelSnapshot> models = new Shelf<>();
    private final Map<String, Target> targets = new HashMap<>();

    /** Where an endpoint that is on the move will be. */
    private record Target(String configName, Optional<ServerlessCapacity.Concurrency> concurrency) {}

    /** An account in which there is nothing. */
    public AwsPicture(Location location) {
        this.location = location;
    }

    // ---- what is there from the start

    public void add(Sighting<EndpointSnapshot> endpoint) {
        if (endpoint instanceof Sighting.Present<EndpointSnapshot>(EndpointSnapshot seen, Map<String, String> tags)) {
            endpoints.put(seen.name(), seen, tags);
        }
    }

    public void addConfig(Sighting<EndpointConfigSnapshot> config) {
        if (config
                instanceof
                Sighting.Present<EndpointConfigSnapshot>(EndpointConfigSnapshot seen, Map<String, String> tags)) {
            configs.put(seen.name(), seen, tags);
        }
    }

    public void addModel(Sighting<ModelSnapshot> model) {
        if (model instanceof Sighting.Present<ModelSnapshot>(ModelSnapshot seen, Map<String, String> tags)) {
            models.put(seen.name(), seen, tags);
        }
    }

    /** An endpoint that AWS was already updating when it was looked at is expected to end up with this config. */
    public void expect(String endpointName, String configName) {
        targets.put(key(endpointName), new Target(configName, Optional.empty()));
    }

    // ---- what a pass sees

    /** The endpoint, and nothing that belongs to it. */
    Sighting<EndpointSnapshot> endpoint(String name) {
        return endpoints.sighting(name);
    }

    /** Everything a pass over this object would look at. */
    SeenInAws look(Desired desired, List<RevisionRecord> revisions) {
        Sighting<EndpointSnapshot> endpoint = endpoints.sighting(desired.endpointName());
        Set<String> previewNames = new TreeSet<>();
        Set<String> modelNames = new TreeSet<>(List.of(desired.modelName()));
        Set<String> configNames = new TreeSet<>(List.of(desired.configName(), desired.previewConfigName()));
        for (RevisionRecord record : revisions) {
            previewNames.add(desired.names().preview(record.name()));
            Optional.ofNullable(record.modelName()).ifPresent(modelNames::add);
            configNames.addAll(configsOf(record));
        }
        // An endpoint that somebody else made serves with a config and a model of other names.
        endpoint.found().map(EndpointSnapshot::configName).ifPresent(serving -> {
            configNames.add(serving);
            configs.find(serving).ifPresent(config -> modelNames.addAll(modelsOf(config.resource())));
        });
        List<OwnedResource> ofEarlierLife =
                owned(owner -> owner.sameObject(desired.owner()) && !owner.sameLife(desired.owner())).stream()
                        .filter(resource -> !resource.name().equalsIgnoreCase(desired.endpointName()))
                        .toList();
        return new SeenInAws(
                endpoint,
                endpoints.sightings(previewNames),
                models.sightings(modelNames),
                configs.sightings(configNames),
                ofEarlierLife);
    }

    /** Names of all configs that a remembered revision has. */
    public static List<String> configsOf(RevisionRecord record) {
        return Stream.concat(
                        record.otherEndpointConfigNames().stream(),
                        Stream.of(record.endpointConfigName(), record.previewEndpointConfigName()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Names of the models that a config has its containers from. */
    public static List<String> modelsOf(EndpointConfigSnapshot config) {
        return config.variants().stream()
                .map(EndpointConfigSnapshot.Variant::modelName)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Parts of {@link Observed} that come from AWS. */
    record SeenInAws(
            Sighting<EndpointSnapshot> endpoint,
            Map<String, Sighting<EndpointSnapshot>> previews,
            Map<String, Sighting<ModelSnapshot>> models,
            Map<String, Sighting<EndpointConfigSnapshot>> configs,
            List<OwnedResource> leftBehind) {}

    /** What carries the tags of this life of the object. */
    List<OwnedResource> ownedBy(Ownership owner) {
        return owned(owner::sameLife);
    }

    private List<OwnedResource> owned(Function<Ownership, Boolean> whose) {
        List<OwnedResource> found = new ArrayList<>();
        endpoints.forEach((key, seen) -> seen.owner()
                .filter(whose::apply)
                .ifPresent(owner -> found.add(new OwnedResource(
                        Kind.ENDPOINT, seen.resource().name(), seen.resource().arn(), owner))));
        configs.forEach((key, seen) -> seen.owner()
                .filter(whose::apply)
                .ifPresent(owner -> found.add(new OwnedResource(
                        Kind.ENDPOINT_CONFIG,
                        seen.resource().name(),
                        seen.resource().arn(),
                        owner))));
        models.forEach((key, seen) -> seen.owner()
                .filter(whose::apply)
                .ifPresent(owner -> found.add(new OwnedResource(
                        Kind.MODEL, seen.resource().name(), seen.resource().arn(), owner))));
        return found;
    }

    // ---- what a step does

    void apply(Step step, Instant now) {
        switch (step) {
            case Step.CreateModel create -> createModel(create, now);
            case Step.CreateEndpointConfig create -> createConfig(create, now);
            case Step.CreateEndpoint create -> createEndpoint(create, now);
            case Step.UpdateEndpoint update -> {
                expect(update.name(), update.configName());
                move(update.name(), EndpointStatus.UPDATING, now);
            }
            case Step.UpdateConcurrency update -> {
                String config = endpoints
                        .find(update.name())
                        .map(seen -> seen.resource().configName())
                        .orElse("");
                targets.put(key(update.name()), new Target(config, Optional.of(update.concurrency())));
                move(update.name(), EndpointStatus.UPDATING, now);
            }
            case Step.Scale scale -> {}
            case Step.Delete delete -> {
                switch (delete.kind()) {
                    case ENDPOINT -> move(delete.name(), EndpointStatus.DELETING, now);
                    case ENDPOINT_CONFIG -> configs.remove(delete.name());
                    case MODEL -> models.remove(delete.name());
                }
            }
            case Step.AddTags add -> shelf(add.kind()).addTags(add.name(), add.tags());
            case Step.DeleteTags remove -> shelf(remove.kind()).removeTags(remove.name(), remove.keys());
            case Step.None none -> {}
            case Step.Validate validate -> {}
            case Step.Inspect inspect -> {}
            case Step.LetGo letGo -> {}
        }
    }

    private Shelf<?> shelf(Kind kind) {
        return switch (kind) {
            case ENDPOINT -> endpoints;
            case ENDPOINT_CONFIG -> configs;
            case MODEL -> models;
        };
    }

    private void createModel(Step.CreateModel create, Instant now) {
        var request = create.request();
        models.put(
                request.name(),
                new ModelSnapshot(
                        request.name(),
                        arn("model", request.name()),
                        now,
                        request.image(),
                        request.modelDataURL(),
                        request.executionRoleARN(),
                        request.environment()),
                request.tags());
    }

    private void createConfig(Step.CreateEndpointConfig create, Instant now) {
        var request = create.request();
        configs.put(
                request.name(),
                new EndpointConfigSnapshot(
                        request.name(),
                        arn("endpoint-config", request.name()),
                        now,
                        List.of(new EndpointConfigSnapshot.Variant(
                                request.variantName(), request.modelName(), Optional.of(request.capacity())))),
                request.tags());
    }

    private void createEndpoint(Step.CreateEndpoint create, Instant now) {
        endpoints.put(
                create.name(),
                new EndpointSnapshot(
                        create.name(),
                        arn("endpoint", create.name()),
                        EndpointStatus.CREATING,
                        now,
                        now,
                        create.configName(),
                        Optional.empty(),
                        List.of()),
                create.tags());
    }

    private void move(String name, EndpointStatus to, Instant now) {
        endpoints.change(name, was -> with(was, to, was.configName(), was.variants(), now));
    }

    private static EndpointSnapshot with(
            EndpointSnapshot was,
            EndpointStatus status,
            String config,
            List<EndpointSnapshot.Variant> variants,
            Instant now) {
        return new EndpointSnapshot(
                was.name(), was.arn(), status, was.creationTime(), now, config, Optional.empty(), variants);
    }

    private String arn(String kind, String name) {
        return "arn:aws:sagemaker:" + location.region() + ":" + location.accountID() + ":" + kind + "/" + key(name);
    }

    // ---- time

    /** AWS finishes what it is doing, with success. Returns whether it was doing anything. */
    boolean comeToRest(Instant now) {
        List<EndpointSnapshot> moving = new ArrayList<>();
        endpoints.forEach((key, seen) -> {
            if (seen.resource().status().isMoving()) {
                moving.add(seen.resource());
            }
        });
        for (EndpointSnapshot endpoint : moving) {
            if (endpoint.status() == EndpointStatus.DELETING) {
                endpoints.remove(endpoint.name());
            } else {
                endpoints.change(endpoint.name(), was -> arrived(was, now));
            }
        }
        return !moving.isEmpty();
    }

    private EndpointSnapshot arrived(EndpointSnapshot was, Instant now) {
        Target target = Optional.ofNullable(targets.remove(key(was.name())))
                .orElseGet(() -> new Target(was.configName(), Optional.empty()));
        Optional<EndpointConfigSnapshot.Variant> made = configs.find(target.configName()).stream()
                .flatMap(config -> config.resource().variants().stream())
                .findFirst();
        List<EndpointSnapshot.Variant> variants =
                made.map(variant -> List.of(variant(variant, was, target))).orElseGet(was::variants);
        return with(was, EndpointStatus.IN_SERVICE, target.configName(), variants, now);
    }

    private EndpointSnapshot.Variant variant(EndpointConfigSnapshot.Variant made, EndpointSnapshot was, Target target) {
        boolean sameConfig = target.configName().equals(was.configName());
        Optional<ServerlessCapacity> before = sameConfig ? was.capacity() : Optional.empty();
        Optional<ServerlessCapacity> capacity = before.or(made::serverless)
                .map(known -> target.concurrency()
                        .map(pair -> new ServerlessCapacity(known.memorySizeInMB(), pair))
                        .orElse(known));
        return new EndpointSnapshot.Variant(
                made.name(),
                capacity,
                models.find(made.modelName()).map(model -> model.resource().image()));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
