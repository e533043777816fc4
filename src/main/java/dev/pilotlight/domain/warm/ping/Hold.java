package dev.pilotlight.domain.warm.ping;

import java.util.Optional;

/** Why no ping is sent now. */
public enum Hold {
    /** The endpoint's identity does not let its namespace use AWS. */
    IDENTITY_REFUSED,
    /** The endpoint is being made, changed or deleted, or has failed: a ping could only disturb it or fail. */
    NOT_IN_SERVICE,
    /** As many slots are provisioned as containers are to be kept warm. */
    COVERED,
    /** Pings are for open windows only, and none is open. */
    WINDOW_SHUT,
    /** The month has cost the budget already, and it clamps. */
    BUDGET_SPENT;

    /**
     * @param inService the endpoint's state as last seen
     * @param provisioned slots it has
     * @param concurrency containers to keep warm
     * @param wanted whether the time is one for pings
     * @param paid whether the budget has something left for them
     */
    public static Optional<Hold> of(boolean inService, int provisioned, int concurrency, boolean wanted, boolean paid) {
        if (!inService) {
            return Optional.of(NOT_IN_SERVICE);
        }
        if (provisioned >= concurrency) {
            return Optional.of(COVERED);
        }
        if (!wanted) {
            return Optional.of(WINDOW_SHUT);
        }
        return paid ? Optional.empty() : Optional.of(BUDGET_SPENT);
    }
}
