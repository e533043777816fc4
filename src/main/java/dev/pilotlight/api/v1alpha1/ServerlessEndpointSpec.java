package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a user asks for. */
@ValidationRule(
        value = "self.region.matches('^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$')",
        message = "region must be the code of an AWS Region, such as us-east-1",
        fieldPath = ".region")
@ValidationRule(
        value = "self.region == oldSelf.region",
        message =
                "region cannot be changed: set it back, or create another ServerlessEndpoint in the other Region and delete this one",
        fieldPath = ".region",
        messageExpression =
                "'region cannot be changed: set it back to ' + oldSelf.region + ', or create another ServerlessEndpoint in ' + self.region + ' and delete this one'")
@ValidationRule(
        value = "!has(self.endpointName) || self.endpointName.matches('^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$')",
        message =
                "endpointName must be 1 to 63 letters, digits and inner hyphens: replace dots and underscores by hyphens",
        fieldPath = ".endpointName")
@ValidationRule(
        value =
                "has(self.endpointName) == has(oldSelf.endpointName) && (!has(self.endpointName) || self.endpointName == oldSelf.endpointName)",
        message =
                "endpointName cannot be set, changed or removed on a live object: put it back as it was, or create another ServerlessEndpoint",
        fieldPath = ".endpointName",
        messageExpression =
                "has(oldSelf.endpointName) ? 'endpointName cannot be changed or removed: set it back to ' + oldSelf.endpointName + ', or create another ServerlessEndpoint' : 'endpointName cannot be set on a live object: remove it, or create another ServerlessEndpoint with it'")
@ValidationRule(
        value =
                "!has(self.serverless.provisionedConcurrency) || self.serverless.provisionedConcurrency <= self.serverless.maxConcurrency",
        message =
                "serverless.provisionedConcurrency must not exceed serverless.maxConcurrency: lower it or raise maxConcurrency",
        fieldPath = ".serverless.provisionedConcurrency")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServerlessEndpointSpec(
        @Required @JsonPropertyDescription("The AWSIdentity through which Pilotlight reaches AWS.")
        IdentityReference identityRef,

        @Required
        @Size(max = 32) @JsonPropertyDescription("AWS Region of the endpoint; cannot be changed. Example: us-east-1.")
        String region,

        @Size(max = 63) @JsonPropertyDescription(
                "Name of the endpoint in AWS: 1 to 63 letters, digits and inner hyphens; cannot be set, changed or removed later. Default: <namespace>-<name>, with a hash where that is too long or ambiguous; status.endpointName shows it. Example: ml-prod-sentiment.")
        String endpointName,

        @Required
        @JsonPropertyDescription(
                "What runs: image, model archive, execution role, environment. A change makes a new revision.")
        ModelSpec model,

        @Required @JsonPropertyDescription("Memory and concurrency of the endpoint.")
        ServerlessSpec serverless,

        @JsonPropertyDescription(
                "How a new revision is proven and rolled out. Default: Preview without validation requests.")
        RolloutSpec rollout,

        @Default("Enforce")
        @JsonPropertyDescription(
                "Checks made before AWS is changed (image, model archive, role, quotas): Enforce stops on a finding, Warn reports it, Off makes none. Quote Off, which is a boolean in YAML. Default: Enforce.")
        PreflightMode preflight,

        @JsonPropertyDescription(
                "What becomes of the AWS objects when this object is deleted: Delete removes them, Retain keeps them serving and removes Pilotlight's ownership tags. When omitted: Delete for an endpoint Pilotlight created, Retain for an adopted one.")
        DeletionPolicy deletionPolicy,

        @Default("Never")
        @JsonPropertyDescription(
                "Whether an endpoint of that name which exists already may be taken over: Never, or Adopt where the AWSIdentity lists the name in adoptableEndpointNames. Default: Never.")
        AdoptionPolicy adoptionPolicy,

        @Default("false")
        @JsonPropertyDescription(
                "true stops creating, updating and scaling; the endpoint keeps serving, and deletion still works. Default: false.")
        Boolean suspend,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 25) @JsonPropertyDescription(
                "AWS tags of endpoint, endpoint configurations and models, by key; they win over the AWSIdentity's defaultTags. At most 25: of the 50 AWS allows, 15 are for defaultTags and the rest for Pilotlight's own. A change makes no new revision. Default: none.")
        List<Tag> tags) {
    public ServerlessEndpointSpec {
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    /** Whether this object asks to be left alone. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }

    /** The rollout settings; what the spec leaves out is the schema's default. */
    public RolloutSpec rolloutOrDefault() {
        return rollout == null ? RolloutSpec.DEFAULT : rollout.orDefaults();
    }

    /** What the checks before a change may do. */
    public PreflightMode preflightOrDefault() {
        return preflight == null ? PreflightMode.ENFORCE : preflight;
    }

    /** Whether an existing endpoint may be taken over. */
    public AdoptionPolicy adoptionPolicyOrDefault() {
        return adoptionPolicy == null ? AdoptionPolicy.NEVER : adoptionPolicy;
    }
}
