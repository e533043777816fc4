package dev.pilotlight.operator.kube;

import dev.pilotlight.api.v1alpha1.Pilotlight;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes our finalizer off an object that is cleaned up, and off no other. JOSDK's own removal reads the object again by name when it meets
 * a conflict, and then takes the finalizer off a namesake that came meanwhile, whose clean-up would never happen.
 */
public final class Finalizers {
    private static final Logger log = LoggerFactory.getLogger(Finalizers.class);
    private static final int UNPROCESSABLE = 422;
    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

    private final KubernetesClient client;

    public Finalizers(KubernetesClient client) {
        this.client = client;
    }

    /**
     * @param cleaned the object as the pass that found nothing left had read it
     * @return whether it is done with; false when the object changed meanwhile, or a policy forbids it, and it has to be looked at again
     * @throws KubernetesClientException when the API server cannot be reached or refuses for another reason
     */
    public boolean remove(HasMetadata cleaned) {
        List<String> others = new ArrayList<>(cleaned.getMetadata().getFinalizers());
        if (!others.remove(Pilotlight.FINALIZER)) {
            return true;
        }
        // The version is what makes another one a conflict, and tells it from whatever else the API server may refuse.
        Map<String, Object> patch = Map.of(
                "metadata",
                Map.of(
                        "uid",
                        cleaned.getMetadata().getUid(),
                        "resourceVersion",
                        cleaned.getMetadata().getResourceVersion(),
                        "finalizers",
                        others));
        try {
            client.resource(cleaned)
                    .patch(MERGE, client.getKubernetesSerialization().asJson(patch));
            return true;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> true;
                case HttpURLConnection.HTTP_CONFLICT -> false;
                case UNPROCESSABLE -> {
                    log.warn(
                            "the API server refuses that the finalizer is taken off {}/{}: {}",
                            cleaned.getMetadata().getNamespace(),
                            cleaned.getMetadata().getName(),
                            e.getMessage());
                    yield false;
                }
                default -> throw e;
            };
        }
    }
}
