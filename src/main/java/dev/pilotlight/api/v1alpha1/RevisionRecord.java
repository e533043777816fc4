package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.ArrayList;
import java.util.List;

/** One revision that has objects in AWS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RevisionRecord(
        @Required @JsonPropertyDescription("Name of the revision. Example: 9f3c2a1b.")
        String name,

        @JsonPropertyDescription("Name of its model in AWS. Example: ml-prod-sentiment-9f3c2a1b.")
        String modelName,

        @JsonPropertyDescription(
                "Name of its endpoint configuration in AWS. Example: ml-prod-sentiment-9f3c2a1b-m20-p2.")
        String endpointConfigName,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Names of its endpoint configurations with other concurrency that may still exist, newest first; at rest one is kept for reuse. Default: none. Example: [ml-prod-sentiment-9f3c2a1b-m20-p0].")
        List<String> otherEndpointConfigNames,

        @JsonPropertyDescription(
                "Name of the endpoint configuration of its preview, while that may still exist. Example: ml-prod-sentiment-9f3c2a1b-m1-p0.")
        String previewEndpointConfigName,

        @JsonPropertyDescription("Pending, Validating, Deployed, Superseded or Failed.")
        RevisionState state,

        @JsonPropertyDescription("Why it is in that state, one word. Example: ValidationFailed.")
        String reason,

        @JsonPropertyDescription("What a person should know about it.")
        String message,

        @JsonPropertyDescription(
                "True for a revision whose model existed before Pilotlight adopted the endpoint; model and configuration it came with are never changed or deleted. Absent: false.")
        Boolean adopted) {
    public RevisionRecord {
        otherEndpointConfigNames = otherEndpointConfigNames == null ? List.of() : List.copyOf(otherEndpointConfigNames);
    }

    /** A revision that has one endpoint configuration, and no preview. */
    public RevisionRecord(String name, String modelName, String endpointConfigName, RevisionState state) {
        this(name, modelName, endpointConfigName, List.of(), null, state, null, null, null);
    }

    /** Whether the revision came with an adopted endpoint. */
    public boolean cameWithTheEndpoint() {
        return Boolean.TRUE.equals(adopted);
    }

    /** The same revision with a preview, which has this endpoint configuration. */
    public RevisionRecord withPreview(String configName) {
        return new RevisionRecord(
                name,
                modelName,
                endpointConfigName,
                otherEndpointConfigNames,
                configName,
                state,
                reason,
                message,
                adopted);
    }

    /** The same revision once nothing of its preview is left. */
    public RevisionRecord withoutPreview() {
        return withPreview(null);
    }

    /** The same revision, whose model has this name. */
    public RevisionRecord withModel(String model) {
        return new RevisionRecord(
                name,
                model,
                endpointConfigName,
                otherEndpointConfigNames,
                previewEndpointConfigName,
                state,
                reason,
                message,
                adopted);
    }

    /** The same revision in another state. */
    public RevisionRecord withState(RevisionState newState, String newReason, String newMessage) {
        return new RevisionRecord(
                name,
                modelName,
                endpointConfigName,
                otherEndpointConfigNames,
                previewEndpointConfigName,
                newState,
                newReason,
                newMessage,
                adopted);
    }

    /** The same revision, whose endpoint uses this endpoint configuration now; the one before becomes another of it. */
    public RevisionRecord withEndpointConfig(String configName) {
        if (configName.equals(endpointConfigName)) {
            return this;
        }
        RevisionRecord noted = endpointConfigName == null ? this : withOtherEndpointConfig(endpointConfigName);
        return new RevisionRecord(
                name,
                modelName,
                configName,
                noted.withoutOtherEndpointConfig(configName).otherEndpointConfigNames(),
                previewEndpointConfigName,
                state,
                reason,
                message,
                adopted);
    }

    /** The same revision, for which one more endpoint configuration may exist. */
    public RevisionRecord withOtherEndpointConfig(String configName) {
        List<String> others =
                new ArrayList<>(withoutOtherEndpointConfig(configName).otherEndpointConfigNames());
        others.addFirst(configName);
        return withOtherEndpointConfigs(others);
    }

    /** The same revision, knowing of this endpoint configuration as one of its own. */
    public RevisionRecord noting(String configName) {
        return configName.equals(endpointConfigName) || configName.equals(previewEndpointConfigName)
                ? this
                : withOtherEndpointConfig(configName);
    }

    /** The same revision, of which one endpoint configuration is gone. */
    public RevisionRecord withoutOtherEndpointConfig(String configName) {
        return withOtherEndpointConfigs(otherEndpointConfigNames.stream()
                .filter(other -> !other.equals(configName))
                .toList());
    }

    private RevisionRecord withOtherEndpointConfigs(List<String> others) {
        return new RevisionRecord(
                name,
                modelName,
                endpointConfigName,
                others,
                previewEndpointConfigName,
                state,
                reason,
                message,
                adopted);
    }
}
