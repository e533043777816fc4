package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.Ownership;
import java.util.Optional;

/**
 * A resource found by name.
 *
 * @param owner from its tags; empty for a resource that carries none of ours
 */
public record OwnedResource(Kind kind, String name, String arn, Optional<Ownership> owner) {}
