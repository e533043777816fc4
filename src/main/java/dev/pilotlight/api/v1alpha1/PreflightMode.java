package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What the checks made before AWS is changed may do. */
@JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
public enum PreflightMode {
    /** A finding stops the rollout. */
    @JsonProperty("Enforce")
    ENFORCE,

    /** A finding is reported and the rollout goes on. */
    @JsonProperty("Warn")
    WARN,

    /** No checks are made. */
    @JsonProperty("Off")
    OFF,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    @JsonEnumDefaultValue
    UNKNOWN
}
