package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A production variant of an endpoint configuration.
 *
 * @param capacity what a serverless variant has; empty for one that runs on instances
 * @param instanceType empty for a serverless variant
 * @param instances 0 for a serverless variant
 */
record Variant(
        String name,
        String modelName,
        BigDecimal weight,
        Optional<Capacity> capacity,
        Optional<String> instanceType,
        int instances) {

    /**
     * ServerlessConfig.
     *
     * @param memory MemorySizeInMB
     * @param max MaxConcurrency
     * @param provisioned ProvisionedConcurrency, 0 for none
     */
    record Capacity(int memory, int max, int provisioned) {

        ObjectNode json() {
            ObjectNode json = Documents.empty();
            json.put("MemorySizeInMB", memory);
            json.put("MaxConcurrency", max);
            if (provisioned > 0) {
                json.put("ProvisionedConcurrency", provisioned);
            }
            return json;
        }
    }
}
