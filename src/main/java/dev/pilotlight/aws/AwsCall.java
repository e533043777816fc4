package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import java.time.Duration;
import java.util.Optional;

/**
 * One attempt of an AWS call, which is one HTTP request unless the network failed before.
 *
 * @param operation with its service, for example {@code sagemaker:CreateEndpoint}
 * @param mutating whether it changes something in AWS
 * @param failure empty when it succeeded
 * @param code AWS error code; empty when it succeeded
 * @param requestId AWS request id; empty when no answer arrived
 * @param duration of the attempt on the wall clock
 */
public record AwsCall(
        Location location,
        String operation,
        boolean mutating,
        Optional<FailureKind> failure,
        String code,
        String requestId,
        Duration duration) {}
