package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What an exception does to the windows on its days. */
public enum ExceptionMode {
    /** Warm all day with the exception's own capacity, whatever the windows say. */
    @JsonProperty("Open")
    OPEN,

    /** The windows stay closed; what else asks for capacity holds. */
    @JsonProperty("Closed")
    CLOSED,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static ExceptionMode read(String written) {
        return switch (written) {
            case "Open" -> OPEN;
            case "Closed" -> CLOSED;
            default -> UNKNOWN;
        };
    }
}
