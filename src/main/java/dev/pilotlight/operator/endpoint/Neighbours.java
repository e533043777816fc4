package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.domain.hosting.Names;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a ServerlessEndpoint refers to and what refers to it, from watches: its AWSIdentity, its namespace's labels, and the endpoints
 * behind an identity or a name in AWS. When one of those changes, the endpoints it concerns are reconciled.
 */
public final class Neighbours {
    private static final String BY_IDENTITY = "pilotlight.identity";
    private static final String BY_NAMESPACE = "pilotlight.namespace";
    private static final String BY_ENDPOINT_NAME = "pilotlight.endpointName";
    private static final String BY_STEM = "pilotlight.stem";

    private volatile InformerEventSource<AWSIdentity, ServerlessEndpoint> identities;
    private volatile InformerEventSource<Namespace, ServerlessEndpoint> namespaces;
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
        identities = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(AWSIdentity.class, ServerlessEndpoint.class)
                        .withName("awsidentity")
                        .withSecondaryToPrimaryMapper((AWSIdentity identity) ->
                                ids(BY_IDENTITY, identity.getMetadata().getName()))
                        .withPrimaryToSecondaryMapper((ServerlessEndpoint endpoint) -> Set.of(
                                new ResourceID(endpoint.getSpec().identityRef().name())))
                        .build(),
                context);
        namespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, ServerlessEndpoint.class)
                        .withName("namespace")
                        .withSecondaryToPrimaryMapper((Namespace namespace) ->
                                ids(BY_NAMESPACE, namespace.getMetadata().getName()))
                        .withPrimaryToSecondaryMapper((ServerlessEndpoint endpoint) ->
                                Set.of(new ResourceID(endpoint.getMetadata().getNamespace())))
                        // Status and annotations of a namespace decide nothing here; its labels do.
                        .withOnUpdateFilter((after, before) -> !labels(after).equals(labels(before)))
                        .build(),
                context);
        return List.of(identities, namespaces);
    }

    Optional<AWSIdentity> identity(String name) {
        return identities.get(new ResourceID(name));
    }

    /** Labels of a namespace; empty where it is not known. */
    Map<String, String> namespaceLabels(String name) {
        return namespaces.get(new ResourceID(name)).map(Neighbours::labels).orElse(Map.of());
    }

    /** The endpoints that refer to an identity. */
    public List<ServerlessEndpoint> usersOf(String identity) {
        return endpoints == null ? List.of() : endpoints.byIndex(BY_IDENTITY, identity);
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

    private Set<ResourceID> ids(String index, String key) {
        return endpoints.byIndex(index, key).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static String nameInAws(ServerlessEndpoint endpoint) {
        String given = endpoint.getSpec().endpointName();
        return given == null ? stem(endpoint) : given.toLowerCase(Locale.ROOT);
    }

    private static String stem(ServerlessEndpoint endpoint) {
        return Names.of(
                        endpoint.getMetadata().getNamespace(),
                        endpoint.getMetadata().getName())
                .stem()
                .toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> labels(Namespace namespace) {
        Map<String, String> labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
