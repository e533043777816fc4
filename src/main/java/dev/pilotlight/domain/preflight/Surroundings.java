package dev.pilotlight.domain.preflight;

import dev.pilotlight.api.v1alpha1.EndpointLimits;
import java.util.Optional;

/**
 * What else there is where an endpoint is to be.
 *
 * @param account what this cluster's other endpoints of the account and Region take
 * @param foreign what endpoints take there that are not this cluster's
 * @param namespace what the other endpoints of the namespace take through the same AWSIdentity, in all Regions
 * @param limits what the identity grants each namespace
 */
public record Surroundings(Usage account, Foreign foreign, Usage namespace, Optional<EndpointLimits> limits) {
    public static final Surroundings EMPTY = new Surroundings(Usage.NONE, Foreign.NONE, Usage.NONE, Optional.empty());
}
