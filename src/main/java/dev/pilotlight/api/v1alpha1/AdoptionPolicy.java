package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether an endpoint that already exists in AWS may be taken over. */
@JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
public enum AdoptionPolicy {
    /** An existing endpoint of that name is somebody else's. */
    @JsonProperty("Never")
    NEVER,

    /** Take it over, if the identity allows the name and nobody else manages it. */
    @JsonProperty("Adopt")
    ADOPT,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    @JsonEnumDefaultValue
    UNKNOWN
}
