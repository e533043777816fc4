package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Annotations;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.domain.condition.StatusConditions;
import dev.pilotlight.domain.endpoint.Demand;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.Observed;
import dev.pilotlight.domain.endpoint.Observed.ImageTag;
import dev.pilotlight.domain.endpoint.PreviewQueue;
import dev.pilotlight.domain.endpoint.PreviewSlot;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.preflight.Inspection;
import dev.pilotlight.domain.scaling.ScalingSight;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.endpoint.EndpointMemories.Memory;
import dev.pilotlight.operator.endpoint.Gathered.Access;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads everything a pass decides on: the object, its identity, and AWS through the inventory. */
final class EndpointGatherer {
    private final DesiredReader wishes;
    private final Function<String, Optional<AWSIdentity>> identities;
    private final StandingReader standings;
    private final Inventory inventory;
    private final Expectations expectations;
    private final ValidationRunner validations;
    private final Inspector inspector;
    private final UsageReader usage;
    private final PreviewSlots previewSlots;
    private final ImageTags imageTags;
    private final ScalingReader scalingReader;

    EndpointGatherer(
            DesiredReader wishes,
            Function<String, Optional<AWSIdentity>> identities,
            StandingReader standings,
            Inventory inventory,
            Expectations expectations,
            ValidationRunner validations,
            Inspector inspector,
            UsageReader usage,
            PreviewSlots previewSlots,
            ImageTags imageTags,
            ScalingReader scalingReader) {
        this.wishes = wishes;
        this.identities = identities;
        this.standings = standings;
        this.inventory = inventory;
        this.expectations = expectations;
        this.validations = validations;
        this.inspector = inspector;
        this.usage = usage;
        this.previewSlots = previewSlots;
        this.imageTags = imageTags;
        this.scalingReader = scalingReader;
    }

    /** How the endpoint's namespace may look at AWS now; empty while its identity does not let it. */
    Optional<Access> access(ServerlessEndpoint object, ServerlessEndpointStatus remembered) {
        Optional<AWSIdentity> identity =
                identities.apply(object.getSpec().identityRef().name());
        Desired desired = wishes.read(object, remembered, identity);
        return identity.flatMap(i -> Access.of(
                wishes.clusterID(), i, standings.read(object, desired, identity), false, remembered, desired));
    }

    Gathered gather(ServerlessEndpoint object, ServerlessEndpointStatus remembered, Memory memory) {
        boolean deleting = object.isMarkedForDeletion();
        Optional<AWSIdentity> identity =
                identities.apply(object.getSpec().identityRef().name());
        Desired desired = wishes.read(object, remembered, identity);
        Standing standing = standings.read(object, desired, identity);
        Optional<String> invalid =
                deleting ? Optional.empty() : expectations.firstInvalid(desired.validationRequests());
        Optional<Access> access = invalid.isPresent()
                ? Optional.empty()
                : identity.flatMap(i -> Access.of(wishes.clusterID(), i, standing, deleting, remembered, desired));
        Look look = new Look(object, desired, remembered, memory, annotation(object, Annotations.REFRESH));
        Optional<AwsException> failure = Optional.empty();
        if (access.isPresent()) {
            try {
                look.at(access.get(), deleting);
            } catch (AwsException e) {
                failure = Optional.of(e);
            }
        }
        Observed observed = new Observed(
                standing,
                look.endpoint,
                look.previews,
                look.models,
                look.configs,
                inspection(object, look.desired, identity, access, look),
                invalid,
                validations.finished(desired.owner().uid()),
                validations.refused(desired.owner().uid()),
                look.previewSlot,
                look.imageTag,
                memory.livePathRefused(),
                look.scaling,
                look.leftBehind,
                annotation(object, Annotations.RETRY),
                look.refreshed);
        return new Gathered(look.desired, observed, look.owned, access, failure);
    }

