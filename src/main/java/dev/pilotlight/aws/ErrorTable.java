package dev.pilotlight.aws;

import static dev.pilotlight.domain.failure.FailureKind.CONFLICT;
import static dev.pilotlight.domain.failure.FailureKind.DENIED;
import static dev.pilotlight.domain.failure.FailureKind.INVALID;
import static dev.pilotlight.domain.failure.FailureKind.IN_PROGRESS;
import static dev.pilotlight.domain.failure.FailureKind.NOT_FOUND;
import static dev.pilotlight.domain.failure.FailureKind.QUOTA_EXCEEDED;
import static dev.pilotlight.domain.failure.FailureKind.RETRIABLE;
import static dev.pilotlight.domain.failure.FailureKind.THROTTLED;

import dev.pilotlight.domain.failure.FailureKind;
import java.util.List;

/**
 * What AWS's errors mean, as data. SageMaker's control plane answers nearly everything with ValidationException and HTTP 400, so only
 * the start of the message tells; the texts were observed publicly, AWS documents none of them. Rows marked "assumed" were not even that:
 * where they are wrong, the row below that catches all of the code applies, and the call is tried again all the same.
 */
final class ErrorTable {

    private static final String ANY = "";
    private static final String SAGEMAKER = "sagemaker";
    private static final String AUTO_SCALING = "application-autoscaling";
    private static final String VALIDATION = "ValidationException";

    private ErrorTable() {}

    /**
     * One rule; the empty string stands for any.
     *
     * @param service prefix of the operation: {@code sagemaker} (Runtime too), {@code sts}, {@code ecr}, {@code s3}, {@code servicequotas}, {@code iam},
     *     {@code application-autoscaling}, {@code cloudwatch}, {@code pricing}
     * @param prefix start of the message
     * @param part text that must be somewhere in the message
     */
    record Row(String service, String code, String prefix, String part, FailureKind kind) {

        boolean matches(String service, String code, String message) {
            return (this.service.isEmpty() || this.service.equals(service))
                    && (this.code.isEmpty() || this.code.equals(code))
                    && message.startsWith(prefix)
                    && message.contains(part);
        }

        /** The longest text first, then a row with a code, then one with a service. */
        int exactness() {
            return 4 * (prefix.length() + part.length()) + (code.isEmpty() ? 0 : 2) + (service.isEmpty() ? 0 : 1);
        }
    }

