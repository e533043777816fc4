package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** When the present step or wait began; deadlines count from here. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Progress(
        @JsonPropertyDescription("The step or wait, one word. Example: CreatingEndpoint.")
        String reason,

        @JsonPropertyDescription("When it began, RFC 3339. Example: 2026-11-24T15:04:05Z.")
        String since,

        @JsonPropertyDescription("maxConcurrency asked for, while capacity alone changes. Example: 20.")
        Integer maxConcurrency,

        @JsonPropertyDescription(
                "provisionedConcurrency asked for, while capacity alone changes; absent when none was. Example: 4.")
        Integer provisionedConcurrency) {

    /** A step or wait that is not about capacity. */
    public static Progress of(String reason, String since) {
        return new Progress(reason, since, null, null);
    }
}
