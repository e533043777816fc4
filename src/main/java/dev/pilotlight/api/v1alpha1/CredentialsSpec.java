package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How the operator authenticates to AWS. */
@ValidationRule(
        value = "self.source != 'AssumeRole' || has(self.roleARN)",
        message = "roleARN is required with source AssumeRole: name the role to assume, or use source Pod")
@ValidationRule(
        value = "self.source != 'Pod' || !has(self.roleARN)",
        message = "roleARN is not used with source Pod: remove it, or use source AssumeRole",
        fieldPath = ".roleARN")
@ValidationRule(
        value =
                "!has(self.roleARN) || self.roleARN.matches('^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$')",
        message = "roleARN must be the ARN of an IAM role, such as arn:aws:iam::111122223333:role/pilotlight/ml-prod",
        fieldPath = ".roleARN")
@ValidationRule(
        value =
                "!has(self.roleARN) || !has(oldSelf.roleARN) || self.roleARN.find('::[0-9]{12}:') == oldSelf.roleARN.find('::[0-9]{12}:')",
        message =
                "the AWS account in roleARN cannot be changed: set it back, or create another AWSIdentity for the other account",
        fieldPath = ".roleARN")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CredentialsSpec(
        @Required
        @JsonPropertyDescription(
                "AssumeRole assumes roleARN separately for each namespace; Pod uses the operator's own credentials, without isolation between namespaces.")
        CredentialsSource source,

        @Size(max = 2048) @JsonPropertyDescription(
                "ARN of the IAM role to assume, 20 to 2048 characters; needed by AssumeRole, not allowed with Pod. Its account cannot be changed. Example: arn:aws:iam::111122223333:role/pilotlight/ml-prod.")
        String roleARN) {}
