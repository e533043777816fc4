package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The size in force. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EffectiveCapacity(
        @JsonPropertyDescription("Memory of one container in MB. Example: 2048.")
        Integer memorySizeInMB,

        @JsonPropertyDescription("Invocations served at the same time. Example: 20.")
        Integer maxConcurrency,

        @JsonPropertyDescription("Invocations kept warm; absent when none are. Example: 4.")
        Integer provisionedConcurrency,

        @JsonPropertyDescription(
                "While AWS itself scales, the range in which it keeps invocations warm; the number of the moment is a metric.")
        CapacityRange provisionedConcurrencyRange,

        @JsonPropertyDescription("Who decides provisionedConcurrency.")
        ProvisionedBy provisionedBy) {}
