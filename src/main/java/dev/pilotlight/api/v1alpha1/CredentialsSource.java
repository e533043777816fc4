package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the credentials of an {@link AWSIdentity} come from. */
@JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
public enum CredentialsSource {
    /** The operator assumes {@code roleARN}, once per namespace, with an external id no tenant can choose. */
    @JsonProperty("AssumeRole")
    ASSUME_ROLE,

    /** The operator's own credentials; namespaces are not isolated from each other in AWS. */
    @JsonProperty("Pod")
    POD,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    @JsonEnumDefaultValue
    UNKNOWN
}
