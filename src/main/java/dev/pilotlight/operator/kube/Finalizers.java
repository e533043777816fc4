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

/**
 * Takes our finalizer off an object that is cleaned up, and off no other. JOSDK's own removal reads the object again by name when it meets
 * a conflict, and then takes the finalizer off a namesake that came meanwhile, whose clean-up would never happen.
 */
public final class Finalizers {
    private static final int UNPROCESSABLE = 422;
    private static final PatchContext JSON_PATCH =
            new PatchContext.Builder().withPatchType(PatchType.JSON).build();

    private final KubernetesClient client;

    public Finalizers(KubernetesClient client) {
        this.client = client;
    }

    /**
     * @param cleaned the object as the pass that found nothing left had read it
     * @return whether it is done with; false when the object changed meanwhile and has to be looked at again
     * @throws KubernetesClientException when the API server cannot be reached or refuses for another reason
     */
    public boolean remove(HasMetadata cleaned) {
        List<String> others = new ArrayList<>(cleaned.getMetadata().getFinalizers());
        if (!others.remove(Pilotlight.FINALIZER)) {
            return true;
        }
        List<Map<String, Object>> patch = List.of(
                Map.of(
                        "op",
                        "test",
                        "path",
                        "/metadata/uid",
                        "value",
                        cleaned.getMetadata().getUid()),
                Map.of(
                        "op",
                        "test",
                        "path",
                        "/metadata/resourceVersion",
                        "value",
                        cleaned.getMetadata().getResourceVersion()),
                Map.of("op", "replace", "path", "/metadata/finalizers", "value", others));
        try {
            client.resource(cleaned)
                    .patch(JSON_PATCH, client.getKubernetesSerialization().asJson(patch));
            return true;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> true;
                case HttpURLConnection.HTTP_CONFLICT, UNPROCESSABLE -> false;
                default -> throw e;
            };
        }
    }
}
