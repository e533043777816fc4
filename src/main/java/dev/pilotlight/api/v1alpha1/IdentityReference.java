package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The {@link AWSIdentity} through which an endpoint reaches AWS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record IdentityReference(
        @Required
        @Size(min = 1, max = 253) @JsonPropertyDescription(
                "Name of the cluster-scoped AWSIdentity to use. It may change, the AWS account behind it may not. Example: ml-prod.")
        String name) {}
