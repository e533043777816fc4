package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.AWSIdentityStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmLedger;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.domain.endpoint.Demand;
import dev.pilotlight.domain.endpoint.PolicyDemand;
import dev.pilotlight.domain.endpoint.PreviewQueue;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.Names;
import dev.pilotlight.domain.warm.budget.PastLedgers;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a ServerlessEndpoint refers to and what refers to it, from watches: its AWSIdentity, its namespace's labels, and the endpoints
 * behind an identity or a name in AWS, and the WarmPolicies that name it. When one of those changes, the endpoints it concerns are reconciled.
 */
public final class Neighbours {
    private static final String BY_IDENTITY = "pilotlight.identity";
    private static final String BY_NAMESPACE = "pilotlight.namespace";
    private static final String BY_ENDPOINT_NAME = "pilotlight.endpointName";
    private static final String BY_STEM = "pilotlight.stem";
    private static final String BY_PLACE = "pilotlight.place";
    private static final String BY_TARGET = "pilotlight.target";
    private static final String BY_PREVIEW = "pilotlight.preview";

    private volatile InformerEventSource<AWSIdentity, ServerlessEndpoint> identities;
    private volatile InformerEventSource<Namespace, ServerlessEndpoint> namespaces;
    private volatile InformerEventSource<WarmPolicy, ServerlessEndpoint> policies;
    private volatile IndexerResourceCache<ServerlessEndpoint> endpoints;

