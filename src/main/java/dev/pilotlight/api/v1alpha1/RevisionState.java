package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a revision stands. */
@JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
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
    @JsonEnumDefaultValue
    UNKNOWN
}
