package dev.pilotlight.domain.orphans;

import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.OwnedResource;

/** Something in AWS that carries our tags and whose owner is gone, or may be. */
public record Orphan(Location location, OwnedResource resource) {

    public Owner owner() {
        return Owner.of(resource.owner());
    }
}
