package dev.pilotlight.simulator.autoscaling;

import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.DIMENSION;
import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.ID;
import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.simulator.SimulatedAws;
import dev.pilotlight.simulator.sagemaker.HostingSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.applicationautoscaling.model.ValidationException;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;

/** Scalable targets, through an unmodified client. */
class ScalableTargetsTest {
    private ScaledEndpoint endpoint = new ScaledEndpoint();

    @AfterEach
    void close() {
        endpoint.close();
    }

    private ScalableTarget target() {
        return endpoint.scaling
                .describeScalableTargets(
                        request -> request.serviceNamespace("sagemaker").resourceIds(ID))
                .scalableTargets()
                .getFirst();
    }

    private void restart(Duration scaling) {
        endpoint.close();
        endpoint = new ScaledEndpoint(settings -> settings.hosting(HostingSettings.defaults()
                .withDurations(new StateDurations(Duration.ZERO, Duration.ofMinutes(2), scaling, Duration.ZERO, 0))));
    }

    @Test
    void registeringMovesTheCapacityIntoTheRange() {
        endpoint.register(4, 10);
        assertThat(endpoint.capacity()).isEqualTo(4);

        endpoint.register(1, 3);
        assertThat(endpoint.capacity()).isEqualTo(3);

        endpoint.register(1, 20);
        assertThat(endpoint.capacity()).isEqualTo(3);
    }

    @Test
    void aTargetShowsWhatWasRegistered() {
        endpoint.register(2, 8);

        assertThat(target().minCapacity()).isEqualTo(2);
        assertThat(target().maxCapacity()).isEqualTo(8);
        assertThat(target().scalableDimensionAsString()).isEqualTo(DIMENSION);
        assertThat(target().roleARN()).endsWith("/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint");
        assertThat(target().creationTime())
                .isEqualTo(endpoint.aws.simulator().clock().now());
        assertThat(target().suspendedState().dynamicScalingInSuspended()).isFalse();
    }

    @Test
    void anUpdateKeepsWhatItLeavesOut() {
        endpoint.register(2, 8);

        endpoint.register(target -> target.suspendedState(state -> state.scheduledScalingSuspended(true)));

        assertThat(target().maxCapacity()).isEqualTo(8);
        assertThat(target().suspendedState().scheduledScalingSuspended()).isTrue();
        endpoint.register(target -> target.maxCapacity(9));
        assertThat(target().minCapacity()).isEqualTo(2);
        assertThat(target().suspendedState().scheduledScalingSuspended()).isTrue();
    }

    @Test
    void whatIsSuspendedIsNotMoved() {
        endpoint.register(target -> target.minCapacity(5)
                .maxCapacity(8)
                .suspendedState(state -> state.dynamicScalingInSuspended(true).dynamicScalingOutSuspended(true)));
        assertThat(endpoint.capacity()).isEqualTo(2);

        endpoint.register(target -> target.suspendedState(state -> state.dynamicScalingInSuspended(false)));
        assertThat(endpoint.capacity()).isEqualTo(5);
    }

