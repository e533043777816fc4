package dev.pilotlight.domain.scaling;

import java.util.OptionalInt;

/**
 * Target tracking of the predefined metric {@value #METRIC}, the share of the provisioned slots that is at work.
 *
 * @param targetValue a fraction, 0.7 for 70 %: the metric is a ratio (AWS docs: metrics of serverless endpoints)
 * @param scaleOutCooldownSeconds 0 or more; empty for AWS's default
 * @param scaleInCooldownSeconds 0 or more; empty for AWS's default
 * @param disableScaleIn whether this policy only ever adds capacity
 */
public record TargetTracking(
        double targetValue,
        OptionalInt scaleOutCooldownSeconds,
        OptionalInt scaleInCooldownSeconds,
        boolean disableScaleIn) {
    /** PredefinedMetricType. */
    public static final String METRIC = "SageMakerVariantProvisionedConcurrencyUtilization";
}
