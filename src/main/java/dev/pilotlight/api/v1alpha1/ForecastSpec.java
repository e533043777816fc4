package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Capacity from the traffic of the last weeks. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ForecastSpec(
        @Default("Preview")
        @JsonPropertyDescription(
                "Off makes no forecast, Preview shows it in status.forecast, Enforce also adds the capacity it asks for, while it beats the seasonal-naive forecast on days it has not seen; it never takes capacity away. Quote Off, which is a boolean in YAML. Default: Preview.")
        ForecastMode mode,

        @Min(14) @Max(30) @Default("14")
        @JsonPropertyDescription("Days of metrics the forecast looks at, 14 to 30. Default: 14.")
        Integer lookbackDays,

        @Min(1) @Max(50) @Default("1")
        @JsonPropertyDescription(
                "Share of invocations that may find no provisioned concurrency free, in percent of a week: 1 to 50. Default: 1.")
        Integer maxSpilloverPercent) {
    /** What holds when a spec says nothing; the schema's defaults are the same. */
    private static final ForecastSpec DEFAULT = new ForecastSpec(ForecastMode.PREVIEW, 14, 1);

    /** These settings with the defaults where they say nothing, as the API server would fill them in. */
    public ForecastSpec orDefaults() {
        return new ForecastSpec(
                mode == null ? DEFAULT.mode : mode,
                lookbackDays == null ? DEFAULT.lookbackDays : lookbackDays,
                maxSpilloverPercent == null ? DEFAULT.maxSpilloverPercent : maxSpilloverPercent);
    }
}
