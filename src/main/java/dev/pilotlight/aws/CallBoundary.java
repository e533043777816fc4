package dev.pilotlight.aws;

/**
 * The edge of every AWS call, at which a test stands: what it throws takes the place of the call ({@link #before}) or of its answer
 * ({@link #after}).
 */
public interface CallBoundary {

    /** Lets everything pass. */
    CallBoundary OPEN = new CallBoundary() {};

    /**
     * The request is about to leave.
     *
     * @param operation with its service, for example {@code sagemaker:CreateEndpoint}
     */
    default void before(String operation) {}

    /** AWS has answered well; the caller does not know it yet. */
    default void after(String operation) {}
}
