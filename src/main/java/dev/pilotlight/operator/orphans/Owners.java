package dev.pilotlight.operator.orphans;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.hosting.Names;
import dev.pilotlight.domain.orphans.Holder;
import dev.pilotlight.domain.orphans.Owner;
import dev.pilotlight.operator.kube.Definitions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the API server itself, never a cache, who has the name of an owner. */
public final class Owners {
    private final KubernetesClient client;
    private final Definitions definitions;

    public Owners(KubernetesClient client) {
        this.client = client;
        this.definitions = new Definitions(client);
    }

    /** A 404 counts only while the kind stands: without its definition every object is missing. */
    public Holder ask(Owner owner) {
        try {
            if (!stands()) {
                return new Holder.Unknown();
            }
            ServerlessEndpoint found = client.resources(ServerlessEndpoint.class)
                    .inNamespace(owner.namespace())
                    .withName(owner.name())
                    .get();
            if (found != null) {
                return new Holder.Somebody(found.getMetadata().getUid(), isSettled(found), uses(found));
            }
            return stands() ? new Holder.Nobody() : new Holder.Unknown();
        } catch (KubernetesClientException e) {
            return new Holder.Unknown();
        }
    }

    private static boolean isSettled(ServerlessEndpoint object) {
        return object.getStatus() != null
                && object.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals(ConditionTypes.READY)
                                && condition.status().equals("True")
                                && Objects.equals(
                                        condition.observedGeneration(),
                                        object.getMetadata().getGeneration()));
    }

    private static Set<String> uses(ServerlessEndpoint object) {
        ServerlessEndpointStatus status = object.getStatus();
        if (status == null) {
            return Set.of();
        }
        Names names = Names.of(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
        Stream<String> ofRevisions = status.revisions().stream()
                .flatMap(record ->
                        Stream.concat(record.otherEndpointConfigNames().stream(), Stream.of(mentioned(record, names))));
        return Stream.concat(Stream.of(status.endpointName()), ofRevisions)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static String[] mentioned(RevisionRecord record, Names names) {
        return new String[] {
            record.modelName(),
            record.endpointConfigName(),
            record.previewEndpointConfigName(),
            record.previewEndpointConfigName() == null ? null : names.preview(record.name())
        };
    }

    private boolean stands() {
        return definitions.of(ServerlessEndpoint.class) instanceof Definitions.State.Established;
    }
}
