package dev.pilotlight.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a kind itself stands. Always asked of the API server and never of a cache, because objects that go with their
 * CustomResourceDefinition look just like objects that somebody deleted.
 */
public final class Definitions {
    private final KubernetesClient client;

    public Definitions(KubernetesClient client) {
        this.client = client;
    }

    /** What is known of the definition of a kind. */
    public sealed interface State {

        /** It stands. */
        record Established() implements State {}

        /** It is being deleted, and all objects of the kind with it. */
        record Deleting(Instant since) implements State {}

        /** There is none. */
        record Missing() implements State {}

        /** The API server refuses to say. */
        record Unreadable(String why) implements State {}
    }

    /**
     * Asks the API server now.
     *
     * @throws KubernetesClientException when it cannot be reached
     */
    public State of(Class<? extends HasMetadata> kind) {
        CustomResourceDefinition found;
        try {
            found = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(name(kind))
                    .get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new State.Unreadable("grant the operator get on customresourcedefinitions " + name(kind));
            }
            throw e;
        }
        if (found == null) {
            return new State.Missing();
        }
        return Optional.ofNullable(found.getMetadata().getDeletionTimestamp())
                .<State>map(since -> new State.Deleting(Instant.parse(since)))
                .orElseGet(State.Established::new);
    }

    /** Name of the CustomResourceDefinition of a kind. */
    public static String name(Class<? extends HasMetadata> kind) {
        return HasMetadata.getFullResourceName(kind);
    }

    /**
     * Whether the object is deleted along with its definition, and not for its own sake before.
     *
     * @param deleted an object that is marked for deletion
     * @throws KubernetesClientException when the API server cannot be asked
     */
    public boolean takesAlong(HasMetadata deleted) {
        return switch (of(deleted.getClass())) {
            case State.Missing missing -> true;
            case State.Deleting(Instant since) ->
                !Instant.parse(deleted.getMetadata().getDeletionTimestamp()).isBefore(since);
            case State.Established established -> false;
            // Without the right to look, what somebody deletes is deleted.
            case State.Unreadable unreadable -> false;
        };
    }
}
