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

    /** One line for a condition or an event: operation, code, AWS's text, request id. */
    public String describe() {
        StringBuilder text = new StringBuilder(operation).append(" answered ").append(code);
        if (!message.isEmpty()) {
            text.append(": ").append(message);
        }
        if (!requestId.isEmpty()) {
            text.append(" (request ").append(requestId).append(')');
        }
        return text.toString();
    }
}
