package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an object takes over from its predecessor besides the endpoint: the models and endpoint configs of its revisions, and a preview that
 * was under way. All of it comes into the history before any of it is tagged as ours. From there a preview is used or taken down, old
 * revisions are trimmed, and what serves is the revision to go back to. A status that was lost with the predecessor loses nothing else.
 */
final class Inheritance {
    private final Draft draft;
    private final Desired desired;
    private final EndpointSnapshot live;
    private final String wanted;

    Inheritance(Draft draft, EndpointSnapshot live) {
        this.draft = draft;
        this.desired = draft.desired;
        this.live = live;
        this.wanted = desired.revision().name();
    }

    /** The next step; empty when nothing but the endpoint itself is left. */
    Optional<Decision> next() {
        List<OwnedResource> left = draft.observed.leftBehind();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        List<RevisionRecord> history = history(left);
        if (!history.equals(draft.revisions())) {
            draft.revisions(history);
            serving(left).ifPresent(draft::deployed);
            return Optional.of(draft.decide(new Step.None()));
        }
        OwnedResource next = left.getFirst();
        return Optional.of(draft.decide(new Step.AddTags(
                next.kind(),
                next.name(),
                next.arn(),
                next.owner().withUid(desired.owner().uid()).toTags())));
    }

    private List<RevisionRecord> history(List<OwnedResource> left) {
        Map<String, RevisionRecord> records = new LinkedHashMap<>();
        draft.revisions().forEach(record -> records.put(record.name(), record));
        String serving = revisionOf(live.configName(), left).orElse("");
        List<OwnedResource> inOrder = new ArrayList<>(left);
        inOrder.sort(Comparator.comparing((OwnedResource resource) -> rank(resource, serving))
                .thenComparing(this::revision)
                .thenComparing(OwnedResource::kind)
                .thenComparing(OwnedResource::name));
        for (OwnedResource resource : inOrder) {
            String revision = revision(resource);
            if (!revision.isEmpty()) {
                records.put(revision, with(records.getOrDefault(revision, unknown(revision, serving)), resource));
            }
        }
        return List.copyOf(records.values());
    }

    /** Newest first, as far as one can tell. */
    private int rank(OwnedResource resource, String serving) {
        String revision = revision(resource);
        return revision.equals(wanted) ? 0 : revision.equals(serving) ? 1 : 2;
    }

    /** Nobody says which revisions were proven; but what serves is what there is to go back to. */
    private RevisionRecord unknown(String revision, String serving) {
        return revision.equals(wanted)
                ? new RevisionRecord(wanted, desired.modelName(), desired.configName(), RevisionState.PENDING)
                : new RevisionRecord(
                        revision,
                        null,
                        null,
                        revision.equals(serving) && live.status().serves()
                                ? RevisionState.DEPLOYED
                                : RevisionState.PENDING);
    }

    private RevisionRecord with(RevisionRecord record, OwnedResource resource) {
        String name = resource.name();
        return switch (resource.kind()) {
            case ENDPOINT -> record.withPreview(desired.previewConfigName(record.name()));
            case ENDPOINT_CONFIG -> {
                boolean previews = resource.owner().role() == Ownership.Role.PREVIEW && !name.equals(live.configName());
                if (previews) {
                    yield record.withPreview(name);
                }
                boolean noted = name.equals(record.endpointConfigName())
                        || record.otherEndpointConfigNames().contains(name);
                yield noted
                        ? record
                        : record.endpointConfigName() == null || name.equals(live.configName())
                                ? record.withEndpointConfig(name)
                                : record.withOtherEndpointConfig(name);
            }
            case MODEL -> record.modelName() == null ? record.withModel(name) : record;
        };
    }

    /** The revision that serves, unless it is the wanted one: that is proven before it counts. */
    private Optional<String> serving(List<OwnedResource> left) {
        return revisionOf(live.configName(), left)
                .filter(revision -> live.status().serves() && !revision.equals(wanted))
                .filter(revision -> draft.deployed().isEmpty());
    }

    private Optional<String> revisionOf(String config, List<OwnedResource> left) {
        return left.stream()
                .filter(resource -> resource.kind() == Kind.ENDPOINT_CONFIG
                        && resource.name().equals(config))
                .map(this::revision)
                .filter(revision -> !revision.isEmpty())
                .findFirst();
    }

    private String revision(OwnedResource resource) {
        return resource.kind() == Kind.ENDPOINT
                ? desired.names().revisionOfPreview(resource.name()).orElse("")
                : resource.owner().revision();
    }
}
