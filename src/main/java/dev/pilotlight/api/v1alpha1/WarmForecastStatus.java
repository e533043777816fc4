package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The last forecast. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WarmForecastStatus(
        @JsonPropertyDescription(
                "When it was made, RFC 3339; later ones that look the same are not written. Example: 2026-11-24T00:00:00Z.")
        String computedAt,

        @JsonPropertyDescription("Days of metrics it is made from. Example: 14.")
        Integer daysOfData,

        @JsonPropertyDescription("What may become of it.") ForecastVerdict verdict,

        @JsonPropertyDescription("What a person should know about it.")
        String message,

        @JsonPropertyDescription("How it did on days it had not seen.")
        ForecastBackTest backTest,

        @JsonPropertyDescription(
                "Provisioned concurrency it recommends at all times, as it can be put into spec.provisionedConcurrency.baseline. Example: 1.")
        Integer baseline,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32) @JsonPropertyDescription("Windows it recommends, as they can be put into spec.provisionedConcurrency.windows.")
        List<WarmWindow> windows) {
    public WarmForecastStatus {
        windows = windows == null ? List.of() : List.copyOf(windows);
    }
}
