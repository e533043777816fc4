package dev.pilotlight.simulator.world;

import dev.pilotlight.simulator.wire.Scope;

/** What is registered with Application Auto Scaling, as hosting asks before it deletes an endpoint. */
public interface ScalingTargets {

    /** Nothing is registered. */
    ScalingTargets NONE = new ScalingTargets() {
        @Override
        public boolean covers(Scope scope, String endpointName) {
            return false;
        }

        @Override
        public void deregister(Scope scope, String endpointName) {}
    };

    /** Whether a variant of the endpoint is a scalable target. */
    boolean covers(Scope scope, String endpointName);

    /** Forgets the targets of the endpoint with their policies and scheduled actions. */
    void deregister(Scope scope, String endpointName);
}
