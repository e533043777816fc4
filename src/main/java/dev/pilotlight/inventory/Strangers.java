package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointSummary;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of endpoints that nobody watches: read once for each row that a listing shows of them. Guarded by its {@link Shelf}. */
final class Strangers {
    private final Map<String, Known> known = new HashMap<>();

    private record Known(EndpointSummary row, Stranger stranger) {}

    /** Whether the row tells of something that was not looked at. What AWS is changing just now is looked at when that is over. */
    boolean isNews(String key, EndpointSummary row) {
        Known before = known.get(key);
        return !row.status().isMoving() && (before == null || !before.row().equals(row));
    }

    void lookedAt(String key, EndpointSummary row, Optional<Sighting.Present<EndpointSnapshot>> answer) {
        known.put(key, new Known(row, of(row.name(), answer)));
    }

    Stranger stranger(String key, String name) {
        Known seen = known.get(key);
        return seen == null
                ? new Stranger(name, false, Optional.empty(), Optional.empty(), Optional.empty())
                : seen.stranger();
    }

    static Stranger of(String name, Optional<Sighting.Present<EndpointSnapshot>> answer) {
        return new Stranger(
                name,
                true,
                answer.flatMap(seen -> concurrency(seen.resource())),
                answer.map(seen -> seen.resource().arn()),
                answer.flatMap(Sighting.Present::owner));
    }

    void keepOnly(Set<String> keys) {
        known.keySet().retainAll(keys);
    }

    private static Optional<Concurrency> concurrency(EndpointSnapshot seen) {
        List<Concurrency> serverless = seen.variants().stream()
                .flatMap(variant -> variant.current().stream())
                .map(ServerlessCapacity::concurrency)
                .toList();
        return serverless.stream()
                .reduce((a, b) -> new Concurrency(a.max() + b.max(), a.provisioned() + b.provisioned()));
    }
}
