package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How forecasts did on days they had not seen. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ForecastBackTest(
        @JsonPropertyDescription("Invocations that found no provisioned concurrency free, in percent. Example: 0.8.")
        String spilloverPercent,

        @JsonPropertyDescription(
                "Cost of the forecast's capacity in US dollars a month, ~ before an estimate. Example: ~212.00.")
        String monthlyUSD,

        @JsonPropertyDescription("The same share for the seasonal-naive forecast. Example: 2.1.")
        String seasonalNaiveSpilloverPercent,

        @JsonPropertyDescription("The same cost for the seasonal-naive forecast. Example: ~240.00.")
        String seasonalNaiveMonthlyUSD) {}
