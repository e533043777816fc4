package dev.pilotlight.testing.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What the tools that wait for objects conclude from one of a kind they have no rules for: kstatus (Flux, kpt and helm --wait use it) and
 * kubectl wait, each as its source has it.
 */
public enum Kstatus {
    TERMINATING,
    IN_PROGRESS,
    FAILED,
    CURRENT;

    /** cli-utils: checkGenericProperties, then checkReadyCondition, and what nothing is known of is current. */
    public static Kstatus of(JsonNode object) {
        if (object.at("/metadata/deletionTimestamp").isTextual()) {
            return TERMINATING;
        }
        JsonNode observed = object.at("/status/observedGeneration");
        if (!observed.isMissingNode()
                && observed.asLong() != object.at("/metadata/generation").asLong()) {
            return IN_PROGRESS;
        }
        for (JsonNode condition : object.at("/status/conditions")) {
            boolean holds = condition.path("status").asText().equals("True");
            if (holds && condition.path("type").asText().equals("Reconciling")) {
                return IN_PROGRESS;
            }
            if (holds && condition.path("type").asText().equals("Stalled")) {
                return FAILED;
            }
        }
        return ready(object)
                .map(ready -> ready.path("status").asText().equals("True") ? CURRENT : IN_PROGRESS)
                .orElse(CURRENT);
    }

    /** {@code kubectl wait --for=condition=Ready} ends: it asks for the condition's generation, or else for the status's. */
    public static boolean endsWait(JsonNode object) {
        return ready(object)
                .filter(ready -> ready.path("status").asText().equals("True"))
                .map(ready -> ready.path("observedGeneration")
                        .asLong(object.at("/status/observedGeneration").asLong()))
                .filter(seen -> seen >= object.at("/metadata/generation").asLong())
                .isPresent();
    }

    private static Optional<JsonNode> ready(JsonNode object) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }
}