    static final List<Row> ROWS = List.of(
            // SageMaker's control plane
            text(VALIDATION, "Could not find endpoint configuration", NOT_FOUND),
            text(VALIDATION, "Could not find endpoint", NOT_FOUND),
            text(VALIDATION, "Could not find model", NOT_FOUND),
            text(VALIDATION, "Requested image ", NOT_FOUND), // assumed
            text(VALIDATION, "Cannot create already existing", CONFLICT),
            text(VALIDATION, "Cannot update in-progress", IN_PROGRESS),
            text(VALIDATION, "Could not assume role", DENIED), // assumed
            text(VALIDATION, "Could not access model data", DENIED), // assumed
            text(ANY, "The account-level service limit", QUOTA_EXCEEDED),
            text(ANY, "An Application AutoScaling scalable target exists", DENIED),
            code(SAGEMAKER, VALIDATION, INVALID),
            code(SAGEMAKER, "ResourceLimitExceeded", QUOTA_EXCEEDED),
            code(SAGEMAKER, "ResourceInUse", IN_PROGRESS),
            code(SAGEMAKER, "ResourceNotFound", NOT_FOUND),
            code(SAGEMAKER, "ConflictException", IN_PROGRESS),

            // SageMaker Runtime
            new Row(SAGEMAKER, "ValidationError", "Endpoint ", " not found", NOT_FOUND),
            code(SAGEMAKER, "ValidationError", INVALID),
            code(SAGEMAKER, "ModelNotReadyException", RETRIABLE),
            code(SAGEMAKER, "InternalDependencyException", RETRIABLE),

            // ECR
            code("ecr", "RepositoryNotFoundException", NOT_FOUND),
            code("ecr", "ImageNotFoundException", NOT_FOUND),
            code("ecr", "LayersNotFoundException", NOT_FOUND),
            code("ecr", "LayerInaccessibleException", INVALID),
            code("ecr", "UnableToGetUpstreamLayerException", RETRIABLE),
            code("ecr", "InvalidParameterException", INVALID),
            code("ecr", "LimitExceededException", QUOTA_EXCEEDED),
            code("ecr", "ServerException", RETRIABLE),

            // S3
            code("s3", "NoSuchKey", NOT_FOUND),
            code("s3", "NoSuchBucket", NOT_FOUND),
            code("s3", "PermanentRedirect", INVALID),
            code("s3", "AuthorizationHeaderMalformed", INVALID),
            code("s3", "InvalidObjectState", INVALID),
            code("s3", "InvalidRange", INVALID),

            // Service Quotas
            code("servicequotas", "NoSuchResourceException", NOT_FOUND),
            code("servicequotas", "ServiceException", RETRIABLE),

            // Application Auto Scaling
            code(AUTO_SCALING, "ObjectNotFoundException", NOT_FOUND),
            code(AUTO_SCALING, "ConcurrentUpdateException", IN_PROGRESS),
            code(AUTO_SCALING, "LimitExceededException", QUOTA_EXCEEDED),
            code(AUTO_SCALING, "FailedResourceAccessException", DENIED),
            code(AUTO_SCALING, VALIDATION, INVALID),

            // CloudWatch and the price list; a listing whose token is not good any more is begun again
            code("cloudwatch", "InvalidNextToken", RETRIABLE),
            code("cloudwatch", "InternalServiceError", RETRIABLE),
            code("pricing", "ExpiredNextTokenException", RETRIABLE),
            code("pricing", "InvalidNextTokenException", RETRIABLE),
            code("pricing", "InternalErrorException", RETRIABLE),
            code("pricing", "NotFoundException", NOT_FOUND),

            // IAM
            code("iam", "NoSuchEntity", NOT_FOUND),
            code("iam", "EntityAlreadyExists", CONFLICT),
            code("iam", "LimitExceeded", QUOTA_EXCEEDED),
            code("iam", "DeleteConflict", IN_PROGRESS),
            code("iam", "ConcurrentModification", IN_PROGRESS),
            code("iam", "ServiceFailure", RETRIABLE),

            // STS
            code("sts", "RegionDisabledException", DENIED),
            code("sts", "MalformedPolicyDocument", INVALID),
            code("sts", "PackedPolicyTooLarge", INVALID),
            code("sts", VALIDATION, INVALID),
            code("sts", "ValidationError", INVALID),

            // every service: too many calls
            code("Throttling", THROTTLED),
            code("ThrottlingException", THROTTLED),
            code("ThrottledException", THROTTLED),
            code("RequestThrottled", THROTTLED),
            code("RequestThrottledException", THROTTLED),
            code("RequestLimitExceeded", THROTTLED),
            code("TooManyRequestsException", THROTTLED),
            code("SlowDown", THROTTLED),

            // every service: who calls, and may it
            code("AccessDenied", DENIED),
            code("AccessDeniedException", DENIED),
            code("UnauthorizedOperation", DENIED),
            code("NotAuthorized", DENIED),
            code("OptInRequired", DENIED),
            code("ExpiredToken", DENIED),
            code("ExpiredTokenException", DENIED),
            code("InvalidClientTokenId", DENIED),
            code("UnrecognizedClientException", DENIED),
            code("MissingAuthenticationToken", DENIED),
            code("MissingAuthenticationTokenException", DENIED),
            code("IncompleteSignature", DENIED),
            code("IncompleteSignatureException", DENIED),
            code("SignatureDoesNotMatch", DENIED),
            code("InvalidSignatureException", DENIED),

            // every service: clocks that differ; the SDK corrects its own by the answer
            code("RequestTimeTooSkewed", RETRIABLE),
            code("RequestExpired", RETRIABLE),
            code("RequestInTheFuture", RETRIABLE),
            new Row(ANY, "InvalidSignatureException", "Signature expired", ANY, RETRIABLE),
            new Row(ANY, "InvalidSignatureException", "Signature not yet current", ANY, RETRIABLE),
            new Row(ANY, "SignatureDoesNotMatch", "Signature expired", ANY, RETRIABLE),
            new Row(ANY, "SignatureDoesNotMatch", "Signature not yet current", ANY, RETRIABLE),

            // every service: its own fault
            code("InternalFailure", RETRIABLE),
            code("InternalError", RETRIABLE),
            code("InternalServerError", RETRIABLE),
            code("InternalServerException", RETRIABLE),
            code("InternalServiceException", RETRIABLE),
            code("ServiceUnavailable", RETRIABLE),
            code("ServiceUnavailableException", RETRIABLE),
            code("RequestTimeout", RETRIABLE),
            code("RequestTimeoutException", RETRIABLE));

    private static Row text(String code, String prefix, FailureKind kind) {
        return new Row(SAGEMAKER, code, prefix, ANY, kind);
    }

    private static Row code(String service, String code, FailureKind kind) {
        return new Row(service, code, ANY, ANY, kind);
    }

    private static Row code(String code, FailureKind kind) {
        return code(ANY, code, kind);
    }
}
