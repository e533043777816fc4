package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What this policy has used in a month. It is written with a change of capacity and otherwise once a day; between two writes the capacity it names counts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WarmLedger(
        @JsonPropertyDescription("Calendar month in UTC. Example: 2026-11.")
        String month,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Allocated provisioned concurrency until asOf, by memory size.")
        List<SlotSeconds> slotSeconds,

        @JsonPropertyDescription("Seconds of on-demand time used by pings until asOf. Example: 120.")
        Long pingSeconds,

        @JsonPropertyDescription("Until when it counts, RFC 3339. Example: 2026-11-24T06:50:00Z.")
        String asOf,

        @JsonPropertyDescription("Provisioned concurrency that runs since asOf. Example: 4.")
        Integer provisionedConcurrency,

        @JsonPropertyDescription("Memory in MB of what runs since asOf. Example: 2048.")
        Integer memorySizeInMB,

        @JsonPropertyDescription("Cost until asOf in US dollars, ~ before an estimate, or unknown. Example: ~41.20.")
        String usd,

        @JsonPropertyDescription(
                "What it came to when the day of asOf began, in UTC; absent where the policy did not see the day begin. Example: ~38.60.")
        String usdAtMidnight) {
    public WarmLedger {
        slotSeconds = slotSeconds == null ? List.of() : List.copyOf(slotSeconds);
    }
}
