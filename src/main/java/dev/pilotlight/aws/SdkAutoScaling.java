package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.scaling.ScalableTarget;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalableTarget.Suspended;
import dev.pilotlight.domain.scaling.ScalingPolicy;
import dev.pilotlight.domain.scaling.ScheduledAction;
import dev.pilotlight.domain.scaling.TargetTracking;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.Alarm;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScheduledActionsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTargetAction;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;

/** Application Auto Scaling on the AWS SDK, for one dimension of one service. */
final class SdkAutoScaling implements AutoScaling {

    private static final String SERVICE = "application-autoscaling:";
    private static final ServiceNamespace NAMESPACE = ServiceNamespace.SAGEMAKER;
    private static final ScalableDimension DIMENSION =
            ScalableDimension.SAGEMAKER_VARIANT_DESIRED_PROVISIONED_CONCURRENCY;

    private final SessionCalls calls;
    private final Priority priority;

    SdkAutoScaling(SessionCalls calls, Priority priority) {
        this.calls = calls;
        this.priority = priority;
    }

    @Override
    public Optional<ScalableTarget> target(String resourceId) {
        return calls
                .read(
                        SERVICE + "DescribeScalableTargets",
                        priority,
                        () -> client().describeScalableTargets(list -> list.overrideConfiguration(calls.credentials())
                                .serviceNamespace(NAMESPACE)
                                .scalableDimension(DIMENSION)
                                .resourceIds(resourceId)))
                .scalableTargets()
                .stream()
                .map(SdkAutoScaling::target)
                .findFirst();
    }

    @Override
    public List<ScalingPolicy> policies(String resourceId) {
        return calls
                .pages(
                        SERVICE + "DescribeScalingPolicies",
                        priority,
                        token -> client().describeScalingPolicies(
                                        list -> list.overrideConfiguration(calls.credentials())
                                                .serviceNamespace(NAMESPACE)
                                                .scalableDimension(DIMENSION)
                                                .resourceId(resourceId)
                                                .nextToken(token)),
                        DescribeScalingPoliciesResponse::nextToken)
                .stream()
                .flatMap(page -> page.scalingPolicies().stream())
                .map(SdkAutoScaling::policy)
                .toList();
    }

    @Override
    public List<ScheduledAction> scheduledActions(String resourceId) {
        return calls
                .pages(
                        SERVICE + "DescribeScheduledActions",
                        priority,
                        token -> client().describeScheduledActions(
                                        list -> list.overrideConfiguration(calls.credentials())
                                                .serviceNamespace(NAMESPACE)
                                                .scalableDimension(DIMENSION)
                                                .resourceId(resourceId)
                                                .nextToken(token)),
                        DescribeScheduledActionsResponse::nextToken)
                .stream()
                .flatMap(page -> page.scheduledActions().stream())
                .map(SdkAutoScaling::action)
                .toList();
    }

    @Override
    public Receipt register(String resourceId, Range range, Suspended suspended) {
        return register(
                resourceId,
                target ->
                        target.minCapacity(range.min()).maxCapacity(range.max()).suspendedState(state(suspended)));
    }

    @Override
    public Receipt suspend(String resourceId, Suspended suspended) {
        return register(resourceId, target -> target.suspendedState(state(suspended)));
    }

    private Receipt register(String resourceId, Consumer<RegisterScalableTargetRequest.Builder> what) {
        return mutate(
                "RegisterScalableTarget",
                () -> client().registerScalableTarget(target -> target.overrideConfiguration(calls.credentials())
                        .serviceNamespace(NAMESPACE)
                        .scalableDimension(DIMENSION)
                        .resourceId(resourceId)
                        .applyMutation(what)));
    }

    @Override
    public Receipt putPolicy(String resourceId, String name, TargetTracking tracking) {
        return mutate(
                "PutScalingPolicy",
                () -> client().putScalingPolicy(policy -> policy.overrideConfiguration(calls.credentials())
                        .serviceNamespace(NAMESPACE)
                        .scalableDimension(DIMENSION)
                        .resourceId(resourceId)
                        .policyName(name)
                        .policyType(PolicyType.TARGET_TRACKING_SCALING)
                        .targetTrackingScalingPolicyConfiguration(config -> config.predefinedMetricSpecification(
                                        metric -> metric.predefinedMetricType(TargetTracking.METRIC))
                                .targetValue(tracking.targetValue())
                                .scaleOutCooldown(boxed(tracking.scaleOutCooldownSeconds()))
                                .scaleInCooldown(boxed(tracking.scaleInCooldownSeconds()))
                                .disableScaleIn(tracking.disableScaleIn()))));
    }

    @Override
    public Receipt deletePolicy(String resourceId, String name) {
        return remove(
                "DeleteScalingPolicy",
                () -> client().deleteScalingPolicy(policy -> policy.overrideConfiguration(calls.credentials())
                        .serviceNamespace(NAMESPACE)
                        .scalableDimension(DIMENSION)
                        .resourceId(resourceId)
                        .policyName(name)));
    }

