package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The {@link AWSIdentity} through which an endpoint reaches AWS. */
@ValidationRule(
        value = "self.name.matches('^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')",
        message =
                "name must be the name of an AWSIdentity, such as ml-prod: at most 63 lower-case letters, digits and inner hyphens",
        fieldPath = ".name")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record IdentityReference(
        @Required
        @Size(max = 253) @JsonPropertyDescription(
                "Name of the cluster-scoped AWSIdentity to use. It may change, the AWS account behind it may not. Example: ml-prod.")
        String name) {}
