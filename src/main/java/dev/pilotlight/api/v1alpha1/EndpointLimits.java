package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** What one namespace may use through an identity, summed over its endpoints. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointLimits(
        @Min(0) @Max(100000) @JsonPropertyDescription("Endpoints per namespace. Default: no limit. Example: 50.")
        Integer endpoints,

        @Min(0) @Max(1000000) @JsonPropertyDescription(
                "Sum of maxConcurrency over the endpoints of a namespace. Default: no limit. Example: 400.")
        Integer totalConcurrency,

        @Min(0) @Max(1000000) @JsonPropertyDescription(
                "Sum of provisionedConcurrency over the endpoints of a namespace. Default: no limit. Example: 40.")
        Integer totalProvisionedConcurrency) {}
