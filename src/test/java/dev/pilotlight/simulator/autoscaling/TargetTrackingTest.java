package dev.pilotlight.simulator.autoscaling;

import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.DIMENSION;
import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.simulator.SimulatedAws;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.ValidationException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Target tracking at 70 % of two to ten slots. */
class TargetTrackingTest {
    private final ScaledEndpoint endpoint = new ScaledEndpoint();
    private final CloudWatchClient cloudWatch = endpoint.aws.client(CloudWatchClient.builder());

    @BeforeEach
    void track() {
        endpoint.register(2, 10);
        endpoint.track(policy -> {});
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private ScalingPolicy policy() {
        return endpoint.scaling
                .describeScalingPolicies(
                        request -> request.serviceNamespace("sagemaker").resourceId(ID))
                .scalingPolicies()
                .getFirst();
    }

    private List<MetricAlarm> alarms() {
        return cloudWatch
                .describeAlarms(request -> request.alarmNamePrefix("TargetTracking-" + ID))
                .metricAlarms();
    }

    private StateValue state(String kind) {
        return alarms().stream()
                .filter(alarm -> alarm.alarmName().contains(kind))
                .findFirst()
                .orElseThrow()
                .stateValue();
    }

    @Test
    void howeverManyPutTheSamePolicyAtOnceItHasTwoAlarms() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Void> put = () -> {
                endpoint.track(policy -> {});
                return null;
            };
            for (int i = 0; i < 25; i++) {
                endpoint.scaling.deleteScalingPolicy(request -> request.serviceNamespace("sagemaker")
                        .resourceId(ID)
                        .scalableDimension(DIMENSION)
                        .policyName("utilization"));
                for (Future<Void> done : threads.invokeAll(Collections.nCopies(8, put))) {
                    done.get();
                }
            }
        }

