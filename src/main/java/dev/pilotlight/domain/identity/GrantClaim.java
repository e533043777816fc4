package dev.pilotlight.domain.identity;

import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointSpec;

/**
 * What an endpoint wants to use in AWS, as its author wrote it. Null stands for a field that is not set.
 *
 * @param endpointName name of the endpoint in AWS, also when it was derived
 * @param modelDataURL null when the image contains the model
 */
public record GrantClaim(
        String region, String endpointName, String image, String modelDataURL, String executionRoleARN) {

    /** The claim of an endpoint whose name in AWS is already known. */
    public static GrantClaim of(ServerlessEndpointSpec spec, String endpointName) {
        ModelSpec model = spec.model();
        return new GrantClaim(
                spec.region(), endpointName, model.image(), model.modelDataURL(), model.executionRoleARN());
    }
}
