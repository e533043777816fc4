package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Operators of a label requirement, as in Kubernetes' own selectors. */
public enum SelectorOperator {
    /** The label has one of the values. */
    @JsonProperty("In")
    IN,

    /** The label is absent or has none of the values. */
    @JsonProperty("NotIn")
    NOT_IN,

    /** The label is there. */
    @JsonProperty("Exists")
    EXISTS,

    /** The label is absent. */
    @JsonProperty("DoesNotExist")
    DOES_NOT_EXIST,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static SelectorOperator read(String written) {
        return switch (written) {
            case "In" -> IN;
            case "NotIn" -> NOT_IN;
            case "Exists" -> EXISTS;
            case "DoesNotExist" -> DOES_NOT_EXIST;
            default -> UNKNOWN;
        };
    }
}
