package dev.pilotlight.simulator.admin;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.simulator.SimulatedAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminTest {
    private final SimulatedAws aws = SimulatedAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void theStateShowsEverythingThatExists() {
        aws.servingEndpoint("e", IMAGE, 5, 2);
        JsonNode state = get("state").path(SimulatedAws.ACCOUNT).path("us-east-1");
        JsonNode endpoint = state.path("sagemaker").path("endpoints").path(0);
        assertThat(endpoint.path("EndpointName").asText()).isEqualTo("e");
        assertThat(endpoint.path("EndpointStatus").asText()).isEqualTo("InService");
        assertThat(endpoint.path("Tags").path("team").asText()).isEqualTo("ml");
        assertThat(endpoint.path("CurrentServerlessConfig")
                        .path("ProvisionedConcurrency")
                        .asInt())
                .isEqualTo(2);
        assertThat(state.path("sagemaker").path("models")).hasSize(1);
        assertThat(state.path("sagemaker").path("endpointConfigs")).hasSize(1);
        assertThat(state.has("images")).isTrue();
        assertThat(state.has("objects")).isTrue();
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> aws.admin("POST", "clock", "{\"advanceTo\":\"soon\"}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("400")
                .hasMessageContaining("soon");
    }

    @Test
    void lookingChangesNothing() {
        aws.endpoint("e", IMAGE, 5, null);
        get("state");
        get("state");
        assertThat(aws.describe("e").endpointStatusAsString()).isEqualTo("Creating");
    }

    @Test
    void callsAreCountedByApiAndOutcome() {
        aws.model("m", IMAGE);
        assertThatThrownBy(() -> aws.model("m", IMAGE)).isNotNull();
        assertThatThrownBy(() ->
                        aws.runtime().invokeEndpoint(r -> r.endpointName("x").body(SimulatedAws.bytes(""))))
                .isNotNull();
        JsonNode calls = get("calls");
        assertThat(calls.path("total").asInt()).isEqualTo(3);
        assertThat(calls.path("byApi").path("sagemaker.CreateModel").asInt()).isEqualTo(2);
        assertThat(calls.path("byApi").path("sagemaker-runtime.InvokeEndpoint").asInt())
                .isEqualTo(1);
        JsonNode outcomes = calls.path("byOutcome").path("sagemaker.CreateModel");
        assertThat(outcomes.path("ok").asInt()).isEqualTo(1);
        assertThat(outcomes.path("ValidationException").asInt()).isEqualTo(1);
        aws.admin("DELETE", "calls", "");
        assertThat(get("calls").path("total").asInt()).isZero();
    }

    @Test
    void theClockIsReadAndTurned() {
        assertThat(get("clock").path("now").asText()).isEqualTo("2026-01-01T00:00:00Z");
        aws.admin("POST", "clock", "{\"advanceSeconds\": 1.5}");
        assertThat(get("clock").path("now").asText()).isEqualTo("2026-01-01T00:00:01.500Z");
        aws.admin("POST", "clock", "{\"advanceTo\": \"2026-01-02T00:00:00Z\"}");
        assertThat(get("clock").path("kind").asText()).isEqualTo("manual");
        assertThatThrownBy(() -> aws.admin("POST", "clock", "{}")).hasMessageContaining("advanceSeconds");
    }

    @Test
    void itTellsThatItIsHealthyAndWhatItDoesNotKnow() {
        assertThat(get("healthz").path("status").asText()).isEqualTo("ok");
        assertThatThrownBy(() -> get("unknown")).hasMessageContaining("no such admin path");
        assertThatThrownBy(() -> aws.seed("{\"cats\": []}")).hasMessageContaining("unknown seed section");
    }

    private JsonNode get(String path) {
        try {
            return new ObjectMapper().readTree(aws.admin("GET", path, ""));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