    /** Only what is about to change needs to know its surroundings; an endpoint at rest costs nothing. */
    private Inspection inspection(
            ServerlessEndpoint object,
            Desired desired,
            Optional<AWSIdentity> identity,
            Optional<Access> access,
            Look look) {
        // What AWS may scale up to has to find room too, while the number itself is as wanted.
        boolean ranged =
                desired.demand().filter(Demand.Ranged.class::isInstance).isPresent();
        boolean atRest = !ranged
                && !look.isToBeAdopted()
                && look.endpoint
                        .found()
                        .filter(live -> desired.isMetBy(live, look.remembered.revisions()))
                        .isPresent();
        access.ifPresent(a -> usage.seen(a.location()));
        if (object.isMarkedForDeletion() || atRest || identity.isEmpty() || access.isEmpty()) {
            return Inspection.NONE;
        }
        return new Inspection(
                inspector.facts(desired.owner().uid(), desired.revision().name()),
                usage.around(object, access.get().location(), identity.get()));
    }

    static String annotation(ServerlessEndpoint object, String key) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
    }

    /** One look at AWS; what was seen before a failure stays seen. */
    private final class Look {
        private final ServerlessEndpoint object;
        private Desired desired;
        private final ServerlessEndpointStatus remembered;
        private final Memory memory;
        private final Map<String, Sighting<EndpointSnapshot>> previews = new HashMap<>();
        private final Map<String, Sighting<ModelSnapshot>> models = new HashMap<>();
        private final Map<String, Sighting<EndpointConfigSnapshot>> configs = new HashMap<>();
        private Sighting<EndpointSnapshot> endpoint = new Sighting.Unseen<>();
        private ScalingSight scaling = new ScalingSight.NotAsked();
        private PreviewSlot previewSlot = new PreviewSlot.NotAsked();
        private Optional<ImageTag> imageTag = Optional.empty();
        private Optional<List<OwnedResource>> owned = Optional.empty();
        private List<OwnedResource> leftBehind = List.of();

        private final String refresh;
        private String refreshed = "";

        private Look(
                ServerlessEndpoint object,
                Desired desired,
                ServerlessEndpointStatus remembered,
                Memory memory,
                String refresh) {
            this.object = object;
            this.desired = desired;
            this.remembered = remembered;
            this.memory = memory;
            this.refresh = refresh;
        }

        private void at(Access access, boolean deleting) {
            Location location = access.location();
            inventory.watch(location, desired.endpointName());
            if (!memory.verified()) {
                memory.verify();
                RememberedEndpoint.of(desired, remembered)
                        .ifPresent(known -> inventory.verified(location, known, knownTags()));
            }
            boolean anew = !deleting && isRefreshAsked();
            endpoint = anew
                    ? inventory.inspectEndpoint(location, desired.endpointName())
                    : inventory.endpoint(location, desired.endpointName());
            if (deleting) {
                searchOwned(location);
                return;
            }
            desired = desired.beside(endpoint, remembered);
            scaling = scalingReader.look(access.session(), desired, remembered, endpoint, memory);
            searchLeftBehind(location);
            new RevisionContents(inventory, location, desired, remembered, isAtRest()).look(previews, models, configs);
            if (anew || isToBeAdopted()) {
                inspectWhatServes(location, anew);
            }
            if (anew) {
                inspector.forget(desired.owner().uid(), desired.model(), access);
            }
            refreshed = refresh;
            if (tagsAreToChange()) {
                inspectUnseen(location);
            }
            if (PreviewQueue.holds(remembered)) {
                previewSlots.settled(object);
            }
            if (PreviewQueue.mayNeedSlot(desired, remembered) && contentIsThere()) {
                previewSlot = previewSlots.ask(location, object);
            }
            if (isAtRest() && isTag(desired.model().image())) {
                imageTag = Optional.of(
                        imageTags.look(access.session(), desired.model().image()));
            }
        }

        /** Content comes before the queue: who waits in it has nothing else left to do. */
        private boolean contentIsThere() {
            return models.get(desired.modelName()) instanceof Sighting.Present
                    && configs.get(desired.configName()) instanceof Sighting.Present;
        }

        private boolean isAtRest() {
            return StatusConditions.isReady(remembered.conditions())
                    && remembered.resolvedImage() != null
                    && desired.revision().name().equals(remembered.revision().deployed());
        }

        private static boolean isTag(String reference) {
            return !reference.contains("@");
        }

        private Map<String, String> knownTags() {
            Map<String, String> adopted = remembered.adoption() == null ? Map.of() : Map.of(Ownership.ADOPTED, "true");
            return desired.withUserTags(desired.owner(), adopted);
        }

        /** A value of the refresh annotation that was not acted on yet. */
        private boolean isRefreshAsked() {
            return !refresh.isEmpty()
                    && (remembered.handled() == null
                            || !refresh.equals(remembered.handled().refresh()));
        }

        /** Nobody's endpoint, or an adopted one that the status does not know as such: nothing but a full look decides about it. */
        private boolean isToBeAdopted() {
            if (!(endpoint instanceof Sighting.Present<EndpointSnapshot> present)) {
                return false;
            }
            boolean nobodys = desired.adopts() && present.owner().isEmpty();
            return nobodys || (Ownership.isAdopted(present.tags()) && remembered.adoption() == null);
        }

        /** Tags of the endpoint, its live config and that config's model, all of them now. */
        private void inspectWhatServes(Location location, boolean anew) {
            if (!anew) {
                endpoint = inventory.inspectEndpoint(location, desired.endpointName());
            }
            String config = endpoint.found().map(EndpointSnapshot::configName).orElse("");
            if (config.isEmpty()) {
                return;
            }
            Sighting<EndpointConfigSnapshot> seen = inventory.inspectEndpointConfig(location, config);
            configs.put(config, seen);
            seen.found().stream().flatMap(found -> found.variants().stream()).forEach(variant -> {
                if (!variant.modelName().isEmpty()) {
                    models.put(variant.modelName(), inventory.inspectModel(location, variant.modelName()));
                }
            });
        }

        /** An endpoint of the object's predecessor comes with configs and models, which would stay for ever if only it were taken over. */
        private void searchLeftBehind(Location location) {
            boolean predecessors = endpoint instanceof Sighting.Present<EndpointSnapshot> present
                    && remembered.accountID() != null
                    && present.owner().filter(this::isEarlierLife).isPresent();
            if (predecessors) {
                leftBehind = inventory.findOwned(location, desired.names().stem()).stream()
                        .filter(resource -> isEarlierLife(resource.owner()))
                        .filter(resource -> !resource.name().equalsIgnoreCase(desired.endpointName()))
                        .toList();
            }
        }

        private boolean isEarlierLife(Ownership owner) {
            return owner.sameObject(desired.owner()) && !owner.sameLife(desired.owner());
        }

        /** The endpoint lacks tags it should have, or has some it should not: config and model may, too. */
        private boolean tagsAreToChange() {
            return endpoint instanceof Sighting.Present<EndpointSnapshot> present
                    && present.owner()
                            .filter(owner -> owner.sameLife(desired.owner()))
                            .isPresent()
                    && (!present.tags()
                                    .entrySet()
                                    .containsAll(desired.withUserTags(desired.owner())
                                            .entrySet())
                            || !Set.copyOf(remembered.appliedTagKeys())
                                    .equals(desired.userTags().keySet()));
        }

        /** After a restart nobody has looked at what serves, since nothing depends on it; tags do. */
        private void inspectUnseen(Location location) {
            String config = endpoint.found().map(EndpointSnapshot::configName).orElse("");
            if (configs.get(config) instanceof Sighting.Unseen) {
                configs.put(config, inventory.inspectEndpointConfig(location, config));
            }
            if (models.get(desired.modelName()) instanceof Sighting.Unseen) {
                models.put(desired.modelName(), inventory.inspectModel(location, desired.modelName()));
            }
        }

        /** Absence is confirmed by a Describe before configs and models of the object are looked for, and those before it is let go. */
        private void searchOwned(Location location) {
            boolean ours = endpoint instanceof Sighting.Present<EndpointSnapshot> present
                    && present.owner()
                            .filter(owner -> owner.sameLife(desired.owner()))
                            .isPresent();
            if (ours) {
                return;
            }
            if (memory.owned().isEmpty() || memory.owned().get().isEmpty()) {
                endpoint = inventory.confirmEndpoint(location, desired.endpointName());
                memory.owned(Optional.of(
                        inventory.findOwned(location, desired.names().stem()).stream()
                                .filter(resource -> resource.owner().sameLife(desired.owner()))
                                .toList()));
            }
            owned = memory.owned();
        }
    }
}
