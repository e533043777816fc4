package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether an endpoint that already exists in AWS may be taken over. */
public enum AdoptionPolicy {
    /** An existing endpoint of that name is somebody else's. */
    @JsonProperty("Never")
    NEVER,

    /** Take it over, if the identity allows the name and nobody else manages it. */
    @JsonProperty("Adopt")
    ADOPT,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static AdoptionPolicy read(String written) {
        return switch (written) {
            case "Never" -> NEVER;
            case "Adopt" -> ADOPT;
            default -> UNKNOWN;
        };
    }
}