    @Override
    public Receipt putScheduledAction(String resourceId, ScheduledAction action) {
        return mutate(
                "PutScheduledAction",
                () -> client().putScheduledAction(put -> put.overrideConfiguration(calls.credentials())
                        .serviceNamespace(NAMESPACE)
                        .scalableDimension(DIMENSION)
                        .resourceId(resourceId)
                        .scheduledActionName(action.name())
                        .schedule(action.schedule())
                        .timezone(action.timeZone().orElse(null))
                        .startTime(action.start().orElse(null))
                        .endTime(action.end().orElse(null))
                        .scalableTargetAction(
                                range -> range.minCapacity(boxed(action.min())).maxCapacity(boxed(action.max())))));
    }

    @Override
    public Receipt deleteScheduledAction(String resourceId, String name) {
        return remove(
                "DeleteScheduledAction",
                () -> client().deleteScheduledAction(action -> action.overrideConfiguration(calls.credentials())
                        .serviceNamespace(NAMESPACE)
                        .scalableDimension(DIMENSION)
                        .resourceId(resourceId)
                        .scheduledActionName(name)));
    }

    @Override
    public Receipt deregister(String resourceId) {
        return remove(
                "DeregisterScalableTarget",
                () -> client().deregisterScalableTarget(target -> target.overrideConfiguration(calls.credentials())
                        .serviceNamespace(NAMESPACE)
                        .scalableDimension(DIMENSION)
                        .resourceId(resourceId)));
    }

    private ApplicationAutoScalingClient client() {
        return calls.clients().autoScaling();
    }

    private <T extends AwsResponse> Receipt mutate(String operation, Supplier<T> sdk) {
        T answer = calls.mutate(SERVICE + operation, priority, sdk);
        return new Receipt(SERVICE + operation, "", SessionCalls.requestId(answer));
    }

    private <T extends AwsResponse> Receipt remove(String operation, Supplier<T> sdk) {
        try {
            return mutate(operation, sdk);
        } catch (AwsException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                return new Receipt(SERVICE + operation, "", e.failure().requestId());
            }
            throw e;
        }
    }

    private static SuspendedState state(Suspended suspended) {
        return SuspendedState.builder()
                .dynamicScalingInSuspended(suspended.dynamicScalingIn())
                .dynamicScalingOutSuspended(suspended.dynamicScalingOut())
                .scheduledScalingSuspended(suspended.scheduledScaling())
                .build();
    }

    private static ScalableTarget target(
            software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget answer) {
        return new ScalableTarget(
                answer.resourceId(),
                new Range(answer.minCapacity(), answer.maxCapacity()),
                Optional.ofNullable(answer.suspendedState())
                        .map(SdkAutoScaling::suspended)
                        .orElse(Suspended.NOTHING),
                Optional.ofNullable(answer.creationTime()).orElse(Instant.EPOCH));
    }

    private static Suspended suspended(SuspendedState state) {
        return new Suspended(
                Boolean.TRUE.equals(state.dynamicScalingInSuspended()),
                Boolean.TRUE.equals(state.dynamicScalingOutSuspended()),
                Boolean.TRUE.equals(state.scheduledScalingSuspended()));
    }

    private static ScalingPolicy policy(
            software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy answer) {
        return new ScalingPolicy(
                answer.policyName(),
                Optional.ofNullable(answer.targetTrackingScalingPolicyConfiguration())
                        .filter(SdkAutoScaling::isUtilization)
                        .map(SdkAutoScaling::tracking),
                answer.alarms().stream().map(Alarm::alarmName).toList());
    }

    private static boolean isUtilization(TargetTrackingScalingPolicyConfiguration config) {
        return config.predefinedMetricSpecification() != null
                && TargetTracking.METRIC.equals(
                        config.predefinedMetricSpecification().predefinedMetricTypeAsString());
    }

    private static TargetTracking tracking(TargetTrackingScalingPolicyConfiguration config) {
        return new TargetTracking(
                config.targetValue(),
                number(config.scaleOutCooldown()),
                number(config.scaleInCooldown()),
                Boolean.TRUE.equals(config.disableScaleIn()));
    }

    private static ScheduledAction action(
            software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction answer) {
        Optional<ScalableTargetAction> range = Optional.ofNullable(answer.scalableTargetAction());
        return new ScheduledAction(
                answer.scheduledActionName(),
                answer.schedule(),
                Optional.ofNullable(answer.timezone()),
                Optional.ofNullable(answer.startTime()),
                Optional.ofNullable(answer.endTime()),
                number(range.map(ScalableTargetAction::minCapacity).orElse(null)),
                number(range.map(ScalableTargetAction::maxCapacity).orElse(null)));
    }

    private static OptionalInt number(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Integer boxed(OptionalInt value) {
        return value.isPresent() ? (Integer) value.getAsInt() : null;
    }
}
