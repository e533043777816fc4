package dev.pilotlight.domain.hosting;

import java.util.Map;

/** What CreateEndpointConfig is asked for: one serverless variant. */
public record EndpointConfigRequest(
        String name, String variantName, String modelName, ServerlessCapacity capacity, Map<String, String> tags) {
    public EndpointConfigRequest {
        tags = Map.copyOf(tags);
    }
}
