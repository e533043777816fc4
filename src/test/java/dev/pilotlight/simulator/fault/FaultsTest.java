package dev.pilotlight.simulator.fault;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.simulator.SimulatedAws;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

class FaultsTest {
    private final SimulatedAws aws = SimulatedAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aRefusedCallDoesNothing() {
        faults().next("sagemaker.CreateModel", Fault.Refuse.throttled());
        assertThatThrownBy(() -> aws.model("m", IMAGE)).isInstanceOfSatisfying(SageMakerException.class, error -> {
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
            assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
            assertThat(error.isThrottlingException()).isTrue();
        });
        assertThat(aws.sageMaker().listModels().models()).isEmpty();
        aws.model("m", IMAGE);
    }

    @Test
    void aLostAnswerLeavesWhatWasDone() {
        faults().next("sagemaker.CreateModel", new Fault.LoseAnswer());
        assertThatThrownBy(() -> aws.model("m", IMAGE)).isInstanceOf(SdkClientException.class);
        assertThat(aws.sageMaker().listModels().models()).hasSize(1);
        assertThat(aws.simulator().calls().of("sagemaker.CreateModel")).isEqualTo(1);
    }

    @Test
    void aLostAnswerOnAConnectionThatWasUsedBeforeIsNotRepeatedByTheClient() {
        aws.sageMaker().listModels();
        aws.model("first", IMAGE);
        faults().next("sagemaker.CreateModel", new Fault.LoseAnswer());
        assertThatThrownBy(() -> aws.model("m", IMAGE)).isInstanceOf(SdkClientException.class);
        assertThat(aws.simulator().calls().of("sagemaker.CreateModel")).isEqualTo(2);
    }

    @Test
    void aDroppedCallIsNeverSeenByTheService() {
        faults().next("sagemaker.CreateModel", new Fault.DropBefore());
        assertThatThrownBy(() -> aws.model("m", IMAGE)).isInstanceOf(SdkClientException.class);
        assertThat(aws.sageMaker().listModels().models()).isEmpty();
    }

    @Test
    void aDuplicateIsHandledTwice() {
        faults().next("sagemaker.CreateModel", new Fault.Duplicate());
        assertThatThrownBy(() -> aws.model("m", IMAGE)).hasMessageContaining("already existing model");
        assertThat(aws.sageMaker().listModels().models()).hasSize(1);
    }

    @Test
    void aDelayedCallIsHandledAllTheSame() {
        faults().next("sagemaker.CreateModel", new Fault.Delay(Duration.ofMillis(20)));
        aws.model("m", IMAGE);
        assertThat(faults().pending()).isZero();
    }

    @Test
    void aFaultCanWaitForTheNthCall() {
        faults().nth(3, FaultPlan.named("*.CreateModel"), Fault.Refuse.throttled());
        aws.model("one", IMAGE);
        aws.model("two", IMAGE);
        assertThatThrownBy(() -> aws.model("three", IMAGE)).hasMessageContaining("Rate exceeded");
        aws.model("three", IMAGE);
        assertThat(faults().pending()).isZero();
    }

    @Test
    void theAdminPathPlacesAndRemovesFaults() {
        aws.admin("POST", "faults", """
                {"match": "sagemaker.*", "fault": "refuse", "status": 500, "code": "InternalFailure", "message": "no", "times": 2}
                """);
        assertThatThrownBy(() -> aws.sageMaker().listModels()).hasMessageContaining("no");
        aws.admin("DELETE", "faults", "");
        aws.sageMaker().listModels();
        assertThatThrownBy(() -> aws.admin("POST", "faults", "{\"fault\": \"rain\"}"))
                .hasMessageContaining("lose-answer");
    }

    @Test
    void randomFaultsRepeatWithTheirSeed() {
        assertThat(hits(1)).isEqualTo(hits(1)).isNotEqualTo(hits(2)).contains(true, false);
    }

    private static List<Boolean> hits(long seed) {
        FaultPlan plan = new FaultPlan(seed).sometimes(0.5, call -> true, new Fault.DropBefore());
        FaultHook.Call call = new FaultHook.Call("sagemaker", "ListModels", null, 1);
        return IntStream.range(0, 50)
                .mapToObj(i -> plan.faultFor(call) instanceof Fault.DropBefore)
                .toList();
    }

    private FaultPlan faults() {
        return aws.simulator().faults();
    }
}
