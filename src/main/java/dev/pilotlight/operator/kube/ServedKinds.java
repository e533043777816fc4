package dev.pilotlight.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, before anything is started, until the API server serves our kinds. Right after the CRDs were applied it answers "storage is
 * (re)initializing" for a while, which would end the watches before they began; a kind it does not know, or that we may not list, gets a
 * message that says what to do. On the wall clock: nothing of ours runs yet.
 */
public final class ServedKinds {
    private static final Logger log = LoggerFactory.getLogger(ServedKinds.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private ServedKinds() {}

    /**
     * @throws UnpreparedClusterException when a kind is unknown or may not be listed, with what to do
     * @throws KubernetesClientException when the API server cannot serve it within the time
     */
    public static void await(KubernetesClient client, List<Class<? extends HasMetadata>> kinds, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        for (Class<? extends HasMetadata> kind : kinds) {
            while (!served(client, kind, System.nanoTime() >= end)) {
                pause();
            }
        }
    }

    private static boolean served(KubernetesClient client, Class<? extends HasMetadata> kind, boolean lastTry) {
        String plural = HasMetadata.getFullResourceName(kind);
        try {
            client.resources(kind)
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            return true;
        } catch (KubernetesClientException e) {
            switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND ->
                    throw new UnpreparedClusterException(
                            "the cluster does not know " + plural + ": install the CRDs with kubectl apply -k crds", e);
                case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                    throw new UnpreparedClusterException(
                            "not allowed to list " + plural + ": bind the roles of deploy/kustomize/rbac.yaml ("
                                    + e.getMessage() + ")",
                            e);
                default -> {
                    if (lastTry) {
                        throw e;
                    }
                    log.debug("{} is not served yet: {}", plural, e.getMessage());
                    return false;
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the API server", e);
        }
    }
}
