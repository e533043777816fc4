package dev.pilotlight.domain.endpoint;

import java.util.Optional;

/** Whether the object may act in AWS at all: what its AWSIdentity says about it. */
public sealed interface Standing {

    /**
     * It may.
     *
     * @param adoptionRefusal why the identity does not let the endpoint be adopted; empty where it does
     */
    record Granted(String accountID, Optional<String> adoptionRefusal) implements Standing {}

    /**
     * It may not yet, and the cause can pass without a change of the object: the identity is missing, or not ready.
     *
     * @param awsIsAway the cause is that AWS does not answer, and nobody has to do anything about it
     */
    record Waiting(String reason, String message, boolean awsIsAway) implements Standing {

        /** A cause that somebody may have to see to when it lasts. */
        public Waiting(String reason, String message) {
            this(reason, message, false);
        }
    }

    /** The identity's allow-lists refuse it; somebody must change the one or the other. */
    record Refused(String reason, String message) implements Standing {}
}
