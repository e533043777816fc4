package dev.pilotlight.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.domain.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkInferenceTest {

    private static final Inference.Request REQUEST = new Inference.Request(
            "a", "application/json", Optional.of("application/json"), utf8("{\"text\":\"good\"}"), "probe-1");

    private final AdapterFixture aws = new AdapterFixture();
    private final Inference inference = aws.opened().inference();

    @AfterEach
    void close() {
        aws.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theModelsAnswerComesBackWithItsHeaders() {
        aws.stub.answer(
                200,
                Map.of(
                        "Content-Type", "application/json",
                        "x-Amzn-Invoked-Production-Variant", "AllTraffic",
                        "x-amzn-requestid", "r-1"),
                "{\"label\":\"POSITIVE\"}");

        Inference.Response answer = inference.invoke(REQUEST);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(utf8("{\"label\":\"POSITIVE\"}"));
        assertThat(answer.requestID()).isEqualTo("r-1");
        assertThat(answer.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-amzn-invoked-production-variant", "AllTraffic");
        assertThat(aws.stub.last().about()).isEqualTo("/endpoints/a/invocations");
        assertThat(aws.stub.last().headers()).containsEntry("X-amzn-sagemaker-inference-id", List.of("probe-1"));
    }

    @Test
    void anErrorOfTheModelIsItsAnswerAndNotAFailure() {
        aws.stub.answer(
                424,
                Map.of("x-amzn-errortype", "ModelError", "x-amzn-requestid", "r-2"),
                "{\"OriginalStatusCode\":500,\"OriginalMessage\":\"boom\",\"Message\":\"Received server error\"}");

        Inference.Response answer = inference.invoke(REQUEST);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo(utf8("boom"));
        assertThat(answer.requestID()).isEqualTo("r-2");
        assertThat(aws.calls).extracting(AwsCall::failure).containsExactly(Optional.empty());
    }

    @Test
    void throttlingComesWithoutAMessageAndDoesNotSlowOurOwnRate() {
        aws.stub.error(400, "ThrottlingException", null);

        AwsException throttled = catchThrowableOfType(AwsException.class, () -> inference.invoke(REQUEST));

        assertThat(throttled.kind()).isEqualTo(FailureKind.THROTTLED);
    }

    @Test
    void anUnknownEndpointIsNotFound() {
        aws.stub.error(400, "ValidationError", "Endpoint a of account 111122223333 not found.");

        AwsException unknown = catchThrowableOfType(AwsException.class, () -> inference.invoke(REQUEST));

        assertThat(unknown.kind()).isEqualTo(FailureKind.NOT_FOUND);
    }

    @Test
    void aModelThatIsNotReadyMayBeAskedAgain() {
        aws.stub.error(429, "ModelNotReadyException", "wait");

        AwsException unready = catchThrowableOfType(AwsException.class, () -> inference.invoke(REQUEST));

        assertThat(unready.kind()).isEqualTo(FailureKind.RETRIABLE);
    }
}
