package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Facts of the live endpoint as last verified with AWS; a restart compares them instead of describing everything again. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AwsFacts(
        @JsonPropertyDescription(
                "CreationTime of the endpoint, RFC 3339 with milliseconds. Example: 2026-11-24T15:04:05.123Z.")
        String creationTime,

        @JsonPropertyDescription(
                "LastModifiedTime of the endpoint, RFC 3339 with milliseconds. Example: 2026-11-24T15:06:50.456Z.")
        String lastModifiedTime,

        @JsonPropertyDescription("EndpointStatus in AWS's words. Example: InService.")
        String endpointStatus) {}
