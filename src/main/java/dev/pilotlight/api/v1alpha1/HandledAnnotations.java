package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Values of the request annotations that were acted on already; each value is acted on once. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HandledAnnotations(
        @JsonPropertyDescription("Value of pilotlight.dev/retry last acted on.")
        String retry,

        @JsonPropertyDescription("Value of pilotlight.dev/refresh last acted on.")
        String refresh,

        @JsonPropertyDescription("Value of pilotlight.dev/abandon last acted on.")
        String abandon) {}
