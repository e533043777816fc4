package dev.pilotlight.simulator.world;

import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.Scope;
import java.util.Optional;

/** The variants whose provisioned concurrency can be moved, as Application Auto Scaling sees and moves them. */
public interface ScalableVariants {

    /**
     * A serverless variant as DescribeEndpoint tells it; as any description, it is a look at the endpoint's state.
     *
     * @return empty when there is no such endpoint, or it has no such variant that serves
     */
    Optional<VariantState> look(Scope scope, String endpointName, String variantName);

    /**
     * UpdateEndpointWeightsAndCapacities of one variant, called by the service-linked role.
     *
     * @throws AwsError as that operation answers, for instance while the endpoint is updating
     */
    void scale(Scope scope, String endpointName, String variantName, int provisionedConcurrency);

    /**
     * @param provisioned ProvisionedConcurrency in force, 0 for none
     * @param settled no change of the endpoint is under way
     */
    record VariantState(String endpointArn, int provisioned, boolean settled) {}
}
