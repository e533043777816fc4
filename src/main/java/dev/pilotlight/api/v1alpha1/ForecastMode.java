package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a forecast may do. */
public enum ForecastMode {
    /** No forecast is made. */
    @JsonProperty("Off")
    OFF,

    /** The forecast is shown in status and changes nothing. */
    @JsonProperty("Preview")
    PREVIEW,

    /** The forecast adds capacity while it beats the seasonal-naive one; it never takes any away. */
    @JsonProperty("Enforce")
    ENFORCE,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static ForecastMode read(String written) {
        return switch (written) {
            case "Off" -> OFF;
            case "Preview" -> PREVIEW;
            case "Enforce" -> ENFORCE;
            default -> UNKNOWN;
        };
    }
}
