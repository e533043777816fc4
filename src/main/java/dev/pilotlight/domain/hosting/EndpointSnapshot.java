package dev.pilotlight.domain.hosting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One answer of DescribeEndpoint, reduced to what decisions read.
 *
 * @param name in the case it was created with
 * @param arn AWS writes the name in it in lower case
 * @param configName the live endpoint config
 * @param failureReason AWS's FailureReason; set on Failed, and also on InService after an update that was rolled back
 * @param variants empty where AWS leaves ProductionVariants out (Creating, Failed)
 */
public record EndpointSnapshot(
        String name,
        String arn,
        EndpointStatus status,
        Instant creationTime,
        Instant lastModifiedTime,
        String configName,
        Optional<String> failureReason,
        List<Variant> variants) {
    public EndpointSnapshot {
        variants = List.copyOf(variants);
    }

    /**
     * @param current AWS's CurrentServerlessConfig; empty for an instance-based variant
     * @param resolvedImage repository and digest that the variant runs, where AWS says so
     */
    public record Variant(String name, Optional<ServerlessCapacity> current, Optional<String> resolvedImage) {}

    /** The capacity of a serverless endpoint's only variant, where AWS reports it. */
    public Optional<ServerlessCapacity> capacity() {
        return variants.size() == 1 ? variants.getFirst().current() : Optional.empty();
    }
}
