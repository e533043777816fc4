package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** How one validation request went; never its body. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ValidationRequestResult(
        @Required @JsonPropertyDescription("Name of the request. Example: happy.")
        String name,

        @JsonPropertyDescription(
                "Passed, Failed or Error, with the status code or error where there is one. Example: Passed.")
        String outcome,

        @JsonPropertyDescription("Time until the answer, in milliseconds. Example: 420.")
        Long latencyMillis) {}
