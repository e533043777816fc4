package dev.pilotlight.aws;

/** Opens sessions; the seam at which tests and the simulator's users put their own AWS. */
public interface AwsSessions {

    /**
     * A session for the request, from the cache where its credentials are still good. Reaching STS counts as one AWS call.
     *
     * @throws AwsException kind {@code DENIED} when the role cannot be assumed
     */
    AwsSession open(SessionRequest request);

    /** Forgets cached credentials of an AWSIdentity, so that a changed or revoked one takes effect at once. */
    void forget(String identity);
}
