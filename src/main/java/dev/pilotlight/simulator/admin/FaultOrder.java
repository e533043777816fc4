package dev.pilotlight.simulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultHook;
import dev.pilotlight.simulator.fault.FaultPlan;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A fault as the admin path takes it:
 *
 * <pre>{@code
 * {"match": "sagemaker.CreateEndpoint",      service.Operation, either may be *
 *  "fault": "refuse",                        refuse | drop-before | lose-answer | delay | duplicate
 *  "status": 400, "code": "ThrottlingException", "message": "Rate exceeded",     of refuse
 *  "delayMillis": 500,                       of delay, wall time
 *  "times": 1 | "nth": 3 | "probability": 0.1}     the next n calls; only the n-th; each at random
 * }</pre>
 */
final class FaultOrder {
    private FaultOrder() {}

    static void place(JsonNode order, FaultPlan plan) {
        Predicate<FaultHook.Call> match = FaultPlan.named(order.path("match").asText("*.*"));
        Fault fault = fault(order);
        if (order.has("probability")) {
            plan.sometimes(order.get("probability").asDouble(), match, fault);
        } else if (order.has("nth")) {
            plan.nth(order.get("nth").asInt(), match, fault);
        } else {
            plan.next(order.path("times").asInt(1), match, fault);
        }
    }

    private static Fault fault(JsonNode order) {
        String kind = order.path("fault").asText();
        return switch (kind) {
            case "refuse" ->
                new Fault.Refuse(
                        order.path("status").asInt(400),
                        order.path("code").asText("ThrottlingException"),
                        order.path("message").asText("Rate exceeded"));
            case "drop-before" -> new Fault.DropBefore();
            case "lose-answer" -> new Fault.LoseAnswer();
            case "delay" -> new Fault.Delay(Duration.ofMillis(order.path("delayMillis").asLong(1000)));
            case "duplicate" -> new Fault.Duplicate();
            default ->
                throw new IllegalArgumentException("fault must be refuse, drop-before, lose-answer, delay or duplicate, was \""
                        + kind + "\"");
        };
    }
}
