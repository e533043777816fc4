package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One invocation that a new revision must answer as expected before it may serve. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ValidationRequest(
        @Required
        @Size(min = 1, max = 63) @JsonPropertyDescription(
                "Name of the request, unique in the list: a DNS label of at most 63 characters. Example: happy.")
        String name,

        @Required
        @Size(min = 1, max = 255) @JsonPropertyDescription(
                "Content-Type header of the request, at most 255 characters. Example: application/json.")
        String contentType,

        @Size(min = 1, max = 255) @JsonPropertyDescription(
                "Accept header of the request, at most 255 characters. Default: the model decides. Example: application/json.")
        String accept,

        @Required
        @Size(max = 65536) @JsonPropertyDescription(
                "Body of the request as text, at most 65536 characters. Never put personal data here. Example: {\"text\":\"good\"}.")
        String body,

        @Required
        @Size(min = 1, max = 4096) @JsonPropertyDescription(
                "CEL expression over response (status, headers, body, json) that must be true, at most 4096 characters. Example: response.status == 200 && response.json.label == \"POSITIVE\".")
        String expect) {}
