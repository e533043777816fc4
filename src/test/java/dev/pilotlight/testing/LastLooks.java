package dev.pilotlight.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What an API server answered last. It is asked again only when somebody wrote since: a story looks at its objects after every step, and most
 * steps change nothing in the cluster.
 */
final class LastLooks {
    private final KubeApi api;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    private record Look(long writes, Optional<HasMetadata> object) {}

    LastLooks(KubeApi api) {
        this.api = api;
    }

    /** Whatever was seen may have been changed by somebody whose writes nobody counts. */
    void forget() {
        looks.clear();
    }

    /** Null where there is none. */
    <T extends HasMetadata> T at(Class<T> kind, String namespace, String name, Supplier<T> look) {
        // Counted before and after each write: what was seen while one was under way is not relied on after it.
        long writes = api.writesSoFar();
        Look last = looks.compute(
                kind.getSimpleName() + " " + namespace + "/" + name,
                (key, before) -> before != null && before.writes() == writes
                        ? before
                        : new Look(writes, Optional.ofNullable(look.get())));
        return last.object().map(kind::cast).orElse(null);
    }
}
