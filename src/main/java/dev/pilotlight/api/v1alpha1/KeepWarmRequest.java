package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The invocation that is sent as a ping. */
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
public record KeepWarmRequest(
        @Required
        @Size(max = 255) @JsonPropertyDescription(
                "Content-Type header of the request, at most 255 characters. Example: application/json.")
        String contentType,

        @Size(max = 255) @JsonPropertyDescription(
                "Accept header of the request, at most 255 characters. Default: the model decides. Example: application/json.")
        String accept,

        @Required
        @Size(max = 65536) @JsonPropertyDescription(
                "Body of the request as text, at most 65536 characters: the cheapest input the model answers. Example: {}.")
        String body) {}
