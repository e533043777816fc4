package dev.pilotlight.domain.failure;

import java.util.Objects;

/**
 * A failed AWS call.
 *
 * @param kind what to do next
 * @param operation API operation with its service, for example {@code sagemaker:CreateEndpoint}
 * @param code AWS error code, for example {@code ValidationException}; for a failure below HTTP the exception's simple name
 * @param message AWS's own text, never null; empty where AWS sent none
 * @param requestId AWS request id; empty when no answer arrived
 */
public record AwsFailure(FailureKind kind, String operation, String code, String message, String requestId) {
    public AwsFailure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(code, "code");
        message = message == null ? "" : message;
        requestId = requestId == null ? "" : requestId;
    }

    /** One line for a condition: operation, code and AWS's text. The same failure reads the same each time, so it is written once. */
    public String describe() {
        return operation + " answered " + code + (message.isEmpty() ? "" : ": " + message);
    }

    /** As {@link #describe}, with the request id that AWS's support asks for: for logs, where every attempt is a line of its own. */
    public String describeAttempt() {
        return describe() + (requestId.isEmpty() ? "" : " (request " + requestId + ")");
    }
}
