package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.testing.Crash;
import dev.pilotlight.testing.Film;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.TeamPolicy;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;

/** AWS itself scales, within the range a policy gives it; we stay out of its way, and keep it out of ours. */
@RealApiServer
class AutoScalingApiServerTest {
    private static final String TRACKING = """
            executor: ApplicationAutoScaling
            provisionedConcurrency: {baseline: 1, targetTracking: {min: 1, max: 10}}
            """;
    private static final String OFFICE = """
            executor: ApplicationAutoScaling
            provisionedConcurrency:
              baseline: 1
              targetTracking: {min: 1, max: 10}
              windows: [{name: office, timeZone: Europe/Berlin, start: 0 8 * * MON-FRI, end: 0 19 * * MON-FRI, capacity: 4}]
            """;

    private static TeamPolicy scaled(World world, Team team, TeamEndpoint endpoint, String spec) {
        TeamPolicy policy = TeamPolicy.apply(team, "auto", "sentiment", spec);
        world.advanceUntil("aws scales", () -> isScaled(world, endpoint));
        return policy;
    }

    private static List<ScalableTarget> targets(World world, TeamEndpoint endpoint) {
        return world.console().scalableTargets(endpoint.endpointName());
    }

    /** Registered, at work, and the endpoint at rest. */
    private static boolean isScaled(World world, TeamEndpoint endpoint) {
        return targets(world, endpoint).stream()
                        .anyMatch(t -> !t.suspendedState().scheduledScalingSuspended())
                && world.console().scalingPolicies(endpoint.endpointName()) == 1
                && endpoint.status().progress() == null;
    }

    private static List<String> changes(World world) {
        return world.mutations().stream()
                .map(call -> call.substring(call.indexOf(':') + 1))
                .toList();
    }

