package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.List;

/** How changes of the model reach the endpoint. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RolloutSpec(
        @Default("Preview")
        @JsonPropertyDescription(
                "Preview proves a new revision on a temporary endpoint (maxConcurrency 1) before the real one is updated; InPlace updates the real one and goes back on failure. Default: Preview.")
        RolloutStrategy strategy,

        @Min(60) @Max(86400) @Default("1800")
        @JsonPropertyDescription(
                "Seconds without progress after which the rollout counts as stalled: 60 to 86400. Counts from the last step reached, not from queueing, and never cuts an AWS operation short. Default: 1800.")
        Integer progressDeadlineSeconds,

        @Min(0) @Max(20) @Default("3")
        @JsonPropertyDescription(
                "Old revisions whose model and endpoint configuration are kept in AWS, 0 to 20. Default: 3.")
        Integer revisionHistoryLimit,

        @JsonPropertyDescription("How a new revision is proven before it serves. Default: no requests.")
        ValidationSpec validation) {

    /** What holds when a spec says nothing; the schema's defaults are the same. */
    public static final RolloutSpec DEFAULT = new RolloutSpec(RolloutStrategy.PREVIEW, 1800, 3, null);

    /** These settings with the defaults where they say nothing, as the API server would fill them in. */
    public RolloutSpec orDefaults() {
        return new RolloutSpec(
                strategy == null ? DEFAULT.strategy : strategy,
                progressDeadlineSeconds == null ? DEFAULT.progressDeadlineSeconds : progressDeadlineSeconds,
                revisionHistoryLimit == null ? DEFAULT.revisionHistoryLimit : revisionHistoryLimit,
                validation);
    }

    /** The requests to validate with; empty when none are given. */
    public List<ValidationRequest> validationRequests() {
        return validation == null ? List.of() : validation.requests();
    }
}
