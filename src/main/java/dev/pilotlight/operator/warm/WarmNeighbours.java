package dev.pilotlight.operator.warm;

import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.Progress;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmLedger;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a WarmPolicy is about and who else is about it, from watches: its endpoint, and the other policies that name the endpoint. */
final class WarmNeighbours {
    private static final String BY_TARGET = "pilotlight.target";

    private volatile InformerEventSource<ServerlessEndpoint, WarmPolicy> endpoints;
    private volatile IndexerResourceCache<WarmPolicy> policies;

    /** Sets the watches up; called once, when the controller is registered. */
    List<EventSource<?, WarmPolicy>> watches(EventSourceContext<WarmPolicy> context) {
        policies = context.getPrimaryCache();
        policies.addIndexer(
                BY_TARGET,
                policy -> List.of(target(
                        policy.getMetadata().getNamespace(),
                        policy.getSpec().targetRef().name())));
        endpoints = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ServerlessEndpoint.class, WarmPolicy.class)
                        .withName("serverlessendpoint")
                        .withNamespacesInheritedFromController()
                        .withSecondaryToPrimaryMapper((ServerlessEndpoint endpoint) -> ids(
                                endpoint.getMetadata().getNamespace(),
                                endpoint.getMetadata().getName()))
                        .withPrimaryToSecondaryMapper((WarmPolicy policy) -> Set.of(new ResourceID(
                                policy.getSpec().targetRef().name(),
                                policy.getMetadata().getNamespace())))
                        // Rollouts and validations are the endpoint's own affair; when AWS was asked for capacity is
                        // not.
                        .withOnUpdateFilter((after, before) -> !isTheSame(after, before))
                        .build(),
                context);
        return List.of(endpoints);
    }

    private static boolean isTheSame(ServerlessEndpoint after, ServerlessEndpoint before) {
        return after.isMarkedForDeletion() == before.isMarkedForDeletion()
                && Objects.equals(
                        after.getMetadata().getUid(), before.getMetadata().getUid())
                && Objects.equals(after.getSpec(), before.getSpec())
                && Objects.equals(effective(after), effective(before))
                && Objects.equals(name(after), name(before))
                && Objects.equals(scaling(after), scaling(before))
                && Objects.equals(pastLedger(after), pastLedger(before));
    }

    private static EffectiveCapacity effective(ServerlessEndpoint endpoint) {
        return endpoint.getStatus() == null ? null : endpoint.getStatus().effective();
    }

    /** The step or wait an endpoint is in; null for none. */
    static Progress progress(ServerlessEndpoint endpoint) {
        return endpoint.getStatus() == null ? null : endpoint.getStatus().progress();
    }

    private static Progress scaling(ServerlessEndpoint endpoint) {
        Progress progress = progress(endpoint);
        return progress != null && Reasons.UPDATING_CAPACITY.equals(progress.reason()) ? progress : null;
    }

    private static WarmLedger pastLedger(ServerlessEndpoint endpoint) {
        return endpoint.getStatus() == null ? null : endpoint.getStatus().pastLedger();
    }

    private static String name(ServerlessEndpoint endpoint) {
        return endpoint.getStatus() == null ? null : endpoint.getStatus().endpointName();
    }

    Optional<ServerlessEndpoint> endpoint(WarmPolicy policy) {
        return endpoints.get(new ResourceID(
                policy.getSpec().targetRef().name(), policy.getMetadata().getNamespace()));
    }

    /** All policies that name an endpoint. */
    List<WarmPolicy> targeting(String namespace, String endpoint) {
        return policies == null ? List.of() : policies.byIndex(BY_TARGET, target(namespace, endpoint));
    }

    Set<ResourceID> ids(String namespace, String endpoint) {
        return targeting(namespace, endpoint).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static String target(String namespace, String endpoint) {
        return namespace + "/" + endpoint;
    }
}