    @Test
    void itGetsItsRangeItsRuleAndTheWindowsAndTheStatusSaysTheRange(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            world.forgetCalls();

            scaled(world, team, endpoint, OFFICE);
            world.settle();

            assertThat(changes(world))
                    .containsExactly(
                            "RegisterScalableTarget", "PutScalingPolicy", "PutScheduledAction", "PutScheduledAction");
            assertThat(endpoint.status().effective().provisionedConcurrencyRange())
                    .isEqualTo(new CapacityRange(4, 10));
            assertThat(endpoint.status().effective().provisionedConcurrency()).isNull();
            assertThat(endpoint.says("ProvisionedConcurrencyOverridden")).isEqualTo("True OverriddenByWarmPolicy");
            world.forgetCalls();
            world.restartOperator();
            world.advanceBy(Duration.ofHours(1));
            assertThat(changes(world)).isEmpty();
        }
    }

    private static long policyStatusWrites(KubeApi api, Team team) {
        return api.writes(team.namespace()).stream()
                .filter(write -> write.resource().equals("warmpolicies")
                        && write.subresource().equals("status"))
                .count();
    }

    private static void setByAws(World world, TeamEndpoint endpoint, String at, int number) {
        world.advanceBy(Duration.between(world.now(), Instant.parse(at)));
        assertThat(targets(world, endpoint))
                .as(at)
                .singleElement()
                .satisfies(target -> assertThat(List.of(target.minCapacity(), target.maxCapacity()))
                        .containsExactly(number, number));
        assertThat(world.console().provisioned(endpoint.endpointName())).as(at).isEqualTo(number);
    }

    @Test
    void whileNobodyIsThereAwsAloneDoesWhatTheScheduleSays(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            TeamPolicy.apply(team, "auto", "sentiment", """
                    executor: ApplicationAutoScaling
                    provisionedConcurrency:
                      baseline: 1
                      windows:
                      - {name: office, timeZone: Europe/Berlin, start: 0 8 * * MON-FRI, end: 0 19 * * MON-FRI, capacity: 4}
                      - {name: lunch, timeZone: Europe/Berlin, start: 0 12 * * MON-FRI, end: 0 13 * * MON-FRI, capacity: 6}
                      exceptions:
                      - {name: sale, timeZone: Europe/Berlin, from: "2026-03-04", mode: Open, capacity: 9}
                      - {name: holiday, timeZone: Europe/Berlin, from: "2026-03-05", mode: Closed}
                    """);
            world.advanceUntil(
                    "all is with AWS",
                    () -> world.console().scheduledActions(endpoint.endpointName()) >= 12
                            && endpoint.status().progress() == null);
            world.settle();

            world.stopOperator();
            setByAws(world, endpoint, "2026-03-02T11:30:00Z", 6);
            setByAws(world, endpoint, "2026-03-02T12:30:00Z", 4);
            setByAws(world, endpoint, "2026-03-02T18:30:00Z", 1);
            setByAws(world, endpoint, "2026-03-03T12:30:00Z", 4);
            setByAws(world, endpoint, "2026-03-03T23:30:00Z", 9);
            setByAws(world, endpoint, "2026-03-04T12:30:00Z", 9);
            setByAws(world, endpoint, "2026-03-04T18:30:00Z", 9);
            setByAws(world, endpoint, "2026-03-04T23:30:00Z", 1);
            setByAws(world, endpoint, "2026-03-05T11:30:00Z", 1);
            setByAws(world, endpoint, "2026-03-06T11:30:00Z", 6);
            setByAws(world, endpoint, "2026-03-06T12:30:00Z", 4);
            setByAws(world, endpoint, "2026-03-06T18:30:00Z", 1);
            setByAws(world, endpoint, "2026-03-09T12:30:00Z", 4);

            world.startOperator();
            world.advanceUntil(
                    "what has been is cleared away",
                    () -> world.console().scheduledActions(endpoint.endpointName()) == 4);
            assertThat(endpoint.says("Ready")).isEqualTo("True Succeeded");
            assertThat(endpoint.eventReasons()).doesNotContain("DriftDetected");
        }
    }

    @Test
    void twoHundredChangesByAwsAreNoNews(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            scaled(world, team, endpoint, TRACKING + "budget: {monthlyUSD: 3000}\n");
            world.advanceBy(Duration.ofMinutes(2));
            world.forgetCalls();
            long writes = policyStatusWrites(api, team);
            Random random = new Random(5);
            int number = 0;

            try (Film film = Film.of(team)) {
                for (int change = 0; change < 200; change++) {
                    number = number % 10 + 1 + random.nextInt(2);
                    world.console().provision(endpoint.endpointName(), "AllTraffic", Math.min(number, 10));
                    world.advanceBy(Duration.ofSeconds(90));
                }
                assertThat(film.of(endpoint, "Ready")).hasSize(1);
                assertThat(film.of(endpoint, "Reconciling")).containsOnly("absent");
                assertThat(film.statuses(endpoint).size()).isLessThanOrEqualTo(1 + 5);
            }
            assertThat(changes(world)).as("in five hours").isEmpty();
            assertThat(policyStatusWrites(api, team) - writes)
                    .as("the ledger, once an hour")
                    .isBetween(4L, 6L);
            world.advanceBy(Duration.ofMinutes(3));
            assertThat(world.gauge("pilotlight.warm.provisioned.concurrency"))
                    .as("the number is a metric")
                    .isEqualTo(Math.min(number, 10));
            assertThat(endpoint.status().effective().provisionedConcurrency())
                    .as("and nothing else")
                    .isNull();
            assertThat(endpoint.eventReasons()).doesNotContain("DriftDetected");
        }
    }

    @Test
    void itStandsStillDuringAnUpdateAndItsNumberGoesIntoTheNextConfig(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(
                    team.manifest("sentiment").provisionedConcurrency(2).inPlace());
            scaled(world, team, endpoint, TRACKING);
            world.console().provision(endpoint.endpointName(), "AllTraffic", 7);
            world.advanceBy(Duration.ofMinutes(2));
            world.forgetCalls();

            endpoint.change(manifest -> manifest.memory(3072));
            world.advanceUntil(
                    "updated",
                    () -> endpoint.status().effective().memorySizeInMB() == 3072 && isScaled(world, endpoint));

            List<String> changes = new ArrayList<>(changes(world));
            changes.retainAll(
                    List.of("RegisterScalableTarget", "UpdateEndpoint", "UpdateEndpointWeightsAndCapacities"));
            assertThat(changes).containsExactly("RegisterScalableTarget", "UpdateEndpoint", "RegisterScalableTarget");
            assertThat(world.console().endpoint(endpoint.endpointName()).toString())
                    .contains("-p7");
        }
    }

    @Test
    void aPolicyThatIsSuspendedTakesTheTargetAlongAndTenMinutesLaterTheNumber(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            TeamPolicy policy = scaled(world, team, endpoint, TRACKING);
            world.console().provision(endpoint.endpointName(), "AllTraffic", 7);
            world.advanceBy(Duration.ofMinutes(2));

            try (Film film = Film.of(team)) {
                policy.change(TRACKING + "suspend: true\n");
                world.advanceUntil("removed", () -> targets(world, endpoint).isEmpty());
                world.restartOperator();
                world.advanceBy(Duration.ofMinutes(9));
                assertThat(endpoint.status().effective().provisionedConcurrency())
                        .isEqualTo(7);
                world.advanceUntil(
                        "its own number",
                        () -> Integer.valueOf(2)
                                .equals(endpoint.status().effective().provisionedConcurrency()));
                assertThat(film.of(endpoint, "Ready")).hasSize(1);
            }
            assertThat(endpoint.condition("ProvisionedConcurrencyOverridden")).isEmpty();
        }
    }

    @Test
    void anEndpointThatIsDeletedLosesItsTargetFirst(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            scaled(world, team, endpoint, TRACKING);
            world.forgetCalls();

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(changes(world)).startsWith("DeregisterScalableTarget", "DeleteEndpoint");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeScalableTargets, true",
        "DescribeScalingPolicies, false",
    })
    void aCrashAtAnyReadEndsInTheSamePlace(String operation, boolean before, KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            CrashOnce crash = new CrashOnce("application-autoscaling:" + operation, before);
            world.boundary(crash);

            TeamPolicy policy = scaled(world, team, endpoint, OFFICE);
            world.advanceBy(Duration.ofMinutes(1));
            assertThat(world.console().scheduledActions(endpoint.endpointName()))
                    .isEqualTo(2);
            policy.delete();
            world.advanceUntil("removed", () -> targets(world, endpoint).isEmpty());
            world.advanceUntil(
                    "its own number",
                    () -> Integer.valueOf(2)
                                    .equals(endpoint.status().effective().provisionedConcurrency())
                            && endpoint.status().scalableTarget() == null);

            assertThat(crash.happened()).isTrue();
            assertThat(endpoint.says("Ready")).isEqualTo("True Succeeded");
        }
    }

    @Test
    void throttledAwsDelaysItAndLeavesReadyAlone(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            world.simulator()
                    .faults()
                    .sometimes(1, FaultPlan.named("application-autoscaling.*"), Fault.Refuse.throttled());

            try (Film film = Film.of(team)) {
                TeamPolicy.settled(team, "auto", "sentiment", TRACKING);
                world.advanceBy(Duration.ofMinutes(10));
                assertThat(world.calls()).containsKey("application-autoscaling:DescribeScalableTargets");
                world.simulator().faults().clear();
                world.advanceUntil("aws scales after all", () -> isScaled(world, endpoint));
                assertThat(film.of(endpoint, "Ready")).hasSize(1);
            }
        }
    }

    /** The process dies once, at one edge of one call. */
    private static final class CrashOnce implements CallBoundary {
        private final String operation;
        private final boolean before;
        private final AtomicBoolean happened = new AtomicBoolean();

        CrashOnce(String operation, boolean before) {
            this.operation = operation;
            this.before = before;
        }

        boolean happened() {
            return happened.get();
        }

        @Override
        public void before(String called) {
            crash(called, before);
        }

        @Override
        public void after(String called) {
            crash(called, !before);
        }

        private void crash(String called, boolean here) {
            if (here && called.equals(operation) && happened.compareAndSet(false, true)) {
                throw new Crash(operation);
            }
        }
    }
}
