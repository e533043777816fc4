package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The external id that the role's trust policy must expect for one namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExternalID(
        @Required @JsonPropertyDescription("Namespace. Example: ml-prod.")
        String namespace,

        @JsonPropertyDescription(
                "External id sent with AssumeRole for that namespace. Example: pilotlight:2f1c...:ml-prod:ml-prod.")
        String externalID) {}