        assertThat(alarms()).hasSize(2);
        assertThat(policy().alarms()).hasSize(2);
    }

    @Test
    void policiesComeByTen() {
        for (int i = 0; i < 10; i++) {
            String name = "more-" + i;
            endpoint.track(policy -> policy.policyName(name));
        }

        assertThat(endpoint.scaling
                        .describeScalingPolicies(
                                request -> request.serviceNamespace("sagemaker").resourceId(ID))
                        .scalingPolicies())
                .hasSize(10);
        assertThat(endpoint.scaling
                        .describeScalingPoliciesPaginator(
                                request -> request.serviceNamespace("sagemaker").resourceId(ID))
                        .scalingPolicies())
                .extracting(ScalingPolicy::policyName)
                .doesNotHaveDuplicates()
                .hasSize(11);
        assertThatThrownBy(() -> endpoint.scaling.describeScalingPolicies(
                        request -> request.serviceNamespace("sagemaker").maxResults(11)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("less than or equal to 10");
    }

    @Test
    void aPolicyKeepsTwoAlarms() {
        assertThat(policy().alarms())
                .extracting(alarm -> alarm.alarmName())
                .containsExactlyInAnyOrderElementsOf(
                        alarms().stream().map(MetricAlarm::alarmName).toList());
        assertThat(policy().targetTrackingScalingPolicyConfiguration().targetValue())
                .isEqualTo(0.7);
        assertThat(alarms()).extracting(MetricAlarm::evaluationPeriods).containsExactlyInAnyOrder(3, 15);
        assertThat(alarms()).allSatisfy(alarm -> {
            assertThat(alarm.metricName()).isEqualTo("ServerlessProvisionedConcurrencyUtilization");
            assertThat(alarm.dimensions()).hasSize(2);
            assertThat(alarm.alarmActions()).containsExactly(policy().policyARN());
        });
    }

    @Test
    void threeBusyMinutesAddWhatTheTargetNeeds() {
        endpoint.load(1.0, 2);
        assertThat(endpoint.capacity()).isEqualTo(2);

        endpoint.load(1.0, 1);
        assertThat(state("AlarmHigh")).isEqualTo(StateValue.ALARM);
        // 2 x 1.0 / 0.7 is 2.86
        assertThat(endpoint.capacity()).isEqualTo(3);
        assertThat(endpoint.activities().getFirst().cause())
                .contains("AlarmHigh")
                .contains("policy utilization");
    }

    @Test
    void afterScalingOutTheCooldownHolds() {
        endpoint.track(policy -> policy.targetTrackingScalingPolicyConfiguration(config -> config.targetValue(0.5)
                .scaleOutCooldown(300)
                .predefinedMetricSpecification(
                        metric -> metric.predefinedMetricType("SageMakerVariantProvisionedConcurrencyUtilization"))));
        endpoint.load(1.0, 3);
        assertThat(endpoint.capacity()).isEqualTo(4);

        endpoint.load(1.0, 4);
        assertThat(endpoint.capacity()).isEqualTo(4);

        endpoint.load(1.0, 1);
        assertThat(endpoint.capacity()).isEqualTo(8);

        endpoint.load(1.0, 30);
        assertThat(endpoint.capacity()).isEqualTo(10);
    }

    @Test
    void fifteenQuietMinutesTakeAwayButNeverBelowTheMinimum() {
        endpoint.load(1.0, 20);
        assertThat(endpoint.capacity()).isEqualTo(10);

        endpoint.load(0.1, 14);
        assertThat(endpoint.capacity()).isEqualTo(10);
        endpoint.load(0.1, 1);
        assertThat(endpoint.capacity()).isEqualTo(2);
    }

    @Test
    void silenceIsNoReasonToScaleIn() {
        endpoint.load(1.0, 20);

        endpoint.aws.pass(Duration.ofHours(2));

        assertThat(endpoint.capacity()).isEqualTo(10);
        assertThat(state("AlarmLow")).isEqualTo(StateValue.INSUFFICIENT_DATA);
    }

    @Test
    void aPolicyThatNeverScalesInHasNoAlarmForIt() {
        endpoint.track(policy -> policy.targetTrackingScalingPolicyConfiguration(config -> config.targetValue(0.7)
                .disableScaleIn(true)
                .scaleOutCooldown(0)
                .predefinedMetricSpecification(
                        metric -> metric.predefinedMetricType("SageMakerVariantProvisionedConcurrencyUtilization"))));
        assertThat(alarms()).hasSize(1);

        endpoint.load(1.0, 20);
        endpoint.load(0.1, 60);

        assertThat(endpoint.capacity()).isEqualTo(10);
    }

    @Test
    void suspendedDirectionsStandStill() {
        endpoint.register(target -> target.suspendedState(state -> state.dynamicScalingOutSuspended(true)));
        endpoint.load(1.0, 10);
        assertThat(endpoint.capacity()).isEqualTo(2);

        endpoint.register(target -> target.suspendedState(state -> state.dynamicScalingInSuspended(true)));
        endpoint.load(1.0, 20);
        endpoint.load(0.1, 30);
        assertThat(endpoint.capacity()).isEqualTo(10);
    }

    @Test
    void aDeletedPolicyTakesItsAlarmsAlong() {
        endpoint.scaling.deleteScalingPolicy(request -> request.serviceNamespace("sagemaker")
                .resourceId(ID)
                .scalableDimension(DIMENSION)
                .policyName("utilization"));

        assertThat(alarms()).isEmpty();
        endpoint.load(1.0, 10);
        assertThat(endpoint.capacity()).isEqualTo(2);
        assertThatThrownBy(() -> endpoint.scaling.deleteScalingPolicy(request -> request.serviceNamespace("sagemaker")
                        .resourceId(ID)
                        .scalableDimension(DIMENSION)
                        .policyName("utilization")))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining("No scaling policy found");
    }

    @Test
    void otherPoliciesAreNotSimulatedAndSaySo() {
        assertThatThrownBy(() -> endpoint.track(policy -> policy.policyType("StepScaling")))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("TargetTrackingScaling only");
        assertThatThrownBy(() -> endpoint.track(
                        policy -> policy.targetTrackingScalingPolicyConfiguration(config -> config.targetValue(0.7))))
                .hasMessageContaining("predefined metric");
    }

    @Test
    void withRequestsOfItsOwnTheEndpointScalesToo() {
        for (int minute = 0; minute < 4; minute++) {
            endpoint.aws
                    .runtime()
                    .invokeEndpoint(r -> r.endpointName(ScaledEndpoint.NAME)
                            .contentType("text/plain")
                            .body(SimulatedAws.bytes("good")));
            endpoint.aws
                    .runtime()
                    .invokeEndpoint(r -> r.endpointName(ScaledEndpoint.NAME)
                            .contentType("text/plain")
                            .body(SimulatedAws.bytes("good")));
            endpoint.aws.pass(Duration.ofMinutes(1));
        }
        // Of two requests at one moment the first finds one slot at work, itself, and the second two: 75 % on average.
        assertThat(endpoint.capacity()).isEqualTo(3);
    }
}
