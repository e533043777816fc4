package dev.pilotlight.domain.orphans;

import dev.pilotlight.domain.hosting.Ownership;

/** The ServerlessEndpoint that tags name, in whichever life of it: see {@link Holder}. */
public record Owner(String namespace, String name) {

    public static Owner of(Ownership ownership) {
        return new Owner(ownership.namespace(), ownership.name());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
