package dev.pilotlight.demo;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The ServerlessEndpoints of a cluster, as the demo reads them. */
final class Endpoints {
    private final KubernetesClient client;

    Endpoints(KubernetesClient client) {
        this.client = client;
    }

    List<ServerlessEndpoint> all() {
        return client.resources(ServerlessEndpoint.class)
                .inAnyNamespace()
                .list()
                .getItems();
    }

    List<ServerlessEndpoint> in(String namespace) {
        return client.resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    Optional<ServerlessEndpoint> find(String namespace, String name) {
        return Optional.ofNullable(client.resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    /** The operator has written a status. */
    static boolean isReported(ServerlessEndpoint endpoint) {
        return endpoint.getStatus() != null && endpoint.getStatus().observedGeneration() > 0;
    }

    /** Ready for the generation it has now. */
    static boolean isReady(ServerlessEndpoint endpoint) {
        return condition(endpoint, "Ready")
                .filter(ready -> "True".equals(ready.status())
                        && Objects.equals(
                                ready.observedGeneration(),
                                endpoint.getMetadata().getGeneration()))
                .isPresent();
    }

    static Optional<Condition> condition(ServerlessEndpoint endpoint, String type) {
        return Optional.ofNullable(endpoint.getStatus())
                .map(ServerlessEndpointStatus::conditions)
                .flatMap(conditions -> conditions.stream()
                        .filter(condition -> condition.type().equals(type))
                        .findFirst());
    }

    /** For a failure: what the status says. */
    String describe(String namespace) {
        StringBuilder text = new StringBuilder();
        for (ServerlessEndpoint endpoint : in(namespace)) {
            text.append(endpoint.getMetadata().getName())
                    .append(": ")
                    .append(endpoint.getStatus())
                    .append('\n');
        }
        return text.toString();
    }
}
