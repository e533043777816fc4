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

        @JsonPropertyDescription("Endpoints in that Region. Example: 12.")
        Integer endpoints,

        @JsonPropertyDescription("Sum of their maxConcurrency. Example: 180.")
        Integer totalConcurrency,

        @JsonPropertyDescription("Sum of their provisionedConcurrency. Example: 8.")
        Integer totalProvisionedConcurrency) {}
