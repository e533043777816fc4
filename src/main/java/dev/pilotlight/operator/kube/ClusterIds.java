package dev.pilotlight.operator.kube;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** The id by which AWS resources know the cluster they were made from. */
public final class ClusterIds {
    private static final String KUBE_SYSTEM = "kube-system";

    private ClusterIds() {}

    /**
     * The configured id, or the UID of the kube-system namespace. The UID changes when a cluster is rebuilt from a backup; whoever plans
     * that sets the id.
     *
     * @throws UnpreparedClusterException when there is neither, with what to do
     */
    public static String resolve(KubernetesClient client, Optional<String> configured) {
        return configured.filter(id -> !id.isBlank()).orElseGet(() -> {
            Namespace namespace = client.namespaces().withName(KUBE_SYSTEM).get();
            if (namespace == null) {
                throw new UnpreparedClusterException("namespace " + KUBE_SYSTEM + " not found: set --cluster-id");
            }
            return namespace.getMetadata().getUid();
        });
    }
}
