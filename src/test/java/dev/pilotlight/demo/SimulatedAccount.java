package dev.pilotlight.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The simulator's account 111122223333 in us-east-1, as its admin paths show it, and its models. */
public final class SimulatedAccount {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/sagemaker/aws4_request, SignedHeaders=host, Signature=0";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    public SimulatedAccount(URI address) {
        this.address = address;
    }

    public URI address() {
        return address;
    }

    /** Endpoints, endpoint configs and models that exist. */
    public int hostingResources() {
        JsonNode here = here();
        return here.path("endpoints").size()
                + here.path("endpointConfigs").size()
                + here.path("models").size();
    }

    /** Status of an endpoint in AWS's words; empty when there is none of that name. */
    Optional<String> status(String endpointName) {
        for (JsonNode endpoint : here().path("endpoints")) {
            if (endpoint.path("EndpointName").asText().equalsIgnoreCase(endpointName)) {
                return Optional.of(endpoint.path("EndpointStatus").asText());
            }
        }
        return Optional.empty();
    }

    /** When AWS last changed an endpoint, on the simulator's clock. */
    Optional<Instant> lastModified(String endpointName) {
        for (JsonNode endpoint : here().path("endpoints")) {
            if (endpoint.path("EndpointName").asText().equalsIgnoreCase(endpointName)) {
                return Optional.of(
                        Instant.parse(endpoint.path("LastModifiedTime").asText()));
            }
        }
        return Optional.empty();
    }

    private JsonNode here() {
        return get("/_pilotlight/state").path("111122223333").path("us-east-1").path("sagemaker");
    }

    /** Requests by API since the last {@link #forgetCalls()}. */
    public Map<String, Long> calls() {
        Map<String, Long> calls = new TreeMap<>();
        get("/_pilotlight/calls")
                .path("byApi")
                .properties()
                .forEach(api -> calls.put(api.getKey(), api.getValue().asLong()));
        return calls;
    }

    public void forgetCalls() {
        send(request("/_pilotlight/calls").DELETE().build());
    }

    /** Sets the account's quota of serverless endpoints, with 20 of concurrency for each. */
    public void allowEndpoints(int count) {
        send(request("/_pilotlight/limits")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"endpoints\":" + count + ",\"totalConcurrency\":" + 20 * count + "}"))
                .build());
    }

    /** The model's answer, as an application would get it. */
    String invoke(String endpointName, String json) {
        return send(request("/endpoints/" + endpointName + "/invocations")
                        .header("Authorization", SIGNED)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build())
                .body();
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(send(request(path).GET().build()).body());
        } catch (IOException e) {
            throw new DemoFailure("the simulator's answer to " + path + " cannot be read: " + e.getMessage());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new DemoFailure("the simulator at " + address + " does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        }
    }
}
