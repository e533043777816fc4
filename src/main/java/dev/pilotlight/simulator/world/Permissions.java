package dev.pilotlight.simulator.world;

import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.Caller;
import java.util.Map;

/** Decides whether a caller may do something to a resource, from the policies that are attached to the caller. */
@FunctionalInterface
public interface Permissions {

    /**
     * Returns when the caller may do it.
     *
     * @param action IAM action, for example {@code sagemaker:CreateEndpoint}
     * @param resource ARN, or {@code *} for an action without a resource
     * @param context condition keys of the request with their values, for example {@code iam:PassedToService}; keys of
     *     the principal are known already, and {@code aws:TagKeys} follows from {@code aws:RequestTag/...}
     * @throws AwsError {@code AccessDeniedException} when not
     */
    void require(Caller caller, String action, String resource, Map<String, String> context);

    /** The same question where a no is not the end of the call. */
    default boolean allow(Caller caller, String action, String resource) {
        try {
            require(caller, action, resource, Map.of());
            return true;
        } catch (AwsError denied) {
            return false;
        }
    }
}
