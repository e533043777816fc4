package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How much provisioned concurrency an endpoint has, and when. Of everything that asks for capacity at a time the highest wins. */
@ValidationRule(
        value =
                "!has(self.exceptions) || self.exceptions.all(e, !has(e.windows) || has(self.windows) && e.windows.all(n, self.windows.exists(w, w.name == n)))",
        message =
                "an exception names a window that is not in windows: correct the name, or leave windows out to close all",
        fieldPath = ".exceptions")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WarmCapacitySpec(
        @Min(0) @Max(200) @Default("0")
        @JsonPropertyDescription(
                "Provisioned concurrency at all times, 0 to 200; at least 1 with executor ApplicationAutoScaling. Going to or from 0 replaces the endpoint configuration and costs cold starts. Default: 0.")
        Integer baseline,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32) @JsonPropertyDescription("Times of the week with more, by name; at most 32. Default: none.")
        List<WarmWindow> windows,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64) @JsonPropertyDescription("Days on which the windows do not hold, by name; at most 64. Default: none.")
        List<WarmException> exceptions,

        @JsonPropertyDescription("Capacity that follows measured use, between min and max. Default: none.")
        TargetTracking targetTracking,

        @JsonPropertyDescription("Capacity from the traffic of the last weeks. Default: none.")
        ForecastSpec forecast) {
    public WarmCapacitySpec {
        windows = windows == null ? List.of() : List.copyOf(windows);
        exceptions = exceptions == null ? List.of() : List.copyOf(exceptions);
    }

    /** The capacity at all times; the schema's default where the spec says nothing. */
    public int baselineOrDefault() {
        return baseline == null ? 0 : baseline;
    }
}
