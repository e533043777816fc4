package dev.pilotlight.domain.identity;

import java.util.Map;

/** The namespace that asks, with the labels it carries now. */
public record TenantNamespace(String name, Map<String, String> labels) {
    public TenantNamespace {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }
}
