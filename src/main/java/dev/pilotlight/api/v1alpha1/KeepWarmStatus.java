package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How often is pinged, and the pings of one day. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeepWarmStatus(
        @JsonPropertyDescription(
                "Seconds between pings now; with mode Auto as learned, and gone on with after a restart. Example: 240.")
        Integer intervalSeconds,

        @JsonPropertyDescription(
                "With mode Auto: the shortest gap in seconds after which a container was seen to be gone in the last seven days. Example: 660.")
        Integer goneAfterSeconds,

        @JsonPropertyDescription("The day in UTC on which that was seen last, year-month-day. Example: 2026-11-22.")
        String goneSeen,

        @JsonPropertyDescription("The day in UTC that the counts are about, year-month-day. Example: 2026-11-24.")
        String date,

        @JsonPropertyDescription(
                "Since when they were counted, RFC 3339, where the policy or the operator started on that day. Example: 2026-11-24T09:12:00Z.")
        String countedFrom,

        @JsonPropertyDescription("Pings sent on that day. Example: 360.")
        Integer pings,

        @JsonPropertyDescription("Pings of that day that waited for a container to start. Example: 2.")
        Integer coldPings,

        @JsonPropertyDescription(
                "What the pings of that day cost in US dollars, ~ before an estimate, or unknown. Example: ~0.05.")
        String estimatedUSD) {}
