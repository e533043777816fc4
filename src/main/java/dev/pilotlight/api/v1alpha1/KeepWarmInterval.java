package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How often a ping is sent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeepWarmInterval(
        @Default("Fixed")
        @JsonPropertyDescription(
                "Fixed sends one every so many seconds; Auto starts like that and learns the interval from how long idle containers were seen to survive. Default: Fixed.")
        IntervalMode mode,

        @Min(30) @Max(3600) @Default("240")
        @JsonPropertyDescription(
                "Seconds between pings, 30 to 3600; with mode Auto where the learning starts. Default: 240.")
        Integer seconds) {
    /** What holds when a spec says nothing; the schema's defaults are the same. */
    public static final KeepWarmInterval DEFAULT = new KeepWarmInterval(IntervalMode.FIXED, 240);

    /** This interval with the defaults where it says nothing, as the API server would fill them in. */
    public KeepWarmInterval orDefaults() {
        return new KeepWarmInterval(mode == null ? DEFAULT.mode : mode, seconds == null ? DEFAULT.seconds : seconds);
    }
}
