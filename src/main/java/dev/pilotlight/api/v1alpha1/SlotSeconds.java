package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Allocated provisioned concurrency over time. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SlotSeconds(
        @Required @JsonPropertyDescription("Memory of one container in MB. Example: 2048.")
        Integer memorySizeInMB,

        @JsonPropertyDescription("Seconds, each counted once per unit of provisioned concurrency. Example: 86400.")
        Long seconds) {}
