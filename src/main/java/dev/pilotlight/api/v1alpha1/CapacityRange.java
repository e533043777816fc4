package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Provisioned concurrency between two numbers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CapacityRange(
        @JsonPropertyDescription("Least provisioned concurrency. Example: 1.")
        Integer min,

        @JsonPropertyDescription("Most provisioned concurrency. Example: 10.")
        Integer max) {}
