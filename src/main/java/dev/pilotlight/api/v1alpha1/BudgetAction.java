package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when a month would cost more than its budget. */
public enum BudgetAction {
    /** Capacity is cut: forecast first, then tracking, windows and baseline; pings stop when the budget is spent. */
    @JsonProperty("Clamp")
    CLAMP,

    /** It is said, and nothing is cut. */
    @JsonProperty("Alert")
    ALERT,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static BudgetAction read(String written) {
        return switch (written) {
            case "Clamp" -> CLAMP;
            case "Alert" -> ALERT;
            default -> UNKNOWN;
        };
    }
}
