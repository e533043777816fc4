package dev.pilotlight.aws;

import static dev.pilotlight.domain.failure.FailureKind.CONFLICT;
import static dev.pilotlight.domain.failure.FailureKind.DENIED;
import static dev.pilotlight.domain.failure.FailureKind.INVALID;
import static dev.pilotlight.domain.failure.FailureKind.IN_PROGRESS;
import static dev.pilotlight.domain.failure.FailureKind.NOT_FOUND;
import static dev.pilotlight.domain.failure.FailureKind.QUOTA_EXCEEDED;
import static dev.pilotlight.domain.failure.FailureKind.RETRIABLE;
import static dev.pilotlight.domain.failure.FailureKind.THROTTLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

class ErrorClassifierTest {

    /** Texts as AWS sends them; observed publicly. */
    static Stream<Arguments> whatAwsSays() {
        return Stream.of(
                sageMaker(
                        "ValidationException",
                        "Could not find endpoint \"arn:aws:sagemaker:::endpoint/x\".",
                        NOT_FOUND),
                sageMaker("ValidationException", "Could not find endpoint configuration \"arn:...\".", NOT_FOUND),
                sageMaker("ValidationException", "Could not find model \"arn:...\".", NOT_FOUND),
                sageMaker(
                        "ValidationException",
                        "Requested image 1.dkr.ecr.us-east-1.amazonaws.com/x:1 not found.",
                        NOT_FOUND),
                sageMaker("ValidationException", "Cannot create already existing endpoint \"arn:...\".", CONFLICT),
                sageMaker(
                        "ValidationException",
                        "Cannot create already existing endpoint configuration \"a\".",
                        CONFLICT),
                sageMaker("ValidationException", "Cannot create already existing model \"arn:...\"", CONFLICT),
                sageMaker("ValidationException", "Cannot update in-progress endpoint \"arn:...\".", IN_PROGRESS),
                sageMaker("ValidationException", "Could not assume role arn:aws:iam::1:role/x. Please ensure", DENIED),
                sageMaker("ValidationException", "Could not access model data at s3://b/m.tar.gz.", DENIED),
                sageMaker(
                        "ValidationException",
                        "An Application AutoScaling scalable target exists for a variant",
                        DENIED),
                sageMaker("AccessDeniedException", "An Application AutoScaling scalable target exists for a", DENIED),
                sageMaker("ValidationException", "1 validation error detected: Value '0' at", INVALID),
                sageMaker("ValidationException", "", INVALID),
                sageMaker(
                        "ResourceLimitExceeded",
                        "The account-level service limit 'Memory size' is 3072 MBs",
                        QUOTA_EXCEEDED),
                sageMaker("ValidationException", "The account-level service limit 'x' is 5", QUOTA_EXCEEDED),
                sageMaker("ResourceInUse", "", IN_PROGRESS),
                sageMaker("ResourceNotFound", "", NOT_FOUND),
                sageMaker("ConflictException", "", IN_PROGRESS),
                sageMaker("ThrottlingException", "Rate exceeded", THROTTLED),
                sageMaker("ThrottlingException", "", THROTTLED),
                sageMaker("ValidationError", "Endpoint x of account 111122223333 not found.", NOT_FOUND),
                sageMaker("ValidationError", "Request 1 has oversize body.", INVALID),
                sageMaker("ValidationError", "Endpoint name is too long", INVALID),
                sageMaker("ModelNotReadyException", "", RETRIABLE),
                sageMaker("InternalFailure", "", RETRIABLE),
                sageMaker("ServiceUnavailable", "", RETRIABLE),
                sageMaker("InternalDependencyException", "", RETRIABLE),
                sageMaker("InvalidSignatureException", "The request signature we calculated does not", DENIED),
                sageMaker("InvalidSignatureException", "Signature expired: 20260101T000000Z is now earlier", RETRIABLE),
                sageMaker("InvalidSignatureException", "Signature not yet current: 2026", RETRIABLE),
                arguments("sts", "SignatureDoesNotMatch", "Signature expired: 2026", RETRIABLE),
                arguments("sts", "SignatureDoesNotMatch", "Signature not yet current: 2026", RETRIABLE),
                arguments("sts", "AccessDenied", "User: x is not authorized to perform: sts:AssumeRole", DENIED),
                arguments("sts", "ExpiredToken", "The security token included in the request is expired", DENIED),
                arguments("sts", "RegionDisabledException", "", DENIED),
                arguments("sts", "MalformedPolicyDocument", "", INVALID),
                arguments("sts", "PackedPolicyTooLarge", "", INVALID),
                arguments("sts", "ValidationError", "1 validation error", INVALID),
                arguments("sts", "ValidationException", "", INVALID),
                arguments("ecr", "RepositoryNotFoundException", "", NOT_FOUND),
                arguments("ecr", "ImageNotFoundException", "", NOT_FOUND),
                arguments("ecr", "InvalidParameterException", "", INVALID),
                arguments("ecr", "LimitExceededException", "", QUOTA_EXCEEDED),
                arguments("ecr", "ServerException", "", RETRIABLE),
                arguments(
                        "application-autoscaling",
                        "ObjectNotFoundException",
                        "No scalable target registered for namespace: sagemaker",
                        NOT_FOUND),
                arguments("application-autoscaling", "ConcurrentUpdateException", "", IN_PROGRESS),
                arguments("application-autoscaling", "LimitExceededException", "", QUOTA_EXCEEDED),
                arguments("application-autoscaling", "FailedResourceAccessException", "", DENIED),
                arguments("application-autoscaling", "ValidationException", "Unsupported", INVALID),
                arguments("application-autoscaling", "InternalServiceException", "", RETRIABLE),
                arguments("cloudwatch", "InvalidNextToken", "", RETRIABLE),
                arguments("cloudwatch", "InternalServiceError", "", RETRIABLE),
                arguments("cloudwatch", "InvalidParameterCombination", "", INVALID),
                arguments("cloudwatch", "Throttling", "Rate exceeded", THROTTLED),
                arguments("pricing", "ExpiredNextTokenException", "", RETRIABLE),
                arguments("pricing", "InvalidNextTokenException", "", RETRIABLE),
                arguments("pricing", "InternalErrorException", "", RETRIABLE),
                arguments("pricing", "NotFoundException", "", NOT_FOUND),
                arguments("pricing", "InvalidParameterException", "", INVALID),
                arguments("iam", "NoSuchEntity", "", NOT_FOUND),
                arguments("iam", "EntityAlreadyExists", "", CONFLICT),
                arguments("iam", "LimitExceeded", "", QUOTA_EXCEEDED),
                arguments("iam", "DeleteConflict", "", IN_PROGRESS),
                arguments("iam", "ConcurrentModification", "", IN_PROGRESS),
                arguments("iam", "ServiceFailure", "", RETRIABLE));
    }

