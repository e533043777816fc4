package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One observation about an object, in the form of Kubernetes' own conditions. Types are in {@link ConditionTypes}, reasons in {@link Reasons}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        @Required @Size(min = 1, max = 316) @JsonPropertyDescription("Type of the condition. Example: Ready.")
        String type,

        @Required @Size(max = 7) @Pattern("^(True|False|Unknown)$") @JsonPropertyDescription("True, False or Unknown.")
        String status,

        @Required
        @Size(min = 1, max = 1024) @JsonPropertyDescription("One word in CamelCase that says why. Example: UpdatingEndpoint.")
        String reason,

        @Required
        @Size(max = 32768) @JsonPropertyDescription(
                "What a person should know: the cause, the field to change, AWS's error code and request id.")
        String message,

        @Required @JsonPropertyDescription("When status last changed, RFC 3339 in UTC. Example: 2026-11-24T15:04:05Z.")
        String lastTransitionTime,

        @Min(0) @JsonPropertyDescription("metadata.generation this condition was concluded for. Example: 7.")
        Long observedGeneration) {}
