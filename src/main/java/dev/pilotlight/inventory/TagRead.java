package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.Ownership;
import java.util.Optional;

/**
 * That tags were read, and what they say.
 *
 * @param owner empty for tags that are not ours
 */
record TagRead(Optional<Ownership> owner) {}
