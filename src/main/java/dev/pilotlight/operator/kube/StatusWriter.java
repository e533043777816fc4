package dev.pilotlight.operator.kube;

import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.domain.endpoint.Safeguards;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;

/**
 * Writes status, and is the only one who does.
 *
 * <p>A write is a server-side apply on the status subresource that carries the resourceVersion the status was decided on. Without it a
 * late write would land on whatever object has the name by then, also on one that was deleted and made anew; the uid in the patch does
 * not prevent that. With it such a write is refused, and so is one that overlooked an edit. A refused write is never repeated as it is.
 *
 * <p>What an apply leaves out goes only as far as nobody else wrote it: a status that came from a backup or was edited by hand would keep
 * what we do not say any more. Where others wrote status and the answer is not what we said, a second write makes it so. That one only takes
 * away, so that it leaves no second field manager of ours behind.
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

    private static final PatchContext REPLACE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager(Pilotlight.FIELD_MANAGER)
            .build();

    private final KubernetesClient client;
    private final Safeguards safeguards;
    private final Runnable licence;
    private final StatusComparison comparison;

    /** For a process that is alone. */
    public StatusWriter(KubernetesClient client, Safeguards safeguards) {
        this(client, safeguards, () -> {});
    }

    /**
     * @param licence throws when this process may not write (any more). A leader that stood still for longer than its lease reads the
     *     newest versions like its successor, and would write what it makes of an old view of AWS over what that one says, in turns
     */
    public StatusWriter(KubernetesClient client, Safeguards safeguards, Runnable licence) {
        this.client = client;
        this.safeguards = safeguards;
        this.licence = licence;
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
        licence.run();
        try {
            GenericKubernetesResource applied = apply(decidedOn, status);
            if (othersWroteStatus(applied)
                    && !comparison.same(applied.getAdditionalProperties().get("status"), status)) {
                applied = replace(decidedOn, applied, status);
            }
            return new StatusWrite.Written(applied.getMetadata().getResourceVersion());
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
                .withResourceVersion(safeguards
                        .precondition(decidedOn.getMetadata().getResourceVersion())
                        .orElse(null))
                .build());
        patch.setAdditionalProperty("status", status);
        return subresource(decidedOn, patch).patch(APPLY);
    }

    private static boolean othersWroteStatus(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .filter(entry -> !entry.getManager().equals(Pilotlight.FIELD_MANAGER))
                .anyMatch(entry -> entry.getFieldsV1() != null
                        && entry.getFieldsV1().getAdditionalProperties().containsKey("f:status"));
    }

    /** Takes away what others had written beside ours, from the version that has ours. */
    private GenericKubernetesResource replace(HasMetadata decidedOn, GenericKubernetesResource applied, Object status) {
        List<Map<String, Object>> patch = List.of(
                // Not a test, whose failure could not be told from a status that the schema refuses.
                Map.of(
                        "op",
                        "replace",
                        "path",
                        "/metadata/resourceVersion",
                        "value",
                        applied.getMetadata().getResourceVersion()),
                Map.of("op", "replace", "path", "/status", "value", status));
        return subresource(decidedOn, applied)
                .patch(REPLACE, client.getKubernetesSerialization().asJson(patch));
    }

    private EditReplacePatchable<GenericKubernetesResource> subresource(
            HasMetadata decidedOn, GenericKubernetesResource object) {
        var resources =
                client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(decidedOn.getClass()));
        String namespace = decidedOn.getMetadata().getNamespace();
        var resource = namespace == null
                ? resources.resource(object)
                : resources.inNamespace(namespace).resource(object);
        return resource.subresource("status");
    }
}
