package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Search knows of the models and endpoints of one account and Region: each as it was a while ago. That Search lags behind is an
 * assumption, and so is by how much; endpoint configurations cannot be searched for (service model). Guarded by the lock of its
 * {@link Hosting}.
 */
final class SearchIndex {
    private final Duration lag;
    private final Deque<Change> coming = new ArrayDeque<>();
    private final Map<Resource, Entry> known = new HashMap<>();

    /** One record as Search shows it. */
    record Entry(Kind kind, long order, ObjectNode document) {}

    /** @param entry empty when the record is gone */
    private record Change(Instant at, Resource resource, Optional<Entry> entry) {}

    SearchIndex(Duration lag) {
        this.lag = lag;
    }

    void changed(Resource resource, Instant at) {
        document(resource)
                .ifPresent(document -> note(
                        new Change(at, resource, Optional.of(new Entry(resource.kind(), resource.order(), document)))));
    }

    void removed(Resource resource, Instant at) {
        note(new Change(at, resource, Optional.empty()));
    }

    /** Every record of a kind that was known a lag ago. */
    List<Entry> at(Instant now, Kind kind) {
        catchUp(now);
        Collection<Entry> entries = known.values();
        return entries.stream().filter(entry -> entry.kind() == kind).toList();
    }

    private void note(Change change) {
        catchUp(change.at());
        coming.add(change);
    }

    private void catchUp(Instant now) {
        while (!coming.isEmpty() && !coming.getFirst().at().plus(lag).isAfter(now)) {
            Change change = coming.removeFirst();
            change.entry()
                    .ifPresentOrElse(
                            entry -> known.put(change.resource(), entry), () -> known.remove(change.resource()));
        }
    }

    private static Optional<ObjectNode> document(Resource resource) {
        return switch (resource) {
            case Endpoint endpoint -> {
                ObjectNode described = endpoint.describe();
                described.remove("PendingDeploymentSummary");
                yield Optional.of(tagged(described, endpoint));
            }
            case Model model -> {
                ObjectNode dashboard = Documents.empty();
                dashboard.set("Model", tagged(model.describe(), model));
                yield Optional.of(dashboard);
            }
            default -> Optional.empty();
        };
    }

    private static ObjectNode tagged(ObjectNode document, Resource resource) {
        ArrayNode tags = document.putArray("Tags");
        resource.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        return document;
    }
}
