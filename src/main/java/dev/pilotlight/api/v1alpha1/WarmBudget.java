package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** What keeping warm may cost in a calendar month, UTC. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WarmBudget(
        @Required
        @Min(1) @Max(10000000) @JsonPropertyDescription(
                "US dollars a month for allocated provisioned concurrency and pings of this policy, 1 to 10000000. Example: 300.")
        Integer monthlyUSD,

        @Default("Clamp")
        @JsonPropertyDescription(
                "Clamp cuts capacity when the month would cost more: forecast first, then tracking, windows and baseline, and never what runs in an open window before the budget itself is spent; pings go on until then and stop for the rest of the month; with executor ApplicationAutoScaling 1 stays even when it is spent, because AWS's scaling needs it; Alert only says so. Default: Clamp.")
        BudgetAction onExceeded) {
    /** What happens when the month would cost more. */
    public BudgetAction onExceededOrDefault() {
        return onExceeded == null ? BudgetAction.CLAMP : onExceeded;
    }
}
