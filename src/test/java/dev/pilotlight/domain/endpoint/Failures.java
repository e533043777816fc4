package dev.pilotlight.domain.endpoint;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;

/** Failed AWS calls for tests. */
final class Failures {

    private Failures() {}

    static AwsFailure of(FailureKind kind) {
        return of(kind, "request-1");
    }

    static AwsFailure of(FailureKind kind, String requestId) {
        return new AwsFailure(kind, "sagemaker:SomeCall", "SomeCode", "what AWS says", requestId);
    }

    static AwsFailure heldByOurselves() {
        return new AwsFailure(FailureKind.THROTTLED, "sagemaker:SomeCall", "LocalRateLimit", "", "");
    }
}
