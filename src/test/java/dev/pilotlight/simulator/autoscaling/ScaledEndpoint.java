package dev.pilotlight.simulator.autoscaling;

import dev.pilotlight.simulator.SimulatedAws;
import dev.pilotlight.simulator.SimulatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivity;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;

/** An endpoint that serves with two provisioned slots of at most twenty, and an unmodified client that scales it. */
final class ScaledEndpoint implements AutoCloseable {
    static final String NAME = "scaled";
    static final String ID = "endpoint/scaled/variant/main";
    static final String DIMENSION = "sagemaker:variant:DesiredProvisionedConcurrency";

    final SimulatedAws aws;
    final ApplicationAutoScalingClient scaling;

    ScaledEndpoint() {
        this(settings -> settings);
    }

    ScaledEndpoint(UnaryOperator<SimulatorSettings.Builder> settings) {
        aws = SimulatedAws.start(settings);
        scaling = aws.client(ApplicationAutoScalingClient.builder());
        aws.endpoint(NAME, SimulatedAws.IMAGE, 20, 2);
        aws.describe(NAME);
        aws.pass(Duration.ofMinutes(10));
        aws.readUntil(NAME, EndpointStatus.IN_SERVICE);
    }

    /** What DescribeEndpoint shows; a look moves a state on that is over. */
    int capacity() {
        aws.describe(NAME);
        return aws.describe(NAME)
                .productionVariants()
                .getFirst()
                .currentServerlessConfig()
                .provisionedConcurrency();
    }

    void register(Consumer<RegisterScalableTargetRequest.Builder> what) {
        scaling.registerScalableTarget(request -> request.serviceNamespace("sagemaker")
                .resourceId(ID)
                .scalableDimension(DIMENSION)
                .applyMutation(what));
    }

    void register(int min, int max) {
        register(target -> target.minCapacity(min).maxCapacity(max));
    }

    void track(Consumer<PutScalingPolicyRequest.Builder> more) {
        scaling.putScalingPolicy(request -> request.serviceNamespace("sagemaker")
                .resourceId(ID)
                .scalableDimension(DIMENSION)
                .policyName("utilization")
                .policyType("TargetTrackingScaling")
                .targetTrackingScalingPolicyConfiguration(config -> config.targetValue(0.7)
                        .scaleOutCooldown(60)
                        .scaleInCooldown(300)
                        .predefinedMetricSpecification(metric ->
                                metric.predefinedMetricType("SageMakerVariantProvisionedConcurrencyUtilization")))
                .applyMutation(more));
    }

    void schedule(String name, Consumer<PutScheduledActionRequest.Builder> what) {
        scaling.putScheduledAction(request -> request.serviceNamespace("sagemaker")
                .resourceId(ID)
                .scalableDimension(DIMENSION)
                .scheduledActionName(name)
                .applyMutation(what));
    }

    List<ScalingActivity> activities() {
        return scaling.describeScalingActivities(
                        request -> request.serviceNamespace("sagemaker").resourceId(ID))
                .scalingActivities();
    }

    /** Every minute from now on has this share of the slots at work; the clock is turned to the end of them. */
    void load(double utilization, int minutes) {
        Instant from = aws.simulator().clock().now();
        String values = String.join(",", Collections.nCopies(minutes, Double.toString(utilization)));
        aws.seed("""
                {"metrics":[{"endpointName":"scaled","variantName":"main","start":"%s","values":[%s],
                "metricName":"ServerlessProvisionedConcurrencyUtilization"}]}""".formatted(from, values));
        aws.pass(Duration.ofMinutes(minutes));
    }

    @Override
    public void close() {
        aws.close();
    }
}