    @Test
    void aVariantWithoutProvisionedConcurrencyIsNotRegistered() {
        endpoint.aws.servingEndpoint("plain", SimulatedAws.IMAGE, 5, null);

        assertThatThrownBy(() -> endpoint.register(target -> target.resourceId("endpoint/plain/variant/main")
                        .minCapacity(1)
                        .maxCapacity(2)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("no provisioned concurrency");
        assertThatThrownBy(() -> endpoint.register(target -> target.resourceId("endpoint/none/variant/main")
                        .minCapacity(1)
                        .maxCapacity(2)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("doesn't exist");
    }

    @Test
    void aRangeMustMakeSense() {
        assertThatThrownBy(() -> endpoint.register(3, 2)).hasMessageContaining("Maximum capacity cannot be less");
        assertThatThrownBy(() -> endpoint.register(target -> target.minCapacity(1)))
                .hasMessageContaining("MinCapacity and MaxCapacity are required");
        assertThatThrownBy(() -> endpoint.register(-1, 2)).hasMessageContaining("'minCapacity' failed to satisfy");
        assertThatThrownBy(() -> endpoint.register(
                        target -> target.resourceId("service/x").minCapacity(1).maxCapacity(1)))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() ->
                        endpoint.register(target -> target.scalableDimension("sagemaker:variant:DesiredInstanceCount")
                                .minCapacity(1)
                                .maxCapacity(1)))
                .hasMessageContaining("DesiredInstanceCount");
    }

    @Test
    void aChangeGoesThroughUpdatingAndTheActivityEndsWithIt() {
        restart(Duration.ofSeconds(90));

        endpoint.register(5, 10);

        assertThat(endpoint.aws.describe(NAME).endpointStatus()).isEqualTo(EndpointStatus.UPDATING);
        assertThat(endpoint.activities().getFirst().statusCode()).isEqualTo(ScalingActivityStatusCode.IN_PROGRESS);
        endpoint.aws.pass(Duration.ofSeconds(91));
        assertThat(endpoint.activities().getFirst().statusCode()).isEqualTo(ScalingActivityStatusCode.SUCCESSFUL);
        assertThat(endpoint.capacity()).isEqualTo(5);
    }

    @Test
    void whileTheEndpointUpdatesScalingIsRefusedAndTriedAgain() {
        restart(Duration.ofSeconds(10));
        endpoint.aws.config("next", NAME, 2048, 20, 2);
        endpoint.aws.sageMaker().updateEndpoint(r -> r.endpointName(NAME).endpointConfigName("next"));

        endpoint.register(4, 10);

        assertThat(endpoint.activities().getFirst().statusCode()).isEqualTo(ScalingActivityStatusCode.FAILED);
        assertThat(endpoint.activities().getFirst().statusMessage()).contains("Cannot update in-progress endpoint");
        endpoint.aws.pass(Duration.ofMinutes(4));
        assertThat(endpoint.capacity()).isEqualTo(4);
    }

    @Test
    void deregisteringLeavesTheCapacityAndForgetsTheRest() {
        endpoint.register(4, 10);
        endpoint.track(policy -> {});
        endpoint.schedule(
                "open", action -> action.schedule("rate(1 hour)").scalableTargetAction(range -> range.minCapacity(9)));

        endpoint.scaling.deregisterScalableTarget(
                request -> request.serviceNamespace("sagemaker").resourceId(ID).scalableDimension(DIMENSION));

        endpoint.aws.pass(Duration.ofHours(3));
        assertThat(endpoint.capacity()).isEqualTo(4);
        assertThat(endpoint.scaling
                        .describeScheduledActions(request -> request.serviceNamespace("sagemaker"))
                        .scheduledActions())
                .isEmpty();
        assertThatThrownBy(() -> endpoint.scaling.deregisterScalableTarget(request ->
                        request.serviceNamespace("sagemaker").resourceId(ID).scalableDimension(DIMENSION)))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining("No scalable target registered for service namespace: sagemaker, resource ID: "
                        + ID + ", scalable dimension: " + DIMENSION);
    }

    @Test
    void deletingTheEndpointDeregistersIt() {
        endpoint.register(2, 8);

        endpoint.aws.sageMaker().deleteEndpoint(request -> request.endpointName(NAME));

        assertThat(endpoint.scaling
                        .describeScalableTargets(request -> request.serviceNamespace("sagemaker"))
                        .scalableTargets())
                .isEmpty();
    }

    @Test
    void anotherRegionHasNothing() {
        endpoint.register(2, 8);

        ApplicationAutoScalingClient elsewhere =
                endpoint.aws.client(ApplicationAutoScalingClient.builder(), "AKIAEXAMPLE", Region.EU_WEST_1);

        assertThat(elsewhere
                        .describeScalableTargets(request -> request.serviceNamespace("sagemaker"))
                        .scalableTargets())
                .isEmpty();
        assertThat(endpoint.aws.admin("GET", "state", "")).contains("applicationAutoScaling", ID);
        assertThat(endpoint.aws.simulator().calls().of("application-autoscaling.RegisterScalableTarget"))
                .isEqualTo(1);
    }
}
