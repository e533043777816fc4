package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Operators of a label requirement, as in Kubernetes' own selectors. */
@JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
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
    @JsonEnumDefaultValue
    UNKNOWN
}
