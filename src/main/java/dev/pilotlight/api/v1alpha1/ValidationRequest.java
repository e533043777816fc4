package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One invocation that a new revision must answer as expected before it may serve. */
@ValidationRule(
        value = "self.name.matches('^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')",
        message = "name must be a DNS label: at most 63 lower-case letters, digits and inner hyphens",
        fieldPath = ".name")
@ValidationRule(
        value = "self.contentType.matches('^[\\\\x20-\\\\x7e]+$') && self.contentType.contains('/')",
        message = "contentType must be a media type, such as application/json",
        fieldPath = ".contentType")
@ValidationRule(
        value = "!has(self.accept) || self.accept.matches('^[\\\\x20-\\\\x7e]+$') && self.accept.contains('/')",
        message = "accept must be a media type, such as application/json",
        fieldPath = ".accept")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ValidationRequest(
        @Required
        @Size(max = 63) @JsonPropertyDescription(
                "Name of the request, unique in the list: a DNS label of at most 63 characters. Example: happy.")
        String name,

        @Required
        @Size(max = 255) @JsonPropertyDescription(
                "Content-Type header of the request, at most 255 characters. Example: application/json.")
        String contentType,

        @Size(max = 255) @JsonPropertyDescription(
                "Accept header of the request, at most 255 characters. Default: the model decides. Example: application/json.")
        String accept,

        @Required
        @Size(max = 65536) @JsonPropertyDescription(
                "Body of the request as text, at most 65536 characters. Never put personal data here. Example: {\"text\":\"good\"}.")
        String body,

        @Required
        @Size(max = 4096) @JsonPropertyDescription(
                "CEL expression over response (status, headers, body, json) that must be true, at most 4096 characters. Example: response.status == 200 && response.json.label == \"POSITIVE\".")
        String expect) {}
