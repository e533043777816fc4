package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Capacity that follows measured use. */
@ValidationRule(
        value = "self.min <= self.max",
        message = "min must not exceed max: lower min or raise max",
        fieldPath = ".min")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TargetTracking(
        @Required
        @Min(0) @Max(200) @JsonPropertyDescription(
                "Least provisioned concurrency, 0 to 200; at least 1 with executor ApplicationAutoScaling. Example: 1.")
        Integer min,

        @Required
        @Min(1) @Max(200) @JsonPropertyDescription(
                "Most provisioned concurrency that tracking asks for, 1 to 200; also cut to the endpoint's maxConcurrency. Example: 10.")
        Integer max,

        @Min(10) @Max(90) @Default("70")
        @JsonPropertyDescription(
                "Share of the provisioned concurrency that is to be in use, in percent: 10 to 90. Lower keeps more in reserve for bursts. Default: 70.")
        Integer utilizationPercent,

        @Min(60) @Max(3600) @Default("300")
        @JsonPropertyDescription(
                "Seconds that less use must last, and that pass after any change, before capacity is taken away: 60 to 3600. Less than a fifth of the capacity is taken away an hour after any change at the earliest, so that noise does not move it. Default: 300.")
        Integer scaleInCooldownSeconds,

        @Min(0) @Max(3600) @Default("60")
        @JsonPropertyDescription("Seconds between two additions of capacity: 0 to 3600. Default: 60.")
        Integer scaleOutCooldownSeconds) {
    /** What holds when a spec says nothing; the schema's defaults are the same. */
    private static final TargetTracking DEFAULT = new TargetTracking(null, null, 70, 300, 60);

    /** These settings with the defaults where they say nothing, as the API server would fill them in. */
    public TargetTracking orDefaults() {
        return new TargetTracking(
                min,
                max,
                utilizationPercent == null ? DEFAULT.utilizationPercent : utilizationPercent,
                scaleInCooldownSeconds == null ? DEFAULT.scaleInCooldownSeconds : scaleInCooldownSeconds,
                scaleOutCooldownSeconds == null ? DEFAULT.scaleOutCooldownSeconds : scaleOutCooldownSeconds);
    }
}
