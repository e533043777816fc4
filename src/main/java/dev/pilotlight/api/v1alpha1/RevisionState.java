package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a revision stands. */
public enum RevisionState {
    /** Its model or endpoint configuration is being made, or it is being rolled out. */
    @JsonProperty("Pending")
    PENDING,

    /** It is being proven. */
    @JsonProperty("Validating")
    VALIDATING,

    /** It serves. */
    @JsonProperty("Deployed")
    DEPLOYED,

    /** It served once and is kept as history. */
    @JsonProperty("Superseded")
    SUPERSEDED,

    /** It could not be rolled out. */
    @JsonProperty("Failed")
    FAILED,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static RevisionState read(String written) {
        return switch (written) {
            case "Pending" -> PENDING;
            case "Validating" -> VALIDATING;
            case "Deployed" -> DEPLOYED;
            case "Superseded" -> SUPERSEDED;
            case "Failed" -> FAILED;
            default -> UNKNOWN;
        };
    }
}
