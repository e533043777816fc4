package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What the checks made before AWS is changed may do. */
public enum PreflightMode {
    /** A finding stops the rollout. */
    @JsonProperty("Enforce")
    ENFORCE,

    /** A finding is reported and the rollout goes on. */
    @JsonProperty("Warn")
    WARN,

    /** No checks are made. */
    @JsonProperty("Off")
    OFF,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static PreflightMode read(String written) {
        return switch (written) {
            case "Enforce" -> ENFORCE;
            case "Warn" -> WARN;
            case "Off" -> OFF;
            default -> UNKNOWN;
        };
    }
}
