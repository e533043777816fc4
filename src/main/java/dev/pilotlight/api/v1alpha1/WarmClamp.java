package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What cut the capacity that is demanded. */
public enum WarmClamp {
    /** {@code spec.budget}. */
    @JsonProperty("Budget")
    BUDGET,

    /** The endpoint's {@code serverless.maxConcurrency}. */
    @JsonProperty("MaxConcurrency")
    MAX_CONCURRENCY,

    /** A value written by a newer version; never in the schema, and read instead of failing. */
    @JsonIgnore
    UNKNOWN;

    @JsonCreator
    static WarmClamp read(String written) {
        return switch (written) {
            case "Budget" -> BUDGET;
            case "MaxConcurrency" -> MAX_CONCURRENCY;
            default -> UNKNOWN;
        };
    }
}
