package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How a new revision is proven before it serves. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ValidationSpec(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) @JsonPropertyDescription(
                "Requests that must all be answered as expected, by name; at most 16. Default: none, a revision is then proven by being InService.")
        List<ValidationRequest> requests) {
    public ValidationSpec {
        requests = requests == null ? List.of() : List.copyOf(requests);
    }
}
