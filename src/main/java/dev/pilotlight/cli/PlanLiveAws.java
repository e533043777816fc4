package dev.pilotlight.cli;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSession;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Readings;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.cost.ListedPrice;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.plan.AwsPicture;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.Quotas;
import dev.pilotlight.domain.preflight.Reading;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.inventory.InventorySettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * AWS for a plan: looked at through the operator's inventory, whose sessions may do nothing but read, and copied into pictures. One
 * listing of a location answers for all its endpoints.
 */
final class PlanLiveAws {
    private final AwsSessions sessions;
    private final Inventory inventory;
    private final String clusterID;
    private final boolean ownCredentials;
    private final Map<Location, Set<SessionRequest>> readers = new HashMap<>();
    private final Map<Location, Reading<Quotas>> quotas = new HashMap<>();
    private final Map<Location, AwsPicture> pictures = new HashMap<>();

    PlanLiveAws(AwsSessions sessions, Scheduler scheduler, String clusterID, boolean ownCredentials) {
        this.sessions = sessions;
        // Never started, so it polls nothing; looks on demand work without.
        this.inventory = new Inventory(sessions, scheduler, InventorySettings.defaults(), Runnable::run);
        this.clusterID = clusterID;
        this.ownCredentials = ownCredentials;
    }

    /** What the checks before a change go by; nothing where the revision's model is there already. */
    Optional<Facts> facts(Desired desired, Location location, AWSIdentity identity, Instant now) {
        read(location, identity, desired.region());
        if (inventory.inspectModel(location, desired.modelName()) instanceof Sighting.Present) {
            return Optional.empty();
        }
        SessionRequest session = request(
                identity,
                desired.region(),
                new SessionRequest.Purpose.Tenant(desired.owner().namespace()));
        String archive = desired.model().modelDataURL();
        return Optional.of(new Facts(
                now,
                now,
                Optional.of(
                        look(session, aws -> aws.images().look(desired.model().image()))),
                archive == null
                        ? Optional.empty()
                        : Optional.of(look(session, aws -> aws.archives().look(archive))),
                Optional.of(
                        look(session, aws -> aws.roles().look(desired.model().executionRoleARN()))),
                Optional.of(quotas.computeIfAbsent(
                        location,
                        key -> look(session, aws -> Optional.of(aws.quotas().read()))))));
    }

    /** AWS's price list of a Region; nothing where the identity may not read it, and unknown prices stay unknown. */
    List<ListedPrice> prices(AWSIdentity identity, String region, String namespace) {
        try {
            return sessions.open(request(identity, region, new SessionRequest.Purpose.Tenant(namespace)))
                    .prices()
                    .serverlessInference();
        } catch (AwsException e) {
            return List.of();
        }
    }

    private <T> Reading<T> look(SessionRequest session, Function<AwsSession, Optional<T>> read) {
        return Readings.of(() -> read.apply(sessions.open(session)));
    }

    /** The location's picture, with everything in it that concerns this object. */
    AwsPicture picture(
            Desired wanted,
            Location location,
            AWSIdentity identity,
            ServerlessEndpointStatus status,
            boolean deleting) {
        read(location, identity, wanted.region());
        AwsPicture picture = pictures.computeIfAbsent(location, AwsPicture::new);
        Sighting<EndpointSnapshot> endpoint = endpoint(wanted, location, status);
        Desired desired = wanted.beside(endpoint, status);
        picture.add(endpoint);
        Set<String> configs = new TreeSet<>(List.of(desired.configName(), desired.previewConfigName()));
        Set<String> models = new TreeSet<>(List.of(desired.modelName()));
        Set<String> previews = new TreeSet<>(List.of(desired.previewName()));
        for (RevisionRecord record : status.revisions()) {
            previews.add(desired.names().preview(record.name()));
            configs.addAll(AwsPicture.configsOf(record));
            Optional.ofNullable(record.modelName()).ifPresent(models::add);
        }
        if (deleting || isPredecessors(endpoint, desired)) {
            for (OwnedResource owned :
                    inventory.findOwned(location, desired.names().stem())) {
                switch (owned.kind()) {
                    case ENDPOINT -> previews.add(owned.name());
                    case ENDPOINT_CONFIG -> configs.add(owned.name());
                    case MODEL -> models.add(owned.name());
                }
            }
        }
        previews.forEach(name -> picture.add(inventory.endpoint(location, name)));
        configs.forEach(name -> picture.addConfig(inventory.inspectEndpointConfig(location, name)));
        endpoint.found()
                .map(EndpointSnapshot::configName)
                .map(name -> inventory.inspectEndpointConfig(location, name))
                .ifPresent(serving -> {
                    picture.addConfig(serving);
                    serving.found().map(AwsPicture::modelsOf).ifPresent(models::addAll);
                });
        models.forEach(name -> picture.addModel(inventory.inspectModel(location, name)));
        underWay(endpoint, status).ifPresent(config -> picture.expect(desired.endpointName(), config));
        return picture;
    }

    /** Nobody's endpoint, or an adopted one that the status does not know as such: only a full look tells. */
    private Sighting<EndpointSnapshot> endpoint(Desired desired, Location location, ServerlessEndpointStatus status) {
        Sighting<EndpointSnapshot> endpoint = inventory.endpoint(location, desired.endpointName());
        Optional<Sighting.Present<EndpointSnapshot>> there =
                endpoint instanceof Sighting.Present<EndpointSnapshot> present
                        ? Optional.of(present)
                        : Optional.empty();
        boolean nobodys = desired.adopts()
                && there.filter(present -> present.owner().isEmpty()).isPresent();
        boolean unknownToStatus = status.adoption() == null
                && there.filter(present -> Ownership.isAdopted(present.tags())).isPresent();
        boolean toBeAdopted = nobodys || unknownToStatus;
        return toBeAdopted ? inventory.inspectEndpoint(location, desired.endpointName()) : endpoint;
    }

    private static boolean isPredecessors(Sighting<EndpointSnapshot> endpoint, Desired desired) {
        return endpoint instanceof Sighting.Present<EndpointSnapshot> present
                && present.owner()
                        .filter(owner -> owner.sameObject(desired.owner()) && !owner.sameLife(desired.owner()))
                        .isPresent();
    }

    /** Where the operator's update that AWS is carrying out leads to. */
    private static Optional<String> underWay(Sighting<EndpointSnapshot> endpoint, ServerlessEndpointStatus status) {
        boolean updating =
                endpoint.found().filter(live -> live.status().isMoving()).isPresent()
                        && status.progress() != null
                        && status.progress().reason().equals(Reasons.UPDATING_ENDPOINT);
        return updating
                ? status.revisions().stream()
                        .filter(record -> record.name().equals(status.revision().desired()))
                        .map(RevisionRecord::endpointConfigName)
                        .filter(Objects::nonNull)
                        .findFirst()
                : Optional.empty();
    }

    private void read(Location location, AWSIdentity identity, String region) {
        Set<SessionRequest> known = readers.computeIfAbsent(location, key -> new LinkedHashSet<>());
        if (known.add(request(identity, region, new SessionRequest.Purpose.Inventory()))) {
            inventory.identities(location, List.copyOf(known));
        }
    }

    private SessionRequest request(AWSIdentity identity, String region, SessionRequest.Purpose purpose) {
        return new SessionRequest(
                ownCredentials
                        ? Optional.empty()
                        : Optional.ofNullable(identity.getSpec().credentials().roleARN()),
                region,
                clusterID,
                identity.getMetadata().getName(),
                purpose);
    }
}
