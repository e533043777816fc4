package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessSpec;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.preflight.Foreign;
import dev.pilotlight.domain.preflight.Surroundings;
import dev.pilotlight.domain.preflight.Usage;
import dev.pilotlight.inventory.Stranger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sums up what endpoints take: those of this cluster from the operator's own cache, and what else is in the account from what the
 * inventory's slow tier saw of it. It calls nobody. Of two objects that ask at the same time the older one is served first, so that they do not keep each other out.
 */
final class UsageReader {
    private static final Comparator<ServerlessEndpoint> BY_AGE = Comparator.comparing(
                    (ServerlessEndpoint endpoint) -> endpoint.getMetadata().getCreationTimestamp())
            .thenComparing(endpoint -> endpoint.getMetadata().getUid());

    private final Neighbours neighbours;
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final Set<Location> places = ConcurrentHashMap.newKeySet();
    private final Consumer<Location> discovered;
    private final Function<Location, List<Stranger>> strangers;

    /**
     * @param strangers endpoints that nobody asked to have watched
     * @param discovered told once of every account and Region that endpoints are in
     */
    UsageReader(Neighbours neighbours, Function<Location, List<Stranger>> strangers, Consumer<Location> discovered) {
        this.neighbours = neighbours;
        this.strangers = strangers;
        this.discovered = discovered;
    }

    /** An object works in an account and Region. */
    void seen(Location location) {
        if (places.add(location)) {
            discovered.accept(location);
        }
    }

    /** The checks let this generation through: AWS was changed for it. Lost with a restart, and then the age decides. */
    void begun(ServerlessEndpoint object) {
        begun.put(object.getMetadata().getUid(), object.getMetadata().getGeneration());
    }

    void forget(String uid) {
        begun.remove(uid);
    }

    /** What else there is around an object. */
    Surroundings around(ServerlessEndpoint object, Location location, AWSIdentity identity) {
        String namespace = object.getMetadata().getNamespace();
        return new Surroundings(
                others(object, neighbours.in(location)),
                foreign(location),
                others(
                        object,
                        neighbours.usersOf(identity.getMetadata().getName()).stream()
                                .filter(other ->
                                        other.getMetadata().getNamespace().equals(namespace))
                                .toList()),
                Optional.ofNullable(identity.getSpec().limits()));
    }

    /** What endpoints of an account and Region take that no object of this cluster has, or has as its preview. */
    Foreign foreign(Location location) {
        List<Stranger> foreign = nobodys(location);
        Usage usage = foreign.stream()
                .flatMap(stranger -> stranger.concurrency().stream())
                .map(concurrency -> new Usage(1, concurrency.max(), concurrency.provisioned()))
                .reduce(Usage.NONE, Usage::plus);
        return new Foreign(usage, (int)
                foreign.stream().filter(stranger -> !stranger.lookedAt()).count());
    }

    /** Endpoints of an account and Region that no object of this cluster wants, or has as its preview. */
    List<Stranger> nobodys(Location location) {
        return strangers.apply(location).stream()
                .filter(stranger -> neighbours.concernedBy(stranger.name()).isEmpty())
                .toList();
    }

    /** What this cluster's endpoints of an account and Region take. */
    Usage of(Location location) {
        return neighbours.in(location).stream().map(UsageReader::held).reduce(Usage.NONE, Usage::plus);
    }

    /** What the endpoints behind an identity ask for, by Region. Capacity that others decide from hour to hour is not in it. */
    SortedMap<String, Usage> askedByRegion(String identity) {
        SortedMap<String, Usage> regions = new TreeMap<>();
        neighbours.usersOf(identity).stream()
                .filter(endpoint -> !endpoint.isMarkedForDeletion())
                .forEach(endpoint -> regions.merge(endpoint.getSpec().region(), asked(endpoint), Usage::plus));
        return regions;
    }

    private Usage others(ServerlessEndpoint object, Collection<ServerlessEndpoint> all) {
        return all.stream()
                .filter(other -> !other.getMetadata()
                        .getUid()
                        .equals(object.getMetadata().getUid()))
                .map(other -> taken(other, BY_AGE.compare(other, object) < 0))
                .reduce(Usage.NONE, Usage::plus);
    }

    /** What the other has, or is about to take: what was let through counts as taken, what is still undecided only if it came first. */
    private Usage taken(ServerlessEndpoint other, boolean first) {
        Usage held = held(other);
        boolean waits = other.isMarkedForDeletion() || other.getSpec().suspended() || isRefused(other);
        boolean letThrough = isReady(other)
                || other.getMetadata()
                        .getGeneration()
                        .equals(begun.get(other.getMetadata().getUid()));
        if (waits || !(first || letThrough)) {
            return held;
        }
        Usage asked = asked(other);
        return new Usage(
                Math.max(1, held.endpoints()),
                Math.max(held.concurrency(), asked.concurrency()),
                Math.max(held.provisioned(), asked.provisioned()));
    }

    private static Usage held(ServerlessEndpoint endpoint) {
        ServerlessEndpointStatus status = endpoint.getStatus();
        if (status == null || status.endpointARN() == null) {
            return Usage.NONE;
        }
        int previews = (int) status.revisions().stream()
                .filter(record -> record.previewEndpointConfigName() != null)
                .count();
        EffectiveCapacity effective = status.effective();
        Usage own = effective == null
                ? asked(endpoint)
                : new Usage(1, number(effective.maxConcurrency()), provisioned(effective));
        return own.plus(new Usage(previews, previews, 0));
    }

    /** What AWS may scale to counts as taken. */
    private static int provisioned(EffectiveCapacity effective) {
        return effective.provisionedConcurrencyRange() == null
                ? number(effective.provisionedConcurrency())
                : number(effective.provisionedConcurrencyRange().max());
    }

    private static Usage asked(ServerlessEndpoint endpoint) {
        ServerlessSpec serverless = endpoint.getSpec().serverless();
        return new Usage(1, number(serverless.maxConcurrency()), number(serverless.provisionedConcurrency()));
    }

    private static boolean isRefused(ServerlessEndpoint endpoint) {
        return concluded(endpoint, ConditionTypes.READY, "False", Reasons.PREFLIGHT_FAILED)
                || concluded(endpoint, ConditionTypes.SCALING, "False", Reasons.LIMIT_EXCEEDED)
                || concluded(endpoint, ConditionTypes.SCALING, "False", Reasons.QUOTA_EXCEEDED);
    }

    private static boolean isReady(ServerlessEndpoint endpoint) {
        return concluded(endpoint, ConditionTypes.READY, "True", Reasons.SUCCEEDED);
    }

    private static boolean concluded(ServerlessEndpoint endpoint, String type, String status, String reason) {
        return endpoint.getStatus() != null
                && endpoint.getStatus().conditions().stream()
                        .anyMatch(c -> c.type().equals(type)
                                && c.status().equals(status)
                                && c.reason().equals(reason)
                                && Objects.equals(
                                        c.observedGeneration(),
                                        endpoint.getMetadata().getGeneration()));
    }

    private static int number(Integer value) {
        return value == null ? 0 : value;
    }
}
