package dev.pilotlight.domain.hosting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One answer of DescribeEndpointConfig. VolumeSizeInGB is left out on purpose: AWS invents it for serverless variants.
 *
 * @param beyond AWS's names of settings that a ServerlessEndpoint cannot express; empty for a config of ours
 */
public record EndpointConfigSnapshot(
        String name, String arn, Instant creationTime, List<Variant> variants, List<String> beyond) {
    public EndpointConfigSnapshot {
        variants = List.copyOf(variants);
        beyond = List.copyOf(beyond);
    }

    /** A config with nothing that a ServerlessEndpoint cannot express. */
    public EndpointConfigSnapshot(String name, String arn, Instant creationTime, List<Variant> variants) {
        this(name, arn, creationTime, variants, List.of());
    }

    /**
     * @param serverless empty for an instance-based variant
     */
    public record Variant(String name, String modelName, Optional<ServerlessCapacity> serverless) {}
}
