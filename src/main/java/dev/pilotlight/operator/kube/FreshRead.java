package dev.pilotlight.operator.kube;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.domain.endpoint.Safeguards;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Asks the API server itself, past the watch, before something is done that cannot be taken back: whether an object that AWS is to be
 * changed for is still what a pass took it for, and whether nothing refers to an identity that is to go. The watch may lag behind by seconds, and after a restart by as much as an API server that lags; what an old object
 * asks for would be done to whatever its namesake or its new spec made meanwhile.
 */
public final class FreshRead {
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final Safeguards safeguards;

    public FreshRead(KubernetesClient client, Safeguards safeguards) {
        this.client = client;
        this.safeguards = safeguards;
    }

    /**
     * Whether the object is gone, is another one of the same name, was deleted or was given another spec since it was read. The watch will
     * tell of it, and bring the pass that is worth making.
     *
     * @throws KubernetesClientException when the API server cannot be asked; nothing says then that the object still wants anything
     */
    public boolean isOvertaken(HasMetadata object) {
        HasMetadata now = client.resource(object).get();
        return safeguards.isOvertaken(version(object), Optional.ofNullable(now).map(FreshRead::version));
    }

    /** A deletion counts as a new generation. */
    private static Safeguards.Version version(HasMetadata object) {
        return new Safeguards.Version(
                object.getMetadata().getUid(), object.getMetadata().getGeneration());
    }

    /**
     * The endpoints that refer to an identity, past the watch: that one knows of none is no proof.
     *
     * @param namespaces where to look; everywhere when empty
     */
    public List<ServerlessEndpoint> usersOf(String identity, Set<String> namespaces) {
        var endpoints = client.resources(ServerlessEndpoint.class);
        Stream<ServerlessEndpoint> found = namespaces.isEmpty()
                ? pages(endpoints.inAnyNamespace())
                : namespaces.stream().flatMap(namespace -> pages(endpoints.inNamespace(namespace)));
        return found.filter(endpoint -> endpoint.getSpec().identityRef().name().equals(identity))
                .toList();
    }

    private static Stream<ServerlessEndpoint> pages(
            Listable<? extends KubernetesResourceList<ServerlessEndpoint>> endpoints) {
        List<ServerlessEndpoint> all = new ArrayList<>();
        String next = null;
        do {
            var page = endpoints.list(
                    new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
            all.addAll(page.getItems());
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return all.stream();
    }
}
