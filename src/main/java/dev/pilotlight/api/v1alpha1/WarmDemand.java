package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What the endpoint shall have now. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WarmDemand(
        @JsonPropertyDescription(
                "Provisioned concurrency the endpoint shall have now; 0 is none. Absent with executor ApplicationAutoScaling. Example: 4.")
        Integer provisionedConcurrency,

        @JsonPropertyDescription(
                "With executor ApplicationAutoScaling, the range in which AWS moves the provisioned concurrency.")
        CapacityRange range,

        @JsonPropertyDescription("What set the number.") WarmSource source,

        @JsonPropertyDescription("Window or exception that set the number, where one did. Example: office.")
        String name,

        @JsonPropertyDescription("What cut the number; absent when nothing did.")
        WarmClamp clampedBy,

        @JsonPropertyDescription("What it would be without the cut; absent when nothing was cut. Example: 8.")
        Integer wanted,

        @JsonPropertyDescription("Since when the number is demanded, RFC 3339. Example: 2026-11-24T06:50:00Z.")
        String since) {}
