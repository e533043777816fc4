package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What is in use through an identity in one Region. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RegionUsage(
        @Required @JsonPropertyDescription("AWS Region. Example: us-east-1.")
        String region,

        @JsonPropertyDescription("ServerlessEndpoints that use this identity in that Region. Example: 12.")
        Integer endpoints,

        @JsonPropertyDescription("Sum of their spec.serverless.maxConcurrency. Example: 180.")
        Integer totalConcurrency,

        @JsonPropertyDescription("Sum of their spec.serverless.provisionedConcurrency. Example: 8.")
        Integer totalProvisionedConcurrency,

        @JsonPropertyDescription(
                "Quota of the account on serverless endpoints in that Region, as last read before a change; absent until then. It holds for accountEndpoints. Example: 50.")
        Integer endpointsQuota,

        @JsonPropertyDescription(
                "Quota of the account on the total concurrency of its serverless endpoints in that Region, as last read before a change; absent until then. It holds for accountTotalConcurrency. Example: 1000.")
        Integer totalConcurrencyQuota,

        @JsonPropertyDescription(
                "Serverless endpoints that the account has in that Region, as far as they are known: those of this cluster, through whichever identity and previews included, and those of others. Absent until the others were looked at. Example: 19.")
        Integer accountEndpoints,

        @JsonPropertyDescription("Sum of the maxConcurrency of accountEndpoints. Example: 260.")
        Integer accountTotalConcurrency,

        @JsonPropertyDescription(
                "Of accountEndpoints those that are not this cluster's. Absent until they were looked at. Example: 4.")
        Integer otherEndpoints,

        @JsonPropertyDescription("Sum of the maxConcurrency of otherEndpoints. Example: 60.")
        Integer otherTotalConcurrency) {}
