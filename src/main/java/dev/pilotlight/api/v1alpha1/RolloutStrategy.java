package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How a new revision reaches the endpoint. */
public enum RolloutStrategy {
    /** Prove the revision on a temporary endpoint first, so that a bad one never serves. */
    @JsonProperty("Preview")
    PREVIEW,

    /** Update the endpoint itself, and update it back when the revision fails validation. */
    @JsonProperty("InPlace")
    IN_PLACE,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static RolloutStrategy read(String written) {
        return switch (written) {
            case "Preview" -> PREVIEW;
            case "InPlace" -> IN_PLACE;
            default -> UNKNOWN;
        };
    }
}
