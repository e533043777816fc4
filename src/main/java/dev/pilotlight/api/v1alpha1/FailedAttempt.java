package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A change AWS or the validation refused, remembered so that it is not tried in a loop. Either revision is set, or the pair of concurrency numbers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record FailedAttempt(
        @JsonPropertyDescription("Revision that failed; absent when only capacity was changed. Example: 9f3c2a1b.")
        String revision,

        @JsonPropertyDescription("maxConcurrency of the failed change of capacity. Example: 20.")
        Integer maxConcurrency,

        @JsonPropertyDescription(
                "provisionedConcurrency of the failed change of capacity; absent when none was asked for. Example: 2.")
        Integer provisionedConcurrency,

        @JsonPropertyDescription("Why it failed, one word. Example: UpdateFailed.")
        String reason,

        @JsonPropertyDescription("What AWS or the validation said, and what to do.")
        String message,

        @JsonPropertyDescription("metadata.generation that asked for it. Example: 7.")
        Long generation,

        @JsonPropertyDescription("When the failure was seen, RFC 3339. Example: 2026-11-24T15:04:05Z.")
        String observedAt) {}
