package dev.pilotlight.operator.kube;

import dev.pilotlight.api.v1alpha1.Pilotlight;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;

/**
 * Writes status, and is the only one who does.
 *
 * <p>A write is a server-side apply on the status subresource that carries the resourceVersion the status was decided on. Without it a
 * late write would land on whatever object has the name by then, also on one that was deleted and made anew; the uid in the patch does
 * not prevent that. With it such a write is refused, and so is one that overlooked an edit. A refused write is never repeated as it is.
 *
 * <p>An answer that is lost on the way needs nothing further: whoever repeats the write meets a newer resourceVersion, gathers again and
 * finds the status already there.
 */
public final class StatusWriter {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(Pilotlight.FIELD_MANAGER)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final StatusComparison comparison;

    public StatusWriter(KubernetesClient client) {
        this.client = client;
        this.comparison = new StatusComparison(client.getKubernetesSerialization());
    }

    /**
     * Writes the status unless the object already says the same.
     *
     * @param decidedOn the object exactly as it was read before anything was decided
     * @param status the whole status: what is left out and was written by us before is removed
     * @throws KubernetesClientException when the API server cannot be reached or refuses for another reason
     */
    public <S> StatusWrite write(CustomResource<?, S> decidedOn, S status) {
        if (comparison.same(decidedOn.getStatus(), status)) {
            return new StatusWrite.Unchanged();
        }
        try {
            return new StatusWrite.Written(
                    apply(decidedOn, status).getMetadata().getResourceVersion());
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> new StatusWrite.Conflict();
                case HttpURLConnection.HTTP_NOT_FOUND -> new StatusWrite.Gone();
                default -> throw e;
            };
        }
    }

    /** A fresh object with nothing but identity and status: an apply owns every field it carries. */
    private GenericKubernetesResource apply(HasMetadata decidedOn, Object status) {
        GenericKubernetesResource patch = new GenericKubernetesResource();
        patch.setApiVersion(decidedOn.getApiVersion());
        patch.setKind(decidedOn.getKind());
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(decidedOn.getMetadata().getName())
                .withNamespace(decidedOn.getMetadata().getNamespace())
                .withResourceVersion(decidedOn.getMetadata().getResourceVersion())
                .build());
        patch.setAdditionalProperty("status", status);
        var resources =
                client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(decidedOn.getClass()));
        String namespace = decidedOn.getMetadata().getNamespace();
        var resource = namespace == null
                ? resources.resource(patch)
                : resources.inNamespace(namespace).resource(patch);
        return resource.subresource("status").patch(APPLY);
    }
}