    /** Sets the watches up; called once, when the controller is registered. */
    List<EventSource<?, ServerlessEndpoint>> watches(EventSourceContext<ServerlessEndpoint> context) {
        endpoints = context.getPrimaryCache();
        endpoints.addIndexer(
                BY_IDENTITY,
                endpoint -> List.of(endpoint.getSpec().identityRef().name()));
        endpoints.addIndexer(
                BY_NAMESPACE, endpoint -> List.of(endpoint.getMetadata().getNamespace()));
        endpoints.addIndexer(BY_ENDPOINT_NAME, endpoint -> List.of(nameInAws(endpoint)));
        endpoints.addIndexer(BY_STEM, endpoint -> List.of(stem(endpoint)));
        endpoints.addIndexer(BY_PLACE, Neighbours::place);
        endpoints.addIndexer(BY_PREVIEW, Neighbours::previewPlace);
        identities = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(AWSIdentity.class, ServerlessEndpoint.class)
                        .withName("awsidentity")
                        // Cluster-wide, also when the controller looks after some namespaces only.
                        .withWatchAllNamespaces()
                        .withSecondaryToPrimaryMapper((AWSIdentity identity) ->
                                ids(BY_IDENTITY, identity.getMetadata().getName()))
                        .withPrimaryToSecondaryMapper((ServerlessEndpoint endpoint) -> Set.of(
                                new ResourceID(endpoint.getSpec().identityRef().name())))
                        // How much of it is used decides nothing here, and follows from the endpoints themselves.
                        .withOnUpdateFilter((after, before) -> !saysTheSame(after, before))
                        .build(),
                context);
        namespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, ServerlessEndpoint.class)
                        .withName("namespace")
                        .withWatchAllNamespaces()
                        .withSecondaryToPrimaryMapper((Namespace namespace) ->
                                ids(BY_NAMESPACE, namespace.getMetadata().getName()))
                        .withPrimaryToSecondaryMapper((ServerlessEndpoint endpoint) ->
                                Set.of(new ResourceID(endpoint.getMetadata().getNamespace())))
                        // Status and annotations of a namespace decide nothing here; its labels do.
                        .withOnUpdateFilter((after, before) -> !labels(after).equals(labels(before)))
                        .build(),
                context);
        policies = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(WarmPolicy.class, ServerlessEndpoint.class)
                        .withName("warmpolicy")
                        .withNamespacesInheritedFromController()
                        .withSecondaryToPrimaryMapper((WarmPolicy policy) -> Set.of(new ResourceID(
                                policy.getSpec().targetRef().name(),
                                policy.getMetadata().getNamespace())))
                        .withPrimaryToSecondaryMapper((ServerlessEndpoint endpoint) -> targeting(endpoint).stream()
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .withOnUpdateFilter((after, before) -> !demandsTheSame(after, before))
                        .build(),
                context);
        policies.addIndexers(Map.of(
                BY_TARGET,
                policy -> List.of(target(
                        policy.getMetadata().getNamespace(),
                        policy.getSpec().targetRef().name()))));
        return List.of(identities, namespaces, policies);
    }

    Optional<AWSIdentity> identity(String name) {
        return identities.get(new ResourceID(name));
    }

    /** Labels of a namespace; empty where it is not known. */
    Map<String, String> namespaceLabels(String name) {
        return namespaces.get(new ResourceID(name)).map(Neighbours::labels).orElse(Map.of());
    }

    /** What the WarmPolicy in force asks of an endpoint. */
    Optional<Demand> demandOn(ServerlessEndpoint endpoint) {
        return PolicyDemand.inForce(targeting(endpoint));
    }

    /** What is known of an endpoint's past with policies, those included that are about to go. */
    WarmLedger pastLedger(ServerlessEndpoint endpoint, WarmLedger noted) {
        return PastLedgers.note(
                noted,
                targeting(endpoint).stream()
                        .filter(policy -> policy.isMarkedForDeletion() && ledger(policy) != null)
                        .map(policy -> new PastLedgers.Leaving(
                                Instant.parse(policy.getMetadata().getCreationTimestamp()), ledger(policy)))
                        .toList());
    }

    private List<WarmPolicy> targeting(ServerlessEndpoint endpoint) {
        return policies.byIndex(
                BY_TARGET,
                target(
                        endpoint.getMetadata().getNamespace(),
                        endpoint.getMetadata().getName()));
    }

    private static String target(String namespace, String endpoint) {
        return namespace + "/" + endpoint;
    }

    /** What an endpoint follows; the rest of a policy is its own affair. */
    private static boolean demandsTheSame(WarmPolicy after, WarmPolicy before) {
        return Objects.equals(demand(after), demand(before))
                && Objects.equals(after.getSpec(), before.getSpec())
                && after.isMarkedForDeletion() == before.isMarkedForDeletion()
                // What a policy has used is of interest once it goes.
                && (!after.isMarkedForDeletion() || Objects.equals(ledger(after), ledger(before)));
    }

    private static WarmLedger ledger(WarmPolicy policy) {
        return policy.getStatus() == null ? null : policy.getStatus().ledger();
    }

    private static WarmDemand demand(WarmPolicy policy) {
        return policy.getStatus() == null ? null : policy.getStatus().demand();
    }

    /** The endpoints that refer to an identity. */
    public List<ServerlessEndpoint> usersOf(String identity) {
        return endpoints == null ? List.of() : endpoints.byIndex(BY_IDENTITY, identity);
    }

    /** The endpoints whose account is known, in one account and Region. */
    List<ServerlessEndpoint> in(Location location) {
        return endpoints == null
                ? List.of()
                : endpoints.byIndex(BY_PLACE, place(location.accountID(), location.region()));
    }

    /**
     * The objects that an endpoint in AWS concerns: those that want that name (more than one is a conflict that their decisions see), and
     * the one whose preview it is.
     */
    Set<ResourceID> concernedBy(String endpointName) {
        if (endpoints == null) {
            return Set.of();
        }
        String name = endpointName.toLowerCase(Locale.ROOT);
        Set<ResourceID> concerned = new HashSet<>(ids(BY_ENDPOINT_NAME, name));
        Names.stemOfPreview(name).ifPresent(stem -> concerned.addAll(ids(BY_STEM, stem)));
        return concerned;
    }

    /** The objects that have a preview endpoint in that account and Region, or wait for one. */
    List<ServerlessEndpoint> previewing(Location location) {
        return endpoints.byIndex(BY_PREVIEW, place(location));
    }

    private static List<String> previewPlace(ServerlessEndpoint endpoint) {
        ServerlessEndpointStatus status = endpoint.getStatus();
        boolean concerned = status != null
                && status.accountID() != null
                && (PreviewQueue.holds(status)
                        || PreviewQueue.ticket(status, "").isPresent());
        return concerned
                ? List.of(place(
                        new Location(status.accountID(), endpoint.getSpec().region())))
                : List.of();
    }

    private static String place(Location location) {
        return location.accountID() + "/" + location.region();
    }

    private Set<ResourceID> ids(String index, String key) {
        return endpoints.byIndex(index, key).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static String nameInAws(ServerlessEndpoint endpoint) {
        String given = endpoint.getSpec().endpointName();
        return given == null ? stem(endpoint) : given.toLowerCase(Locale.ROOT);
    }

    private static List<String> place(ServerlessEndpoint endpoint) {
        String account =
                endpoint.getStatus() == null ? null : endpoint.getStatus().accountID();
        return account == null
                ? List.of()
                : List.of(place(account, endpoint.getSpec().region()));
    }

    private static String place(String account, String region) {
        return account + "/" + region;
    }

    private static String stem(ServerlessEndpoint endpoint) {
        return Names.of(
                        endpoint.getMetadata().getNamespace(),
                        endpoint.getMetadata().getName())
                .stem()
                .toLowerCase(Locale.ROOT);
    }

    private static boolean saysTheSame(AWSIdentity after, AWSIdentity before) {
        return Objects.equals(after.getSpec(), before.getSpec())
                && after.isMarkedForDeletion() == before.isMarkedForDeletion()
                && Objects.equals(withoutUsage(after.getStatus()), withoutUsage(before.getStatus()));
    }

    private static AWSIdentityStatus withoutUsage(AWSIdentityStatus status) {
        return status == null ? null : status.withUsage(List.of());
    }

    private static Map<String, String> labels(Namespace namespace) {
        Map<String, String> labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
