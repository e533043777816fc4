package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What Pilotlight found out about an identity. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AWSIdentityStatus(
        @JsonPropertyDescription(
                "metadata.generation that this status is about; -1 before the first report. Example: 3.")
        Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Conditions by type; Ready says whether AWS accepts the credentials.")
        List<Condition> conditions,

        @JsonPropertyDescription("AWS account behind the credentials, 12 digits. Example: \"111122223333\".")
        String accountID,

        @JsonPropertyDescription(
                "Cluster id in ownership tags and external ids. Never share one between clusters. Example: 2f1c9a4e-5b0d-4c55-9d0a-3a1f5d1f0c11.")
        String clusterID,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("External ids by namespace, for the trust policy of the role.")
        List<ExternalID> externalIDs,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonPropertyDescription("What is in use, by Region.")
        List<RegionUsage> usage) {
    public AWSIdentityStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        externalIDs = externalIDs == null ? List.of() : List.copyOf(externalIDs);
        usage = usage == null ? List.of() : List.copyOf(usage);
    }

    /** The same with another word on what is in use. */
    public AWSIdentityStatus withUsage(List<RegionUsage> other) {
        return new AWSIdentityStatus(observedGeneration, conditions, accountID, clusterID, externalIDs, other);
    }
}
