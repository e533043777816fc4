package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What may become of a forecast. */
public enum ForecastVerdict {
    /** It beat the seasonal-naive forecast on days it had not seen. */
    @JsonProperty("Accepted")
    ACCEPTED,

    /** There are not enough days of metrics yet. */
    @JsonProperty("TooLittleData")
    TOO_LITTLE_DATA,

    /** It did not beat the seasonal-naive forecast, so it is only shown. */
    @JsonProperty("NotBetter")
    NOT_BETTER,

    /** CloudWatch could not be read. */
    @JsonProperty("MetricsUnavailable")
    METRICS_UNAVAILABLE,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static ForecastVerdict read(String written) {
        return switch (written) {
            case "Accepted" -> ACCEPTED;
            case "TooLittleData" -> TOO_LITTLE_DATA;
            case "NotBetter" -> NOT_BETTER;
            case "MetricsUnavailable" -> METRICS_UNAVAILABLE;
            default -> UNKNOWN;
        };
    }
}
