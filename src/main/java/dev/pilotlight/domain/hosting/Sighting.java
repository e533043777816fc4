package dev.pilotlight.domain.hosting;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of one AWS resource by name.
 *
 * @param <T> the resource's snapshot
 */
public sealed interface Sighting<T> {

    /** Nobody has looked since the operator started, or what was known is void because we changed it. */
    record Unseen<T>() implements Sighting<T> {}

    /** AWS says there is none. */
    record Absent<T>() implements Sighting<T> {}

    /**
     * There is one.
     *
     * @param tags all its tags, ours and others
     */
    record Present<T>(T resource, Map<String, String> tags) implements Sighting<T> {
        public Present {
            tags = Map.copyOf(tags);
        }

        /** Whose it is; empty for a resource that carries none of our tags. */
        public Optional<Ownership> owner() {
            return Ownership.fromTags(tags);
        }
    }

    /** The resource, where there is one. */
    default Optional<T> found() {
        return this instanceof Present<T> present ? Optional.of(present.resource()) : Optional.empty();
    }
}
