package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import java.time.Instant;
import java.util.Optional;

/** An AWS call that did not succeed, typed by what to do next. */
public final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AwsFailure failure;
    private final transient Optional<Instant> retryAt;

    public AwsException(AwsFailure failure, Throwable cause) {
        this(failure, Optional.empty(), cause);
    }

    /**
     * @param retryAt the earliest moment at which trying again makes sense, where that is known (our own rate limiter knows)
     */
    public AwsException(AwsFailure failure, Optional<Instant> retryAt, Throwable cause) {
        super(failure.describeAttempt(), cause);
        this.failure = failure;
        this.retryAt = retryAt;
    }

    public AwsFailure failure() {
        return failure;
    }

    public FailureKind kind() {
        return failure.kind();
    }

    public Optional<Instant> retryAt() {
        return retryAt;
    }
}
