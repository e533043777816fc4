package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the credentials of an {@link AWSIdentity} come from. */
public enum CredentialsSource {
    /** The operator assumes {@code roleARN}, once per namespace, with an external id no tenant can choose. */
    @JsonProperty("AssumeRole")
    ASSUME_ROLE,

    /** The operator's own credentials; namespaces are not isolated from each other in AWS. */
    @JsonProperty("Pod")
    POD,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static CredentialsSource read(String written) {
        return switch (written) {
            case "AssumeRole" -> ASSUME_ROLE;
            case "Pod" -> POD;
            default -> UNKNOWN;
        };
    }
}
