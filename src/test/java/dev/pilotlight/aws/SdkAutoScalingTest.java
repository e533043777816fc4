package dev.pilotlight.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.scaling.ScalableTarget;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalableTarget.Suspended;
import dev.pilotlight.domain.scaling.ScalingCall;
import dev.pilotlight.domain.scaling.ScalingPolicy;
import dev.pilotlight.domain.scaling.ScheduledAction;
import dev.pilotlight.domain.scaling.TargetTracking;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkAutoScalingTest {
    private static final String ID = ScalableTarget.resourceId("ml-prod-sentiment", "main");

    private final AdapterFixture aws = new AdapterFixture();
    private final AutoScaling scaling = aws.opened().autoScaling(Priority.CHANGE);

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aTargetIsKnownByItsRangeAndWhatIsSuspended() {
        aws.stub.json("""
                {"ScalableTargets":[{"ServiceNamespace":"sagemaker","ResourceId":"%s","MinCapacity":2,"MaxCapacity":8,
                "ScalableDimension":"sagemaker:variant:DesiredProvisionedConcurrency","RoleARN":"arn",
                "CreationTime":1767600000.5,"SuspendedState":{"DynamicScalingInSuspended":true,
                "DynamicScalingOutSuspended":false,"ScheduledScalingSuspended":true}}]}""".formatted(ID));

        assertThat(scaling.target(ID))
                .contains(new ScalableTarget(
                        ID,
                        new Range(2, 8),
                        new Suspended(true, false, true),
                        Instant.ofEpochMilli(1_767_600_000_500L)));

        assertThat(aws.stub.last().about()).isEqualTo("AnyScaleFrontendService.DescribeScalableTargets");
        assertThat(aws.stub.last().body())
                .contains("\"ResourceIds\":[\"" + ID + "\"]")
                .contains("\"ScalableDimension\":\"sagemaker:variant:DesiredProvisionedConcurrency\"");
    }

    @Test
    void whatIsNotRegisteredIsAnOrdinaryAnswer() {
        aws.stub.json("{\"ScalableTargets\":[]}");
        assertThat(scaling.target(ID)).isEmpty();

        aws.stub.error(400, "ObjectNotFoundException", "No scalable target registered");
        assertThat(scaling.deregister(ID).requestId()).isEqualTo("r-err");
        aws.stub.error(400, "ObjectNotFoundException", "No scaling policy found");
        scaling.deletePolicy(ID, "p");
        aws.stub.error(400, "ObjectNotFoundException", "No scheduled action found");
        scaling.deleteScheduledAction(ID, "a");
    }

    @Test
    void aTargetThatSomebodyLetGoToZeroIsReadAsItIs() {
        aws.stub.json(
                "{\"ScalableTargets\":[{\"ResourceId\":\"%s\",\"MinCapacity\":0,\"MaxCapacity\":4}]}".formatted(ID));

        assertThat(scaling.target(ID))
                .contains(new ScalableTarget(ID, new Range(0, 4), Suspended.NOTHING, Instant.EPOCH));
    }

    @Test
    void registeringSaysEverythingAndSuspendingLeavesTheRangeOut() {
        aws.stub.json("{\"ScalableTargetARN\":\"arn\"}").json("{}");

        assertThat(scaling.register(ID, new Range(1, 10), Suspended.NOTHING))
                .isEqualTo(new Receipt("application-autoscaling:RegisterScalableTarget", "", "r-1"));
        assertThat(aws.stub.last().body())
                .contains("\"MinCapacity\":1", "\"MaxCapacity\":10", "\"ScheduledScalingSuspended\":false");

        scaling.suspend(ID, Suspended.EVERYTHING);
        assertThat(aws.stub.last().body())
                .contains("\"DynamicScalingOutSuspended\":true")
                .doesNotContain("Capacity\"");
        assertThat(aws.calls).allMatch(AwsCall::mutating);
    }

    @Test
    void aRangeThatNoVariantCanHaveIsNotEvenAsked() {
        assertThatThrownBy(() -> new ScalingCall.Register(ID, new Range(0, 3))).hasMessageContaining("scaled to 0");
        assertThatThrownBy(() -> new Range(-1, 3)).hasMessageContaining("-1 and 3");
        assertThatThrownBy(() -> new Range(4, 3)).hasMessageContaining("4 and 3");
    }

    @Test
    void policiesOfOtherKindsAreSeenButNotRead() {
        aws.stub.json("""
                {"ScalingPolicies":[{"PolicyName":"ours","PolicyType":"TargetTrackingScaling","Alarms":[{"AlarmName":"high","AlarmARN":"a"}],
                "TargetTrackingScalingPolicyConfiguration":{"TargetValue":0.7,"ScaleInCooldown":300,
                "PredefinedMetricSpecification":{"PredefinedMetricType":"SageMakerVariantProvisionedConcurrencyUtilization"}}}],
                "NextToken":"t"}""").json("""
                {"ScalingPolicies":[{"PolicyName":"steps","PolicyType":"StepScaling","Alarms":[]},
                {"PolicyName":"custom","PolicyType":"TargetTrackingScaling",
                "TargetTrackingScalingPolicyConfiguration":{"TargetValue":5,"CustomizedMetricSpecification":{"MetricName":"m"}}}]}""");

        assertThat(scaling.policies(ID))
                .containsExactly(
                        new ScalingPolicy(
                                "ours",
                                Optional.of(new TargetTracking(0.7, OptionalInt.empty(), OptionalInt.of(300), false)),
                                List.of("high")),
                        new ScalingPolicy("steps", Optional.empty(), List.of()),
                        new ScalingPolicy("custom", Optional.empty(), List.of()));

        assertThat(aws.stub.last().body()).contains("\"NextToken\":\"t\"");
    }

    @Test
    void targetTrackingIsByTheUtilizationOfProvisionedConcurrency() {
        aws.stub.json("{\"PolicyARN\":\"arn\",\"Alarms\":[]}");

        scaling.putPolicy(ID, "p", new TargetTracking(0.7, OptionalInt.of(60), OptionalInt.empty(), true));

        assertThat(aws.stub.last().body())
                .contains(
                        "\"PolicyType\":\"TargetTrackingScaling\"",
                        "\"PredefinedMetricType\":\"SageMakerVariantProvisionedConcurrencyUtilization\"",
                        "\"TargetValue\":0.7",
                        "\"ScaleOutCooldown\":60",
                        "\"DisableScaleIn\":true")
                .doesNotContain("ScaleInCooldown");
    }

    @Test
    void aScheduledActionIsReadAsItWasPut() {
        ScheduledAction action = new ScheduledAction(
                "open",
                "cron(0 8 ? * MON-FRI *)",
                Optional.of("Europe/Berlin"),
                Optional.empty(),
                Optional.of(Instant.ofEpochSecond(1_800_000_000)),
                OptionalInt.of(4),
                OptionalInt.empty());
        aws.stub.json("{}").json("""
                {"ScheduledActions":[{"ScheduledActionName":"open","Schedule":"cron(0 8 ? * MON-FRI *)","Timezone":"Europe/Berlin",
                "EndTime":1800000000,"ScalableTargetAction":{"MinCapacity":4}}]}""");

        scaling.putScheduledAction(ID, action);
        assertThat(aws.stub.last().body())
                .contains("\"Timezone\":\"Europe/Berlin\"", "\"MinCapacity\":4")
                .doesNotContain("MaxCapacity", "StartTime");

        assertThat(scaling.scheduledActions(ID)).containsExactly(action);
    }

    @Test
    void aChangeThatMeetsAnotherIsToBeTriedAgain() {
        aws.stub.error(400, "ConcurrentUpdateException", "already being updated");

        AwsException e = catchThrowableOfType(
                AwsException.class, () -> scaling.register(ID, new Range(1, 2), Suspended.NOTHING));

        assertThat(e.kind()).isEqualTo(FailureKind.IN_PROGRESS);
    }
}
