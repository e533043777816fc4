package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What Pilotlight found and demands. Nothing in it ticks. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WarmPolicyStatus(
        @JsonPropertyDescription(
                "metadata.generation that this status is about; -1 before the first report. Example: 3.")
        Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Conditions by type; Ready says whether the policy is in force.")
        List<Condition> conditions,

        @JsonPropertyDescription(
                "ServerlessEndpoint that all of this is about; what was learned of another one does not count. Example: sentiment.")
        String target,

        @JsonPropertyDescription(
                "What the endpoint shall have now; absent while the policy is not in force. The endpoint's status says what it has.")
        WarmDemand demand,

        @JsonPropertyDescription(
                "The next change that is known in advance, by windows, exceptions or a forecast that is acted on; absent when there is none within a year.")
        NextChange next,

        @JsonPropertyDescription(
                "How long before a window opens its capacity is asked for, in seconds, 300 to 3600: what AWS took lately from being asked; longer waits, and what kept AWS from being asked, are outages and do not count. Example: 300.")
        Integer leadSeconds,

        @JsonPropertyDescription(
                "What this policy has used this month. Where it is lost, the month so far counts in full, at the highest capacity that the policy may have asked for (what runs, baseline, windows, exceptions of the month, targetTracking.max, an acted-on forecast; at most maxConcurrency) and with a ping of a second at every interval: never as zero.")
        WarmLedger ledger,

        @JsonPropertyDescription("The last forecast.") WarmForecastStatus forecast,

        @JsonPropertyDescription(
                "Cold starts of the last whole day that had calls or costs; without calls only its costs.")
        ColdStartStatus coldStarts,

        @JsonPropertyDescription("How often is pinged now, and the pings of the last day that is over.")
        KeepWarmStatus keepWarm) {
    public WarmPolicyStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
