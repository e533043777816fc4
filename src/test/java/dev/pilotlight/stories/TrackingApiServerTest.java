package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.testing.Film;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.TeamPolicy;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Target tracking by the operator, from the values that CloudWatch has. Every story begins on a Monday at 8 o'clock, universal time. */
@RealApiServer
class TrackingApiServerTest {
    private static final String TRACKING = """
            provisionedConcurrency:
              targetTracking: {min: 1, max: 10, utilizationPercent: 70, scaleInCooldownSeconds: 300, scaleOutCooldownSeconds: 60}
            """;

    @Test
    void itGoesOutHoldsGoesInAfterItsCooldownAndKeepsWhatItHasWhereNothingIsMeasured(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            // Half an hour of one at a time, half an hour of five, half an hour of two, then nothing more.
            busy(world, endpoint, 30, 1, 5, 2);
            TeamPolicy policy = TeamPolicy.settled(team, "warm", "sentiment", TRACKING);

            try (Film film = Film.of(team)) {
                until(world, "2026-03-02T08:25:00Z");
                assertThat(running(endpoint)).as("one at a time, at 70 percent").isEqualTo(2);
                until(world, "2026-03-02T08:45:00Z");
                assertThat(running(endpoint)).as("five at a time").isEqualTo(8);
                String version = policy.version();
                until(world, "2026-03-02T08:59:00Z");
                assertThat(policy.version()).as("it holds").isEqualTo(version);
                until(world, "2026-03-02T09:04:00Z");
                assertThat(running(endpoint)).as("within the cooldown").isEqualTo(8);
                until(world, "2026-03-02T09:25:00Z");
                assertThat(running(endpoint)).as("two at a time").isEqualTo(3);
                until(world, "2026-03-02T11:00:00Z");
                assertThat(running(endpoint))
                        .as("nothing measured is not nothing")
                        .isEqualTo(3);
                assertThat(policy.says(ConditionTypes.METRICS_UNAVAILABLE)).isEqualTo("True MetricsNotTrusted");
                assertThat(policy.says(ConditionTypes.READY)).isEqualTo("True InForce");
                assertThat(film.of(endpoint, "Ready")).hasSize(1);
            }
        }
    }

    /** What CloudWatch says from a quarter to nine on, where it had been five at a time. */
    enum Lie {
        DENIED(0, 8),
        NOTHING(0, 8),
        NOT_A_NUMBER(Double.NaN, 8),
        NEGATIVE(-3, 8),
        HUGE(1e12, 8),
        /** Zeros are values, and may be true: the least that was asked for holds, and no less. */
        ZERO(0, 1);

        private final double value;
        private final int expected;

        Lie(double value, int expected) {
            this.value = value;
            this.expected = expected;
        }
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void aSourceThatIsDeadOrLiesKeepsTheLastSafeNumberAndNeverPassesTheMost(Lie lie, KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            busy(world, endpoint, 45, 5);
            if (lie != Lie.NOTHING && lie != Lie.DENIED) {
                measured(world, endpoint, world.now().plus(Duration.ofMinutes(45)), 90, lie.value);
            }
            TeamPolicy policy = TeamPolicy.settled(team, "warm", "sentiment", TRACKING);
            until(world, "2026-03-02T08:40:00Z");
            assertThat(running(endpoint)).isEqualTo(8);

            if (lie == Lie.DENIED) {
                world.simulator()
                        .faults()
                        .sometimes(
                                1,
                                FaultPlan.named("monitoring.GetMetricData"),
                                new Fault.Refuse(
                                        403, "AccessDenied", "not authorized to perform cloudwatch:GetMetricData"));
            }
            until(world, "2026-03-02T09:10:00Z");
            assertThat(running(endpoint)).isBetween(lie.expected, 10);
            world.restartOperator();
            until(world, "2026-03-02T09:40:00Z");

            assertThat(running(endpoint)).isEqualTo(lie.expected);
            assertThat(policy.demand().provisionedConcurrency()).isEqualTo(lie.expected);
            assertThat(policy.says(ConditionTypes.METRICS_UNAVAILABLE))
                    .isEqualTo(lie == Lie.ZERO ? "absent" : "True MetricsNotTrusted");
            assertThat(policy.says(ConditionTypes.READY)).isEqualTo("True InForce");
        }
    }

    /** Executions at the same time, from now on, for so many minutes each. */
    private static void busy(World world, TeamEndpoint endpoint, int minutes, int... executions) {
        Instant at = world.now();
        for (int number : executions) {
            measured(world, endpoint, at, minutes, number);
            at = at.plus(Duration.ofMinutes(minutes));
        }
    }

    private static void measured(World world, TeamEndpoint endpoint, Instant start, int minutes, double value) {
        double[] values = new double[minutes];
        Arrays.fill(values, value);
        world.console()
                .measured(
                        endpoint.status().endpointName(),
                        endpoint.status().variantName(),
                        "ServerlessProvisionedConcurrencyExecutions",
                        start,
                        values);
    }

    private static int running(TeamEndpoint endpoint) {
        Integer running = endpoint.status().effective().provisionedConcurrency();
        return running == null ? 0 : running;
    }

    private static void until(World world, String instant) {
        world.advanceBy(Duration.between(world.now(), Instant.parse(instant)));
    }
}
