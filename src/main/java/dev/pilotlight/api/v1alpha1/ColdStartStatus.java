package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Cold starts of one day. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ColdStartStatus(
        @JsonPropertyDescription("The day in UTC, year-month-day. Example: 2026-11-24.")
        String date,

        @JsonPropertyDescription(
                "Invocations that waited for a container to start, in percent; our own pings are left out, but for those sent before a restart of the operator on that day. Example: 0.8.")
        String sharePercent,

        @JsonPropertyDescription("Median of the latency a cold start added, in milliseconds. Example: 4200.")
        Integer p50Milliseconds,

        @JsonPropertyDescription("95th percentile of the latency a cold start added, in milliseconds. Example: 9100.")
        Integer p95Milliseconds,

        @JsonPropertyDescription(
                "What SageMaker added to an invocation on average (OverheadLatency, cold starts and pings included), in milliseconds. Example: 35.")
        Integer meanOverheadMilliseconds,

        @JsonPropertyDescription(
                "What keeping warm cost on that day in US dollars, ~ before an estimate, or unknown. Example: ~2.88.")
        String estimatedUSD) {}
