package dev.pilotlight.domain.hosting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One answer of DescribeEndpointConfig. VolumeSizeInGB is left out on purpose: AWS invents it for serverless variants. */
public record EndpointConfigSnapshot(String name, String arn, Instant creationTime, List<Variant> variants) {
    public EndpointConfigSnapshot {
        variants = List.copyOf(variants);
    }

    /**
     * @param serverless empty for an instance-based variant
     */
    public record Variant(String name, String modelName, Optional<ServerlessCapacity> serverless) {}
}
