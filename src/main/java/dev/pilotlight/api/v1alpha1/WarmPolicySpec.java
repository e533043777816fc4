package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** What a user asks for. */
@ValidationRule(
        value = "has(self.provisionedConcurrency) || has(self.keepWarm)",
        message = "a WarmPolicy needs provisionedConcurrency, keepWarm or both: add one")
@ValidationRule(
        value =
                "!has(self.executor) || self.executor != 'ApplicationAutoScaling' || has(self.provisionedConcurrency) && has(self.provisionedConcurrency.baseline) && self.provisionedConcurrency.baseline >= 1",
        message =
                "executor ApplicationAutoScaling needs provisionedConcurrency.baseline of at least 1, because AWS scales only what has some: raise baseline, or use executor Operator",
        fieldPath = ".executor")
@ValidationRule(
        value =
                "!has(self.executor) || self.executor != 'ApplicationAutoScaling' || !has(self.provisionedConcurrency) || !has(self.provisionedConcurrency.targetTracking) || self.provisionedConcurrency.targetTracking.min >= 1",
        message =
                "executor ApplicationAutoScaling needs provisionedConcurrency.targetTracking.min of at least 1: raise min, or use executor Operator",
        fieldPath = ".executor")
@ValidationRule(
        value =
                "!has(self.keepWarm) || !has(self.keepWarm.onlyInWindows) || !self.keepWarm.onlyInWindows || has(self.provisionedConcurrency) && has(self.provisionedConcurrency.windows) && self.provisionedConcurrency.windows.size() > 0",
        message = "keepWarm.onlyInWindows needs provisionedConcurrency.windows: add one, or set onlyInWindows to false",
        fieldPath = ".keepWarm")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WarmPolicySpec(
        @Required
        @JsonPropertyDescription(
                "The endpoint that is kept warm. One policy per endpoint: of several the oldest holds.")
        TargetReference targetRef,

        @JsonPropertyDescription(
                "How much provisioned concurrency the endpoint has, and when; while this policy is in force it wins over the endpoint's own number. Default: none, the endpoint keeps its own.")
        WarmCapacitySpec provisionedConcurrency,

        @JsonPropertyDescription("Pings that keep on-demand containers from being taken away. Default: none.")
        KeepWarmSpec keepWarm,

        @JsonPropertyDescription("What keeping warm may cost in a calendar month. Default: no limit.")
        WarmBudget budget,

        @Default("Operator")
        @JsonPropertyDescription(
                "Operator: Pilotlight decides the capacity and sets it. ApplicationAutoScaling: AWS moves it within a range that Pilotlight keeps there, and changes the range when windows and exceptions begin and end, so that scaling goes on while Pilotlight is away (without lead, and a forecast counts only at these times); baseline and targetTracking.min must then be at least 1. Default: Operator.")
        WarmExecutor executor,

        @Default("false")
        @JsonPropertyDescription(
                "true takes the policy out of force: no pings, and ten minutes later the endpoint's own provisionedConcurrency. Default: false.")
        Boolean suspend) {
    /** Whether this object asks to be taken out of force. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }

    /** Who moves the capacity. */
    public WarmExecutor executorOrDefault() {
        return executor == null ? WarmExecutor.OPERATOR : executor;
    }
}
