package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the AWS objects when the Kubernetes object is deleted. */
public enum DeletionPolicy {
    /** They are deleted. */
    @JsonProperty("Delete")
    DELETE,

    /** They keep serving; only scaling targets and ownership tags are removed. */
    @JsonProperty("Retain")
    RETAIN,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static DeletionPolicy read(String written) {
        return switch (written) {
            case "Delete" -> DELETE;
            case "Retain" -> RETAIN;
            default -> UNKNOWN;
        };
    }
}
