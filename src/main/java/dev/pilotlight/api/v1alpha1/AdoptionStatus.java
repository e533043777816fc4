package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** How the endpoint was found that somebody else had made. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AdoptionStatus(
        @JsonPropertyDescription("When the endpoint was adopted, RFC 3339 in UTC. Example: 2026-11-24T15:04:05Z.")
        String time,

        @JsonPropertyDescription(
                "CreationTime of the adopted endpoint, RFC 3339 with milliseconds; one made in its place is not adopted. Example: 2026-11-24T15:04:05.123Z.")
        String creationTime,

        @JsonPropertyDescription(
                "Endpoint configuration that served when it was adopted; never deleted by Pilotlight. Example: by-hand-3.")
        String endpointConfigName,

        @JsonPropertyDescription(
                "Model that served when it was adopted; never deleted by Pilotlight. Example: by-hand.")
        String modelName,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Fields of spec that differed from what served, at most 5; they were rolled out afterwards. Absent: it matched and was kept as it was. Example: spec.model.image.")
        List<String> differences) {
    public AdoptionStatus {
        differences = differences == null ? List.of() : List.copyOf(differences);
    }
}
