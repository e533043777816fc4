package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What Pilotlight found and did. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServerlessEndpointStatus(
        @JsonPropertyDescription(
                "metadata.generation that this status is about; -1 before the first report. Example: 7.")
        Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Conditions by type; Ready, Available, Reconciling and Stalled are the ones to look at first.")
        List<Condition> conditions,

        @JsonPropertyDescription("Name of the endpoint in AWS, also when it was derived. Example: ml-prod-sentiment.")
        String endpointName,

        @JsonPropertyDescription(
                "ARN of the endpoint. Example: arn:aws:sagemaker:us-east-1:111122223333:endpoint/ml-prod-sentiment.")
        String endpointARN,

        @JsonPropertyDescription("AWS account of the endpoint, 12 digits. Example: \"111122223333\".")
        String accountID,

        @JsonPropertyDescription("AWS Region of the endpoint. Example: us-east-1.")
        String region,

        @JsonPropertyDescription("AWSIdentity last used for it. Example: ml-prod.")
        String identity,

        @JsonPropertyDescription("Which revision is wanted and which one serves.")
        RevisionStatus revision,

        @JsonPropertyDescription("Memory and concurrency in force, and who decides them.")
        EffectiveCapacity effective,

        @JsonPropertyDescription(
                "Image that serves, by digest. Example: 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment@sha256:....")
        String resolvedImage,

        @JsonPropertyDescription(
                "Name of the production variant; kept from the first look on, also for an adopted endpoint. Example: AllTraffic.")
        String variantName,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Revisions that have objects in AWS, newest first, by name.")
        List<RevisionRecord> revisions,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Keys of the tags Pilotlight set on behalf of spec.tags and defaultTags; only these are ever removed.")
        List<String> appliedTagKeys,

        @JsonPropertyDescription("Facts of the live endpoint as last verified with AWS.")
        AwsFacts aws,

        @JsonPropertyDescription(
                "The change that failed and is not tried again until the spec changes or pilotlight.dev/retry is set.")
        FailedAttempt attempt,

        @JsonPropertyDescription("The last validation of a revision.")
        ValidationStatus validation,

        @JsonPropertyDescription("When the present step or wait began.")
        Progress progress,

        @JsonPropertyDescription("Request annotations that were acted on already.")
        HandledAnnotations handled,

        @JsonPropertyDescription(
                "Target that is registered with Application Auto Scaling, or about to be. Example: endpoint/ml-prod-sentiment/variant/AllTraffic.")
        String scalableTarget,

        @JsonPropertyDescription(
                "What WarmPolicies that are gone used for this endpoint in a month: the ledger of a new policy goes on from there while the month lasts.")
        WarmLedger pastLedger,

        @JsonPropertyDescription("How the endpoint was found, where it was adopted. Absent: Pilotlight made it.")
        AdoptionStatus adoption) {
    public ServerlessEndpointStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        revisions = revisions == null ? List.of() : List.copyOf(revisions);
        appliedTagKeys = appliedTagKeys == null ? List.of() : List.copyOf(appliedTagKeys);
    }
}
