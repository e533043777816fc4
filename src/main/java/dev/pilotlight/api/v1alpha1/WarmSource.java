package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What set the capacity that is demanded. */
public enum WarmSource {
    /** {@code spec.provisionedConcurrency.baseline}. */
    @JsonProperty("Baseline")
    BASELINE,

    /** An open window. */
    @JsonProperty("Window")
    WINDOW,

    /** An exception whose day it is. */
    @JsonProperty("Exception")
    EXCEPTION,

    /** Measured use. */
    @JsonProperty("TargetTracking")
    TARGET_TRACKING,

    /** The forecast. */
    @JsonProperty("Forecast")
    FORECAST,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static WarmSource read(String written) {
        return switch (written) {
            case "Baseline" -> BASELINE;
            case "Window" -> WINDOW;
            case "Exception" -> EXCEPTION;
            case "TargetTracking" -> TARGET_TRACKING;
            case "Forecast" -> FORECAST;
            default -> UNKNOWN;
        };
    }
}
