package dev.pilotlight.simulator.runtime;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static dev.pilotlight.simulator.SimulatedAws.REGISTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.simulator.SimulatedAws;
import dev.pilotlight.simulator.time.RunningClock;
import dev.pilotlight.simulator.world.HostingLimits.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemaker.model.DesiredWeightAndCapacity;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.sagemakerruntime.model.SageMakerRuntimeException;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;

class InvokeEndpointTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            good                                    | POSITIVE
            This is not good at all                 | NEGATIVE
            A terrible, slow and broken thing       | NEGATIVE
            not bad                                 | POSITIVE
            The parcel arrived on Tuesday           | NEUTRAL
            I really love it, though it is slow     | POSITIVE
            """)
    void theAnswerDependsOnTheText(String text, String label) {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.servingEndpoint("e", IMAGE, 5, null);
            InvokeEndpointResponse answer = invoke(aws, "e", "{\"text\":\"" + text + "\"}");
            assertThat(json(answer.body().asUtf8String()).path("label").asText())
                    .isEqualTo(label);
            assertThat(json(answer.body().asUtf8String()).path("score").asDouble())
                    .isBetween(0.0, 1.0);
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(answer.invokedProductionVariant()).isEqualTo("main");
            InvokeEndpointResponse plain = aws.runtime()
                    .invokeEndpoint(r -> r.endpointName("e")
                            .contentType("text/plain")
                            .customAttributes("trace=1")
                            .body(SimulatedAws.bytes(text)));
            assertThat(plain.body().asUtf8String()).contains(label);
            assertThat(plain.customAttributes()).isEqualTo("trace=1");
        }
    }

    @Test
    void anEchoModelGivesBackWhatItGets() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.image("echo", "1", 5);
            aws.servingEndpoint("e", REGISTRY + "echo:1", 5, null);
            assertThat(invoke(aws, "e", "any thing").body().asUtf8String()).isEqualTo("any thing");
        }
    }

    @Test
    void onlyWhatServesUnderTheExactNameIsFound() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            notFound(aws, "none");
            aws.endpoint("Name", IMAGE, 5, null);
            notFound(aws, "Name");
            aws.readUntil("Name", EndpointStatus.IN_SERVICE);
            notFound(aws, "name");
            invoke(aws, "Name", "{\"text\":\"good\"}");
            aws.sageMaker().deleteEndpoint(r -> r.endpointName("Name"));
            notFound(aws, "Name");
        }
    }

    @Test
    void anEndpointServesWhileItUpdates() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.servingEndpoint("e", IMAGE, 5, null);
            aws.config("next", "e", 4096, 5, null);
            aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("next"));
            invoke(aws, "e", "{\"text\":\"good\"}");
        }
    }

    @Test
    void anInputTheModelCannotReadIsAModelError() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.servingEndpoint("e", IMAGE, 5, null);
            assertThatThrownBy(() -> invoke(aws, "e", "{not json"))
                    .isInstanceOfSatisfying(ModelErrorException.class, error -> {
                        assertThat(error.statusCode()).isEqualTo(424);
                        assertThat(error.originalStatusCode()).isEqualTo(400);
                        assertThat(error.originalMessage()).contains("expected");
                        assertThat(error.logStreamArn()).contains("/aws/sagemaker/Endpoints/e");
                        assertThat(error.awsErrorDetails().errorMessage())
                                .startsWith("Received client error (400) from primary with message \"")
                                .endsWith(
                                        "See https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1"
                                                + "#logEventViewer:group=/aws/sagemaker/Endpoints/e in account 111122223333 for more"
                                                + " information.");
                    });
        }
    }

    @Test
    void fourMegabytesAreTheLimit() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.image("echo", "1", 5);
            aws.servingEndpoint("e", REGISTRY + "echo:1", 5, null);
            SdkBytes most = SdkBytes.fromByteArray(new byte[4 * 1024 * 1024]);
            assertThat(aws.runtime()
                            .invokeEndpoint(r -> r.endpointName("e").body(most))
                            .body()
                            .asByteArrayUnsafe())
                    .hasSize(4 * 1024 * 1024);
            SdkBytes more = SdkBytes.fromByteArray(new byte[4 * 1024 * 1024 + 1]);
            assertThatThrownBy(() -> aws.runtime()
                            .invokeEndpoint(r -> r.endpointName("e").body(more)))
                    .isInstanceOf(ValidationErrorException.class)
                    .hasMessageMatching("(?s)Request [0-9a-f-]{36} has oversize body\\..*");
        }
    }

    @Test
    void aModelThatNeedsMoreMemoryFails() {
        try (SimulatedAws aws = SimulatedAws.start(settings ->
                settings.invocation(InvocationSettings.defaults().withMemoryNeeds(Map.of("sentiment", 3072))))) {
            aws.servingEndpoint("e", IMAGE, 5, null);
            assertThatThrownBy(() -> invoke(aws, "e", "{\"text\":\"good\"}"))
                    .isInstanceOf(ModelErrorException.class)
                    .hasMessageContaining("insufficient memory");
            aws.config("larger", "e", 3072, 5, null);
            aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("larger"));
            aws.readUntil("e", EndpointStatus.IN_SERVICE);
            invoke(aws, "e", "{\"text\":\"good\"}");
        }
    }

    @Test
    void aModelThatIsTooSlowTimesOut() {
        try (SimulatedAws aws = SimulatedAws.start(
                settings -> settings.invocation(InvocationSettings.defaults().withHandling(Duration.ofSeconds(61))))) {
            aws.servingEndpoint("e", IMAGE, 5, null);
            assertThatThrownBy(() -> invoke(aws, "e", "{\"text\":\"good\"}"))
                    .isInstanceOf(ModelErrorException.class)
                    .hasMessageContaining(
                            "Received server error (0) from primary with message \"Your invocation timed out"
                                    + " while waiting for a response from container primary.");
        }
    }

    @Test
    void aModelMayNotBeReadyYet() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.image("not-ready", "1", 5);
            aws.servingEndpoint("e", REGISTRY + "not-ready:1", 5, null);
            assertThatThrownBy(() -> invoke(aws, "e", "{\"text\":\"good\"}"))
                    .isInstanceOfSatisfying(
                            ModelNotReadyException.class,
                            error -> assertThat(error.statusCode()).isEqualTo(429));
            invoke(aws, "e", "{\"text\":\"good\"}");
        }
    }

    @Test
    void containersStayWarmForAWhileAndTheMeterRuns() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.servingEndpoint("e", IMAGE, 5, null);
            invoke(aws, "e", "{\"text\":\"good\"}");
            invoke(aws, "e", "{\"text\":\"good\"}");
            assertThat(billing(aws, "e").path("coldStarts").asInt()).isEqualTo(1);
            aws.pass(Duration.ofMinutes(6));
            invoke(aws, "e", "{\"text\":\"good\"}");
            JsonNode billing = billing(aws, "e");
            assertThat(billing.path("coldStarts").asInt()).isEqualTo(2);
            assertThat(billing.path("invocations").asInt()).isEqualTo(3);
            assertThat(billing.path("onDemandMillisByMemory").path("2048").asInt())
                    .isEqualTo(240);
            assertThat(billing.path("bytesIn").asInt()).isEqualTo(45);
            assertThat(billing.path("bytesOut").asInt()).isPositive();
        }
    }

    @Test
    void provisionedSlotsAreWarmAndBilledByTheSecond() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.servingEndpoint("e", IMAGE, 5, 2);
            invoke(aws, "e", "{\"text\":\"good\"}");
            aws.pass(Duration.ofSeconds(100));
            aws.sageMaker()
                    .updateEndpointWeightsAndCapacities(r -> r.endpointName("e")
                            .desiredWeightsAndCapacities(DesiredWeightAndCapacity.builder()
                                    .variantName("main")
                                    .serverlessUpdateConfig(update -> update.provisionedConcurrency(1))
                                    .build()));
            aws.readUntil("e", EndpointStatus.IN_SERVICE);
            aws.pass(Duration.ofSeconds(50));
            aws.sageMaker().deleteEndpoint(r -> r.endpointName("e"));
            aws.pass(Duration.ofSeconds(50));
            JsonNode billing = billing(aws, "e");
            assertThat(billing.path("coldStarts").asInt()).isZero();
            assertThat(billing.path("provisionedMillisByMemory").path("2048").asInt())
                    .isEqualTo(80);
            assertThat(billing.path("onDemandMillisByMemory")).isEmpty();
            assertThat(billing.path("provisionedSlotSecondsByMemory")
                            .path("2048")
                            .asDouble())
                    .isEqualTo(250);
        }
    }

    @Test
    void aboveTheMaximumRequestsAreThrottledWithoutAMessage() throws Exception {
        try (RunningClock clock = RunningClock.real();
                SimulatedAws aws = SimulatedAws.start(settings -> settings.clock(clock)
                        .invocation(InvocationSettings.defaults()
                                .withColdStart(Duration.ZERO, Duration.ZERO)
                                .withHandling(Duration.ofMillis(1500))))) {
            aws.servingEndpoint("e", IMAGE, 3, 1);
            List<String> outcomes = atOnce(aws, 6);
            assertThat(outcomes).filteredOn("ok"::equals).hasSize(3);
            assertThat(outcomes).filteredOn("ThrottlingException null"::equals).hasSize(3);
            JsonNode billing = billing(aws, "e");
            assertThat(billing.path("throttles").asInt()).isEqualTo(3);
            assertThat(billing.path("spillovers").asInt()).isEqualTo(2);
            assertThat(billing.path("coldStarts").asInt()).isEqualTo(2);
        }
    }

    @Test
    void theConcurrencyOfTheWholeAccountThrottlesToo() throws Exception {
        try (RunningClock clock = RunningClock.real();
                SimulatedAws aws = SimulatedAws.start(settings -> settings.clock(clock)
                        .limits(new Limits(5, 10, 6144))
                        .invocation(InvocationSettings.defaults()
                                .withColdStart(Duration.ZERO, Duration.ZERO)
                                .withHandling(Duration.ofMillis(1500))))) {
            aws.servingEndpoint("e", IMAGE, 10, null);
            aws.admin("POST", "limits", "{\"totalConcurrency\": 2}");
            assertThat(atOnce(aws, 4)).filteredOn("ok"::equals).hasSize(2);
        }
    }

    private static List<String> atOnce(SimulatedAws aws, int count) throws InterruptedException, ExecutionException {
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            Callable<String> call = () -> {
                try {
                    invoke(aws, "e", "{\"text\":\"good\"}");
                    return "ok";
                } catch (SageMakerRuntimeException e) {
                    return e.awsErrorDetails().errorCode() + " "
                            + e.awsErrorDetails().errorMessage();
                }
            };
            for (Future<String> outcome : threads.invokeAll(Collections.nCopies(count, call))) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }

    private static InvokeEndpointResponse invoke(SimulatedAws aws, String name, String body) {
        return aws.runtime()
                .invokeEndpoint(r ->
                        r.endpointName(name).contentType("application/json").body(SimulatedAws.bytes(body)));
    }

    private static void notFound(SimulatedAws aws, String name) {
        assertThatThrownBy(() -> invoke(aws, name, "{}"))
                .isInstanceOfSatisfying(
                        ValidationErrorException.class,
                        error -> assertThat(error.awsErrorDetails().errorMessage())
                                .isEqualTo("Endpoint " + name + " of account 111122223333 not found."));
    }

    private static JsonNode billing(SimulatedAws aws, String name) {
        return json(aws.admin("GET", "state", ""))
                .path(SimulatedAws.ACCOUNT)
                .path("us-east-1")
                .path("runtime")
                .path(name)
                .path("billing");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
