package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.Ownership;
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
     * @param owner from its tags; empty for a resource that carries none of ours
     */
    record Present<T>(T resource, Optional<Ownership> owner) implements Sighting<T> {}
}
