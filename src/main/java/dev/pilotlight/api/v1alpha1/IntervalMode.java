package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the interval between pings comes from. */
public enum IntervalMode {
    /** It is the one in spec. */
    @JsonProperty("Fixed")
    FIXED,

    /** It is learned from how long idle containers were seen to survive. */
    @JsonProperty("Auto")
    AUTO,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static IntervalMode read(String written) {
        return switch (written) {
            case "Fixed" -> FIXED;
            case "Auto" -> AUTO;
            default -> UNKNOWN;
        };
    }
}
