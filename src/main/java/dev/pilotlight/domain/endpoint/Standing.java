package dev.pilotlight.domain.endpoint;

/** Whether the object may act in AWS at all: what its AWSIdentity says about it. */
public sealed interface Standing {

    /** It may. */
    record Granted(String accountID) implements Standing {}

    /** It may not yet, and the cause can pass without a change of the object: the identity is missing, or not ready. */
    record Waiting(String reason, String message) implements Standing {}

    /** The identity's allow-lists refuse it; somebody must change the one or the other. */
    record Refused(String reason, String message) implements Standing {}
}
