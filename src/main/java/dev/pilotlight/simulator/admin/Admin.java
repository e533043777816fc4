package dev.pilotlight.simulator.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.simulator.http.CallCounts;
import dev.pilotlight.simulator.time.ManualClock;
import dev.pilotlight.simulator.time.RunningClock;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers the paths under {@code /_pilotlight/}.
 *
 * <ul>
 *   <li>{@code GET healthz}, {@code GET state}
 *   <li>{@code GET calls}, {@code DELETE calls}: counts by API and outcome
 *   <li>{@code POST faults}, {@code DELETE faults}: see {@link FaultOrder}
 *   <li>{@code POST scenario}: {@code {"endpoint": "x", "scenario": "bad-ping"}}
 *   <li>{@code GET clock}, {@code POST clock}: {@code {"advanceSeconds": 60}} or {@code {"advanceTo": "2026-..."}}
 *   <li>{@code POST limits}: {@code {"endpoints": 5, "totalConcurrency": 10, "memorySizeInMB": 3072}}
 *   <li>{@code POST seed}
 * </ul>
 *
 * <p>Scenario and limits take {@code account} and {@code region} too; without them the default ones are meant.
 */
public final class Admin implements HttpHandler {
    public static final String PREFIX = "/_pilotlight/";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Controls controls;

    public Admin(Controls controls) {
        this.controls = controls;
    }

    /** What the admin paths turn. */
    public record Controls(
            Scope standard,
            SimulatorClock clock,
            FaultPlan faults,
            CallCounts calls,
            StateReport state,
            Seeds seeds,
            Scenarios scenarios,
            HostingLimits limits) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                JsonNode input = body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
                Object answer = answer(exchange.getRequestMethod() + " " + path, input);
                if (answer == null) {
                    write(exchange, 404, Map.of("error", "no such admin path: " + path));
                } else {
                    write(exchange, 200, answer);
                }
            } catch (IllegalArgumentException | DateTimeException | JsonProcessingException e) {
                write(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
            }
        }
    }

    private Object answer(String what, JsonNode input) {
        return switch (what) {
            case "GET healthz" -> Map.of("status", "ok");
            case "GET state" -> controls.state().read();
            case "GET calls" -> calls();
            case "DELETE calls" -> {
                controls.calls().reset();
                yield calls();
            }
            case "POST faults" -> {
                FaultOrder.place(input, controls.faults());
                yield Map.of("pending", controls.faults().pending());
            }
            case "DELETE faults" -> {
                controls.faults().clear();
                yield Map.of("pending", 0);
            }
            case "POST scenario" -> {
                controls.scenarios().choose(scope(input), text(input, "endpoint"), text(input, "scenario"));
                yield Map.of("status", "ok");
            }
            case "GET clock" -> clock();
            case "POST clock" -> {
                advance(input);
                yield clock();
            }
            case "POST limits" -> limits(input);
            case "POST seed" -> {
                controls.seeds().from(input);
                yield Map.of("status", "ok");
            }
            default -> null;
        };
    }

    private Map<String, Object> calls() {
        Map<String, Object> calls = new LinkedHashMap<>();
        calls.put("total", controls.calls().total());
        calls.put("byApi", controls.calls().byApi());
        calls.put("byOutcome", controls.calls().byOutcome());
        return calls;
    }

    private Map<String, Object> clock() {
        Map<String, Object> clock = new LinkedHashMap<>();
        clock.put("now", controls.clock().now().toString());
        switch (controls.clock()) {
            case RunningClock running -> {
                clock.put("kind", running.speed() == 1 ? "real" : "accelerated");
                clock.put("speed", running.speed());
                clock.put("wallOrigin", running.wallOrigin().toString());
                clock.put("simOrigin", running.simOrigin().toString());
            }
            case ManualClock manual -> {
                clock.put("kind", "manual");
                manual.nextDue().ifPresent(due -> clock.put("nextDue", due.toString()));
            }
            default -> clock.put("kind", controls.clock().getClass().getSimpleName());
        }
        return clock;
    }

    private void advance(JsonNode input) {
        if (!(controls.clock() instanceof ManualClock manual)) {
            throw new IllegalArgumentException("only a clock that is turned by hand can be advanced");
        }
        Instant to;
        if (input.has("advanceTo")) {
            to = Instant.parse(text(input, "advanceTo"));
        } else if (input.path("advanceSeconds").isNumber()) {
            to = manual.now().plusMillis(Math.round(input.get("advanceSeconds").asDouble() * 1000));
        } else {
            throw new IllegalArgumentException("advanceTo (an instant) or advanceSeconds (a number) is missing");
        }
        manual.advanceTo(to);
    }

    private Object limits(JsonNode input) {
        Scope scope = scope(input);
        HostingLimits.Limits old = controls.limits().of(scope);
        HostingLimits.Limits limits = new HostingLimits.Limits(
                input.path("endpoints").asInt(old.endpoints()),
                input.path("totalConcurrency").asInt(old.totalConcurrency()),
                input.path("memorySizeInMB").asInt(old.memorySizeInMB()));
        controls.limits().set(scope, limits);
        return limits;
    }

    private Scope scope(JsonNode input) {
        return new Scope(
                input.path("account").asText(controls.standard().accountId()),
                input.path("region").asText(controls.standard().region()));
    }

    private static String text(JsonNode input, String name) {
        if (!input.path(name).isTextual()) {
            throw new IllegalArgumentException(name + " (text) is missing");
        }
        return input.get(name).asText();
    }

    private static void write(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
