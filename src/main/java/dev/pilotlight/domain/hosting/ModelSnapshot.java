package dev.pilotlight.domain.hosting;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One answer of DescribeModel.
 *
 * @param beyond AWS's names of settings that a ServerlessEndpoint cannot express; empty for a model of ours
 */
public record ModelSnapshot(
        String name,
        String arn,
        Instant creationTime,
        String image,
        Optional<String> modelDataURL,
        String executionRoleARN,
        Map<String, String> environment,
        List<String> beyond) {
    public ModelSnapshot {
        environment = Map.copyOf(environment);
        beyond = List.copyOf(beyond);
    }

    /** A model with nothing that a ServerlessEndpoint cannot express. */
    public ModelSnapshot(
            String name,
            String arn,
            Instant creationTime,
            String image,
            Optional<String> modelDataURL,
            String executionRoleARN,
            Map<String, String> environment) {
        this(name, arn, creationTime, image, modelDataURL, executionRoleARN, environment, List.of());
    }
}
