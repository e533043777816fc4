package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How the operator authenticates to AWS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CredentialsSpec(
        @Required
        @JsonPropertyDescription(
                "AssumeRole assumes roleARN separately for each namespace; Pod uses the operator's own credentials, without isolation between namespaces.")
        CredentialsSource source,

        @Size(min = 20, max = 2048) @JsonPropertyDescription(
                "ARN of the IAM role to assume, 20 to 2048 characters; needed by AssumeRole, not allowed with Pod. Its account cannot be changed. Example: arn:aws:iam::111122223333:role/pilotlight/ml-prod.")
        String roleARN) {}
