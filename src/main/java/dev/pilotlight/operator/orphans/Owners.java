package dev.pilotlight.operator.orphans;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.hosting.Names;
import dev.pilotlight.domain.orphans.Census;
import dev.pilotlight.domain.orphans.Holder;
import dev.pilotlight.domain.orphans.Orphan;
import dev.pilotlight.domain.orphans.Owner;
import dev.pilotlight.operator.kube.Definitions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

    /** Tells the census who has the names of the owners now; each owner is asked for once, however much carries its name. */
    void ask(Census census, Collection<Orphan> orphans, Clock clock) {
        Map<Owner, Holder> holders = ask(orphans.stream().map(Orphan::owner).collect(Collectors.toSet()));
        orphans.forEach(orphan ->
                census.answered(orphan, holders.get(orphan.owner()).about(orphan.resource()), clock.instant()));
    }

    Holder ask(Owner owner) {
        return ask(Set.of(owner)).get(owner);
    }

    /** A 404 counts only while the kind stands, before and after: without its definition every object is missing. */
    private Map<Owner, Holder> ask(Set<Owner> owners) {
        boolean stood = !owners.isEmpty() && stands();
        Map<Owner, Holder> holders = new HashMap<>();
        owners.forEach(owner -> holders.put(owner, stood ? find(owner) : new Holder.Unknown()));
        if (holders.containsValue(new Holder.Nobody()) && !stands()) {
            holders.replaceAll((owner, holder) -> holder instanceof Holder.Nobody ? new Holder.Unknown() : holder);
        }
        return holders;
    }

    private Holder find(Owner owner) {
        try {
            ServerlessEndpoint found = client.resources(ServerlessEndpoint.class)
                    .inNamespace(owner.namespace())
                    .withName(owner.name())
                    .get();
            return found == null
                    ? new Holder.Nobody()
                    : new Holder.Somebody(found.getMetadata().getUid(), isSettled(found), uses(found));
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
        try {
            return definitions.of(ServerlessEndpoint.class) instanceof Definitions.State.Established;
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}
