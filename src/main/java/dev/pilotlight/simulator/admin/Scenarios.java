package dev.pilotlight.simulator.admin;

import dev.pilotlight.simulator.wire.Scope;

/** Lets an admin path choose what becomes of an endpoint. */
@FunctionalInterface
public interface Scenarios {

    /**
     * @param scope account and Region
     * @param endpointName an endpoint that exists or will
     * @param scenario name of a scenario, for example {@code bad-ping}; {@code none} takes it back
     * @throws IllegalArgumentException when there is no such scenario
     */
    void choose(Scope scope, String endpointName, String scenario);
}
