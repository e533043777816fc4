package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** Pings that keep on-demand containers from being taken away. Each is billed like any invocation. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeepWarmSpec(
        @JsonPropertyDescription("How often a ping is sent. Default: every 240 seconds.")
        KeepWarmInterval interval,

        @Min(1) @Max(200) @Default("1")
        @JsonPropertyDescription(
                "Pings sent at once, to keep that many containers: 1 to 200, at most the endpoint's maxConcurrency. Default: 1.")
        Integer concurrency,

        @Default("false")
        @JsonPropertyDescription(
                "true sends pings only while a window of provisionedConcurrency.windows is open. Default: false.")
        Boolean onlyInWindows,

        @Required
        @JsonPropertyDescription(
                "The invocation that is sent. It is marked by its inference id, so that dashboards can leave it out.")
        KeepWarmRequest request) {
    /** The interval; what the spec leaves out is the schema's default. */
    public KeepWarmInterval intervalOrDefault() {
        return interval == null ? KeepWarmInterval.DEFAULT : interval.orDefaults();
    }

    /** How many pings are sent at once. */
    public int concurrencyOrDefault() {
        return concurrency == null ? 1 : concurrency;
    }

    /** Whether pings are sent only while a window is open. */
    public boolean inWindowsOnly() {
        return Boolean.TRUE.equals(onlyInWindows);
    }
}
