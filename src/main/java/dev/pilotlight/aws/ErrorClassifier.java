package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import java.util.Comparator;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns what the SDK throws into a failure typed by what to do next. What it knows is in {@link ErrorTable}. */
final class ErrorClassifier {

    private ErrorClassifier() {}

    static AwsFailure classify(String operation, SdkException e) {
        return e instanceof AwsServiceException answered ? answered(operation, answered) : unanswered(operation, e);
    }

    private static AwsFailure answered(String operation, AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code =
                Optional.ofNullable(details).map(AwsErrorDetails::errorCode).orElse("Http" + e.statusCode());
        String message =
                Optional.ofNullable(details).map(AwsErrorDetails::errorMessage).orElse("");
        FailureKind kind = kind(service(operation), code, message, e.statusCode());
        return new AwsFailure(kind, operation, code, message, e.requestId());
    }

    /** The most exact row wins; where there is none, the HTTP status decides. */
    static FailureKind kind(String service, String code, String message, int httpStatus) {
        return ErrorTable.ROWS.stream()
                .filter(row -> row.matches(service, code, message))
                .max(Comparator.comparing(ErrorTable.Row::exactness))
                .map(ErrorTable.Row::kind)
                .orElseGet(() -> byStatus(httpStatus));
    }

    private static FailureKind byStatus(int status) {
        return switch (status) {
            case 401, 403 -> FailureKind.DENIED;
            case 404 -> FailureKind.NOT_FOUND;
            case 408 -> FailureKind.RETRIABLE;
            case 409 -> FailureKind.CONFLICT;
            case 429 -> FailureKind.THROTTLED;
            default -> status >= 400 && status < 500 ? FailureKind.INVALID : FailureKind.RETRIABLE;
        };
    }

    /** Below HTTP: no credentials to sign with, or a network that broke, which may have been after the request arrived. */
    private static AwsFailure unanswered(String operation, SdkException e) {
        String message = String.valueOf(e.getMessage());
        boolean unsigned = message.startsWith("Unable to load credentials");
        return new AwsFailure(
                unsigned ? FailureKind.DENIED : FailureKind.RETRIABLE,
                operation,
                e.getClass().getSimpleName(),
                message,
                "");
    }

    private static String service(String operation) {
        return operation.substring(0, operation.indexOf(':'));
    }
}
