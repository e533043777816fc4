package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The next change that is known in advance. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NextChange(
        @JsonPropertyDescription(
                "When it is asked for, RFC 3339; a window opens later by leadSeconds. Example: 2026-11-25T06:55:00Z.")
        String at,

        @JsonPropertyDescription(
                "Provisioned concurrency from then on, 0 is none; with executor ApplicationAutoScaling the least. Example: 4.")
        Integer provisionedConcurrency,

        @JsonPropertyDescription("What will set the number.")
        WarmSource source,

        @JsonPropertyDescription("Window or exception that will set the number, where one will. Example: office.")
        String name) {}
