package dev.pilotlight.simulator.autoscaling;

import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.DIMENSION;
import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivity;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction;
import software.amazon.awssdk.services.applicationautoscaling.model.ValidationException;

/** Scheduled actions happen on the simulator's clock, which starts here at midnight of a Thursday. */
class ScheduledScalingTest {
    private final ScaledEndpoint endpoint = new ScaledEndpoint();

    @AfterEach
    void close() {
        endpoint.close();
    }

    private void passTo(String instant) {
        endpoint.aws.pass(Duration.between(endpoint.aws.simulator().clock().now(), Instant.parse(instant)));
    }

    private ScheduledAction action(String name) {
        return endpoint.scaling
                .describeScheduledActions(request ->
                        request.serviceNamespace("sagemaker").resourceId(ID).scheduledActionNames(name))
                .scheduledActions()
                .getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at(2026-01-05T08:00:00)                 |               | 2026-01-05T08:00:00Z",
                "at(2026-01-05T08:00:00)                 | Europe/Berlin | 2026-01-05T07:00:00Z",
                "at(2025-01-05T08:00:00)                 |               |",
                "rate(5 minutes)                         |               | 2026-01-01T00:05:00Z",
                "rate(1 day)                             |               | 2026-01-02T00:00:00Z",
                "cron(0 8 ? * MON-FRI *)                 |               | 2026-01-01T08:00:00Z",
                "cron(0 8 ? * MON *)                     | Europe/Berlin | 2026-01-05T07:00:00Z",
                "cron(0 8 ? * 2 *)                       |               | 2026-01-05T08:00:00Z",
                "cron(0 8 ? * SUN *)                     |               | 2026-01-04T08:00:00Z",
                "cron(0 8 ? * 1 *)                       |               | 2026-01-04T08:00:00Z",
                "cron(0/15 * * * ? *)                    |               | 2026-01-01T00:15:00Z",
                "cron(30 23 L * ? *)                     |               | 2026-01-31T23:30:00Z",
                "cron(0 0 1 7 ? 2027)                    |               | 2027-07-01T00:00:00Z",
                "cron(0 0 1 1 ? 2020)                    |               |"
            })
    void aScheduleSaysWhenItHappensNext(String schedule, String timezone, Instant expected) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(Schedule.parse(schedule, Optional.ofNullable(timezone), now).next(now))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 8 * * *",
                "cron(0 8 * * MON)",
                "cron(0 25 * * ? *)",
                "cron(0 8 * * * *)",
                "cron(0 8 * * MON *)",
                "cron(0 8 1 * MON *)",
                "cron(0 8 ? * ? *)",
                "rate(0 minutes)",
                "rate(5 seconds)",
                "at(tomorrow)",
                "at(2026-01-05)",
                "every day"
            })
    void whatIsNoScheduleIsRefused(String schedule) {
        endpoint.register(2, 8);

        assertThatThrownBy(() -> endpoint.schedule(
                        "open",
                        action -> action.schedule(schedule).scalableTargetAction(range -> range.minCapacity(4))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("not a valid schedule expression");
    }

    @Test
    void anActionHappensInItsTimeZone() {
        endpoint.register(1, 10);
        endpoint.schedule(
                "open",
                action -> action.schedule("cron(0 8 ? * MON-FRI *)")
                        .timezone("Europe/Berlin")
                        .scalableTargetAction(range -> range.minCapacity(6).maxCapacity(10)));
        endpoint.schedule(
                "shut",
                action -> action.schedule("cron(0 19 ? * MON-FRI *)")
                        .timezone("Europe/Berlin")
                        .scalableTargetAction(range -> range.minCapacity(1).maxCapacity(1)));

        passTo("2026-01-01T06:59:59Z");
        assertThat(endpoint.capacity()).isEqualTo(2);
        passTo("2026-01-01T07:00:00Z");
        assertThat(endpoint.capacity()).isEqualTo(6);
        passTo("2026-01-01T18:00:00Z");
        assertThat(endpoint.capacity()).isEqualTo(1);
        passTo("2026-01-05T07:00:00Z");
        assertThat(endpoint.capacity()).isEqualTo(6);
    }

    @Test
    void aTimeBetweenStartAndEndCounts() {
        endpoint.register(1, 10);
        endpoint.schedule(
                "hourly",
                action -> action.schedule("cron(0 * * * ? *)")
                        .startTime(Instant.parse("2026-01-01T06:00:00Z"))
                        .endTime(Instant.parse("2026-01-01T07:30:00Z"))
                        .scalableTargetAction(range -> range.minCapacity(5)));

        passTo("2026-01-01T05:00:00Z");
        assertThat(endpoint.capacity()).isEqualTo(2);
        passTo("2026-01-01T06:00:00Z");
        assertThat(endpoint.capacity()).isEqualTo(5);
        endpoint.register(1, 3);
        assertThat(endpoint.capacity()).isEqualTo(3);
        endpoint.register(1, 10);
        passTo("2026-01-01T12:00:00Z");
        // 07:00 set the minimum again, 08:00 was after the end.
        assertThat(endpoint.capacity()).isEqualTo(5);
        assertThat(endpoint.activities())
                .filteredOn(activity -> activity.cause().contains("scheduled action name: hourly was triggered"))
                .filteredOn(activity -> activity.description().startsWith("Setting min capacity"))
                .hasSize(2);
    }

    @Test
    void anUpdateKeepsTheScheduleAndDropsTheTimes() {
        endpoint.register(1, 10);
        endpoint.schedule(
                "open",
                action -> action.schedule("rate(1 hour)")
                        .startTime(Instant.parse("2026-02-01T00:00:00Z"))
                        .scalableTargetAction(range -> range.minCapacity(5)));

        endpoint.schedule("open", action -> action.scalableTargetAction(range -> range.minCapacity(6)));

        assertThat(action("open").schedule()).isEqualTo("rate(1 hour)");
        assertThat(action("open").startTime()).isNull();
        assertThat(action("open").scalableTargetAction().minCapacity()).isEqualTo(6);
        endpoint.aws.pass(Duration.ofHours(2));
        assertThat(endpoint.capacity()).isEqualTo(6);
    }

    @Test
    void whoeverDeletesPageByPageDeletesAll() {
        endpoint.register(1, 10);
        for (int i = 0; i < 5; i++) {
            endpoint.schedule(
                    "action-" + i,
                    action -> action.schedule("rate(1 day)").scalableTargetAction(range -> range.minCapacity(5)));
        }

        endpoint.scaling
                .describeScheduledActionsPaginator(
                        request -> request.serviceNamespace("sagemaker").maxResults(2))
                .scheduledActions()
                .forEach(action ->
                        endpoint.scaling.deleteScheduledAction(request -> request.serviceNamespace("sagemaker")
                                .resourceId(ID)
                                .scalableDimension(DIMENSION)
                                .scheduledActionName(action.scheduledActionName())));

        assertThat(endpoint.scaling
                        .describeScheduledActions(request -> request.serviceNamespace("sagemaker"))
                        .scheduledActions())
                .isEmpty();
    }

    @Test
    void anUpdatedActionIsAsOldAsItWas() {
        endpoint.register(1, 10);
        endpoint.schedule(
                "open", action -> action.schedule("rate(1 day)").scalableTargetAction(range -> range.minCapacity(5)));
        Instant created = action("open").creationTime();
        endpoint.aws.pass(Duration.ofMinutes(5));

        endpoint.schedule("open", action -> action.scalableTargetAction(range -> range.minCapacity(6)));

        assertThat(action("open").creationTime()).isEqualTo(created);
    }

    @Test
    void whatCameAboutStaysSuccessfulWhenTheNextChangeFollows() {
        endpoint.register(1, 10);
        endpoint.schedule(
                "open",
                action ->
                        action.schedule("at(2026-01-01T08:00:00)").scalableTargetAction(range -> range.minCapacity(5)));
        endpoint.schedule(
                "shut",
                action -> action.schedule("at(2026-01-01T19:00:00)")
                        .scalableTargetAction(range -> range.minCapacity(1).maxCapacity(3)));

        passTo("2026-01-01T20:00:00Z");
        endpoint.capacity();

        assertThat(endpoint.activities())
                .filteredOn(activity -> activity.description().startsWith("Setting desired"))
                .extracting(ScalingActivity::description, ScalingActivity::statusCode)
                .containsExactly(
                        tuple("Setting desired provisioned concurrency to 3.", ScalingActivityStatusCode.SUCCESSFUL),
                        tuple("Setting desired provisioned concurrency to 5.", ScalingActivityStatusCode.SUCCESSFUL));
    }

    @Test
    void aSuspendedScheduleDoesNotHappen() {
        endpoint.register(1, 10);
        endpoint.schedule(
                "open", action -> action.schedule("rate(1 hour)").scalableTargetAction(range -> range.minCapacity(5)));
        endpoint.register(target -> target.suspendedState(state -> state.scheduledScalingSuspended(true)));

        endpoint.aws.pass(Duration.ofHours(2));
        assertThat(endpoint.capacity()).isEqualTo(2);

        endpoint.register(target -> target.suspendedState(state -> state.scheduledScalingSuspended(false)));
        endpoint.aws.pass(Duration.ofHours(2));
        assertThat(endpoint.capacity()).isEqualTo(5);
    }

    @Test
    void anActionWhoseMinimumIsAboveTheMaximumFails() {
        endpoint.register(1, 3);
        endpoint.schedule(
                "open", action -> action.schedule("rate(1 hour)").scalableTargetAction(range -> range.minCapacity(5)));

        endpoint.aws.pass(Duration.ofHours(1));

        assertThat(endpoint.activities().getFirst().statusCode()).isEqualTo(ScalingActivityStatusCode.FAILED);
        assertThat(endpoint.capacity()).isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> endpoint.schedule(
                        "open",
                        action -> action.schedule("rate(1 hour)").scalableTargetAction(range -> range.minCapacity(5))))
                .isInstanceOf(ObjectNotFoundException.class);
        endpoint.register(1, 3);
        assertThatThrownBy(() -> endpoint.scaling.deleteScheduledAction(request -> request.serviceNamespace("sagemaker")
                        .resourceId(ID)
                        .scalableDimension(DIMENSION)
                        .scheduledActionName("open")))
                .isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> endpoint.schedule("open", action -> action.schedule("rate(1 hour)")))
                .hasMessageContaining("ScalableTargetAction needs");
        assertThatThrownBy(() -> endpoint.schedule("a:b", action -> action.schedule("rate(1 hour)")))
                .hasMessageContaining("scheduledActionName");
    }
}
