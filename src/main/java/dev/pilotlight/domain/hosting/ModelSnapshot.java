package dev.pilotlight.domain.hosting;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One answer of DescribeModel. */
public record ModelSnapshot(
        String name,
        String arn,
        Instant creationTime,
        String image,
        Optional<String> modelDataURL,
        String executionRoleARN,
        Map<String, String> environment) {
    public ModelSnapshot {
        environment = Map.copyOf(environment);
    }
}
