package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One revision that has objects in AWS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RevisionRecord(
        @Required @JsonPropertyDescription("Name of the revision. Example: 9f3c2a1b.")
        String name,

        @JsonPropertyDescription("Name of its model in AWS. Example: ml-prod-sentiment-9f3c2a1b.")
        String modelName,

        @JsonPropertyDescription("Name of its endpoint configuration in AWS. Example: ml-prod-sentiment-9f3c2a1b-20-2.")
        String endpointConfigName,

        @JsonPropertyDescription(
                "Name of the endpoint configuration of its preview, while that may still exist. Example: ml-prod-sentiment-9f3c2a1b-m1-p0.")
        String previewEndpointConfigName,

        @JsonPropertyDescription("Pending, Validating, Deployed, Superseded or Failed.")
        RevisionState state,

        @JsonPropertyDescription("Why it is in that state, one word. Example: ValidationFailed.")
        String reason,

        @JsonPropertyDescription("What a person should know about it.")
        String message) {

    /** The same revision once nothing of its preview is left. */
    public RevisionRecord withoutPreview() {
        return new RevisionRecord(name, modelName, endpointConfigName, null, state, reason, message);
    }

    /** The same revision in another state. */
    public RevisionRecord withState(RevisionState newState, String newReason, String newMessage) {
        return new RevisionRecord(
                name, modelName, endpointConfigName, previewEndpointConfigName, newState, newReason, newMessage);
    }
}
