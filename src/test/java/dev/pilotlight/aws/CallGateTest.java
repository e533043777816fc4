package dev.pilotlight.aws;

import static dev.pilotlight.aws.AdapterFixture.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.domain.failure.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each attempt passes limiter, boundary and listeners, and is one HTTP request. */
class CallGateTest {

    private final AdapterFixture aws = new AdapterFixture();

    @AfterEach
    void close() {
        aws.close();
    }

    private enum Trouble {
        THROTTLED,
        SERVICE_FAULT,
        UNAVAILABLE,
        EXPIRED,
        SKEWED,
        CONNECTION_LOST
    }

    private void place(Trouble trouble) {
        switch (trouble) {
            case THROTTLED -> aws.stub.error(400, "ThrottlingException", "Rate exceeded");
            case SERVICE_FAULT -> aws.stub.error(500, "InternalFailure", "sorry");
            case UNAVAILABLE -> aws.stub.answer(503, Map.of(), "<html>");
            case EXPIRED -> aws.stub.error(400, "ExpiredTokenException", "expired");
            case SKEWED -> aws.stub.error(403, "RequestTimeTooSkewed", "clock");
            case CONNECTION_LOST -> aws.stub.hangUp();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverGoesWrongTheSdkDoesNotTryAgain(Trouble trouble) {
        Hosting hosting = aws.hosting();
        int before = aws.stub.asked().size();
        place(trouble);

        assertThatThrownBy(() -> hosting.createEndpoint("a", "c", Map.of())).isInstanceOf(AwsException.class);

        assertThat(aws.stub.asked()).hasSize(before + 1);
        assertThat(aws.calls).hasSize(1);
    }

    @Test
    void aListenerSeesEachAttemptWithItsOutcome() {
        Hosting hosting = aws.hosting();
        aws.stub.json("{\"EndpointArn\":\"arn\"}").error(400, "ThrottlingException", null);

        hosting.createEndpoint("a", "c", Map.of());
        AwsException throttled = catchThrowableOfType(AwsException.class, () -> hosting.describeModel("m"));

        assertThat(throttled.failure().message()).isEmpty();
        assertThat(aws.calls)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("duration")
                .containsExactly(
                        new AwsCall(HERE, "sagemaker:CreateEndpoint", true, Optional.empty(), "", "r-1", Duration.ZERO),
                        new AwsCall(
                                HERE,
                                "sagemaker:DescribeModel",
                                false,
                                Optional.of(FailureKind.THROTTLED),
                                "ThrottlingException",
                                "r-err",
                                Duration.ZERO));
    }

    @Test
    void aFaultBeforeTheCallKeepsItFromLeaving() {
        Hosting hosting = aws.opened(aws.settings, new CallBoundary() {
                    @Override
                    public void before(String operation) {
                        crashOn(operation);
                    }
                })
                .hosting(Priority.CHANGE);
        int before = aws.stub.asked().size();

        assertThatThrownBy(() -> hosting.createEndpoint("a", "c", Map.of())).isInstanceOf(Crash.class);

        assertThat(aws.stub.asked()).hasSize(before);
    }

    @Test
    void aFaultAfterTheCallLosesTheAnswerOfWhatHappened() {
        Hosting hosting = aws.opened(aws.settings, new CallBoundary() {
                    @Override
                    public void after(String operation) {
                        crashOn(operation);
                    }
                })
                .hosting(Priority.CHANGE);
        aws.stub.json("{\"EndpointArn\":\"arn\"}");

        assertThatThrownBy(() -> hosting.createEndpoint("a", "c", Map.of())).isInstanceOf(Crash.class);

        assertThat(aws.stub.last().about()).isEqualTo("SageMaker.CreateEndpoint");
        assertThat(aws.calls).extracting(AwsCall::failure).containsExactly(Optional.empty());
    }

    private static void crashOn(String operation) {
        if (operation.equals("sagemaker:CreateEndpoint")) {
            throw new Crash();
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aCallThatTheLimiterHoldsBackMakesNoRequest() {
        RateSettings one = new RateSettings(new RateSettings.Rate(1, 1, 1), Map.of(), Duration.ofMinutes(1));
        Hosting hosting =
                aws.opened(aws.settings.withRates(one), CallBoundary.OPEN).hosting(Priority.CHANGE);
        aws.stub.json("{\"EndpointArn\":\"arn\"}");
        hosting.createEndpoint("a", "c", Map.of());
        int before = aws.stub.asked().size();

        AwsException held = catchThrowableOfType(AwsException.class, () -> hosting.createEndpoint("b", "c", Map.of()));

        assertThat(held.retryAt()).isPresent();
        assertThat(aws.stub.asked()).hasSize(before);
        assertThat(aws.held).containsExactly("sagemaker:CreateEndpoint");
        assertThat(aws.calls).hasSize(1);
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUpAfterTheTimeout() {
        AwsSettings d = aws.settings;
        AwsSettings hasty = new AwsSettings(
                d.endpointOverride(),
                d.accessKey(),
                Duration.ofMillis(300),
                d.stsTimeout(),
                d.invokeTimeout(),
                d.sessionDuration(),
                d.rates());
        Hosting hosting = aws.opened(hasty, CallBoundary.OPEN).hosting(Priority.CHANGE);
        aws.stub.silence();

        AwsException late = catchThrowableOfType(AwsException.class, () -> hosting.describeModel("m"));

        assertThat(late.kind()).isEqualTo(FailureKind.RETRIABLE);
        assertThat(aws.calls).hasSize(1);
    }
}
