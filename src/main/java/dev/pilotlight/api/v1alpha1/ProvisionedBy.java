package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Who decides the provisioned concurrency in force. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProvisionedBy(
        @JsonPropertyDescription("Kind of the decider: ServerlessEndpoint or WarmPolicy.")
        String kind,

        @JsonPropertyDescription("Name of the decider in this namespace. Example: office-hours.")
        String name,

        @JsonPropertyDescription(
                "Set once that WarmPolicy is gone or suspended: when its capacity gives way to the endpoint's own, RFC 3339. Example: 2026-11-24T15:14:05Z.")
        String until) {}