    private static Arguments sageMaker(String code, String message, FailureKind kind) {
        return arguments("sagemaker", code, message, kind);
    }

    @ParameterizedTest
    @MethodSource("whatAwsSays")
    void whatAwsSaysTellsWhatToDoNext(String service, String code, String message, FailureKind kind) {
        assertThat(ErrorClassifier.kind(service, code, message, 400)).isEqualTo(kind);
    }

    static Stream<ErrorTable.Row> rows() {
        return ErrorTable.ROWS.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void noRowIsHiddenByAnother(ErrorTable.Row row) {
        String service = row.service().isEmpty() ? "sagemaker" : row.service();
        String code = row.code().isEmpty() ? "SomeCode" : row.code();

        assertThat(ErrorClassifier.kind(service, code, row.prefix() + row.part(), 400))
                .isEqualTo(row.kind());
    }

    @Test
    void noTwoRowsSayTheSame() {
        assertThat(ErrorTable.ROWS.stream()
                        .map(row -> String.join("|", row.service(), row.code(), row.prefix(), row.part())))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "400,INVALID",
        "401,DENIED",
        "403,DENIED",
        "404,NOT_FOUND",
        "408,RETRIABLE",
        "409,CONFLICT",
        "429,THROTTLED",
        "500,RETRIABLE",
        "503,RETRIABLE",
        "530,RETRIABLE"
    })
    void aCodeNobodyKnowsIsReadByItsHttpStatus(int status, FailureKind kind) {
        assertThat(ErrorClassifier.kind("sagemaker", "SomethingNew", "", status))
                .isEqualTo(kind);
    }

    @Test
    void codeMessageAndRequestIdAreKept() {
        AwsFailure failure = ErrorClassifier.classify(
                "sagemaker:CreateEndpoint",
                SageMakerException.builder()
                        .statusCode(400)
                        .requestId("r-7")
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ThrottlingException")
                                .build())
                        .build());

        assertThat(failure)
                .isEqualTo(new AwsFailure(THROTTLED, "sagemaker:CreateEndpoint", "ThrottlingException", "", "r-7"));
    }

    @Test
    void anAnswerWithoutACodeIsReadByItsHttpStatus() {
        AwsFailure failure = ErrorClassifier.classify(
                "sagemaker:CreateEndpoint",
                SageMakerException.builder()
                        .statusCode(502)
                        .message("Bad Gateway")
                        .build());

        assertThat(failure.kind()).isEqualTo(RETRIABLE);
        assertThat(failure.code()).isEqualTo("Http502");
    }

    @Test
    void aBrokenNetworkOrATimeoutMayBeTriedAgain() {
        assertThat(ErrorClassifier.classify("sagemaker:ListModels", SdkClientException.create("Connection reset"))
                        .kind())
                .isEqualTo(RETRIABLE);
        assertThat(ErrorClassifier.classify("sagemaker:ListModels", ApiCallTimeoutException.create(10_000)))
                .extracting(AwsFailure::kind, AwsFailure::code)
                .containsExactly(RETRIABLE, "ApiCallTimeoutException");
    }

    @Test
    void withoutCredentialsTheCallIsDenied() {
        assertThat(ErrorClassifier.classify(
                                "sts:AssumeRole",
                                SdkClientException.create("Unable to load credentials from any of the providers"))
                        .kind())
                .isEqualTo(DENIED);
    }
}
