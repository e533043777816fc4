package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.wire.Scope;
import java.util.Optional;

/** Finds what serves under an endpoint's name. */
@FunctionalInterface
public interface HostedEndpoints {

    /** @param endpointName must match the case in which the endpoint was created */
    Optional<Hosted> serving(Scope scope, String endpointName);
}
