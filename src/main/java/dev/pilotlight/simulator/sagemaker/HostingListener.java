package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.wire.Scope;
import java.time.Instant;

/** Hears when variants begin to serve, change their capacity, and stop. Called under hosting's lock: must be quick. */
public interface HostingListener {

    /** From {@code from} on the endpoint serves with this capacity. */
    void serves(Scope scope, Hosted hosted, Instant from);

    /** From {@code at} on the endpoint serves no more. */
    void stops(Scope scope, String endpointName, Instant at);
}
