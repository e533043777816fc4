package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** The last validation of a revision. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ValidationStatus(
        @JsonPropertyDescription("Revision that was validated. Example: 9f3c2a1b.")
        String revision,

        @JsonPropertyDescription("Which attempt at that revision this was, counted from 1. Example: 1.")
        Integer attempt,

        @JsonPropertyDescription("Whether all requests were answered as expected; absent while the validation runs.")
        Boolean passed,

        @JsonPropertyDescription(
                "Identifies the requests that were sent; changed requests are sent again. Example: 5d41402a.")
        String digest,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonPropertyDescription("How each request went, by name.")
        List<ValidationRequestResult> requests) {
    public ValidationStatus {
        requests = requests == null ? List.of() : List.copyOf(requests);
    }
}
