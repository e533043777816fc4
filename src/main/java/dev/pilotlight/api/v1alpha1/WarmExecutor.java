package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Who moves the capacity. */
public enum WarmExecutor {
    /** Pilotlight decides the number and sets it. */
    @JsonProperty("Operator")
    OPERATOR,

    /** AWS moves the number within the range that Pilotlight keeps there. */
    @JsonProperty("ApplicationAutoScaling")
    APPLICATION_AUTO_SCALING,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static WarmExecutor read(String written) {
        return switch (written) {
            case "Operator" -> OPERATOR;
            case "ApplicationAutoScaling" -> APPLICATION_AUTO_SCALING;
            default -> UNKNOWN;
        };
    }
}
