package dev.pilotlight.inventory;

import java.util.List;

/** What AWS has under one stem. */
public record Owned(List<OwnedResource> resources) {
    public Owned {
        resources = List.copyOf(resources);
    }
}
