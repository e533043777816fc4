package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.Caller;
import dev.pilotlight.simulator.wire.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One control-plane call, with the lock of its account and Region held.
 *
 * @param body the request as it came
 */
record Call(Hosting hosting, HostingWorld world, Caller caller, String operation, Instant now, ObjectNode body) {

    Scope scope() {
        return hosting.scope();
    }

    /** Asks whether the caller may do this operation to a resource. */
    void allowed(String arn, Map<String, String> requestTags) {
        Map<String, String> context = new LinkedHashMap<>();
        requestTags.forEach((key, value) -> context.put("aws:RequestTag/" + key, value));
        hosting.byArn(arn).ifPresent(existing -> existing.tags().forEach((key, value) -> {
            context.put("aws:ResourceTag/" + key, value);
            context.put("sagemaker:ResourceTag/" + key, value);
        }));
        world.permissions().require(caller, "sagemaker:" + operation, arn, context);
    }

    void allowed(String arn) {
        allowed(arn, Map.of());
    }

    /** Finds a record as a read of the service does, which may not see it yet. */
    Optional<Resource> look(Kind kind, String name) {
        return hosting.find(kind, name).filter(found -> found.seenAt(now));
    }
}
