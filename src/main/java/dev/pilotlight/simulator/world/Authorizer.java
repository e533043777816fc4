package dev.pilotlight.simulator.world;

import dev.pilotlight.simulator.wire.AwsRequest;

/** Decides whether a caller may make a call, before the service sees it. */
@FunctionalInterface
public interface Authorizer {

    /** Lets everybody do everything. */
    Authorizer ALLOW_ALL = (request, operation) -> {};

    /**
     * @param request the request as routed
     * @param operation API operation as the service names it, for example {@code CreateModel}
     * @throws dev.pilotlight.simulator.wire.AwsError the answer of AWS to a denied call
     */
    void authorize(AwsRequest request, String operation);
}
