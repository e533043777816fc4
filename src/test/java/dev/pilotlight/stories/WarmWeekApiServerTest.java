package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.inventory.InventorySettings;
import dev.pilotlight.operator.OperatorSettings;
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
import org.junit.jupiter.api.Test;

/** Office hours in New York over the week in which its clocks go forward, with a holiday, a restart and an AWS that throttles. */
@RealApiServer
class WarmWeekApiServerTest {

    @Test
    void aWeekWithSummerTimeAHolidayARestartAndAThrottledAws(KubeApi api) {
        try (World world = World.start(api, WarmWeekApiServerTest::unhurried)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(team, "hours", "sentiment", """
                    provisionedConcurrency:
                      windows: [{name: office, timeZone: America/New_York, start: 0 9 * * *, end: 0 17 * * *, capacity: 4}]
                      exceptions: [{name: holiday, mode: Closed, timeZone: America/New_York, from: '2026-03-05'}]""");

            try (Film film = Film.of(team)) {
                for (int day = 2; day <= 9; day++) {
                    // Clocks go forward on Sunday the 8th: nine o'clock is 14:00 before, 13:00 from then on.
                    Instant opens = Instant.parse("2026-03-0%dT%s:00:00Z".formatted(day, day < 8 ? 14 : 13));
                    boolean holiday = day == 5;
                    if (day == 6) {
                        world.simulator().faults().sometimes(0.3, FaultPlan.named("*.*"), Fault.Refuse.throttled());
                    }
                    if (day == 4) {
                        world.stopOperator();
                    }
                    until(world, opens.minus(Duration.ofMinutes(6)));
                    if (day == 4) {
                        world.startOperator();
                        world.settle();
                    }
                    assertThat(running(endpoint))
                            .as("before it opens on day %s", day)
                            .isZero();
                    until(world, opens);
                    assertThat(running(endpoint))
                            .as("when it opens on day %s", day)
                            .isEqualTo(holiday ? 0 : 4);
                    until(world, opens.plus(Duration.ofHours(8)).minusSeconds(60));
                    assertThat(running(endpoint))
                            .as("before it closes on day %s", day)
                            .isEqualTo(holiday ? 0 : 4);
                    until(world, opens.plus(Duration.ofHours(8)).plus(Duration.ofMinutes(5)));
                    assertThat(running(endpoint))
                            .as("after it closed on day %s", day)
                            .isZero();
                    world.simulator().faults().clear();
                }
                assertThat(film.of(endpoint, "Ready")).as("Ready never moved").hasSize(1);
            }

            assertThat(policy.says(ConditionTypes.READY)).isEqualTo("True InForce");
            assertThat(api.writes(team.namespace()).stream()
                            .filter(write -> write.resource().equals("warmpolicies")
                                    && write.subresource().equals("status"))
                            .count())
                    .as("demand and ledger, in the morning and in the evening of seven days, and what each day cost")
                    .isLessThanOrEqualTo(8 * 4 + 2 + 7);
            assertThat(policy.status().ledger().month()).isEqualTo("2026-03");
            // Seven days of eight hours with four slots, and the minutes of lead before each.
            assertThat(policy.status().ledger().slotSeconds().getFirst().seconds())
                    .isBetween(7L * 8 * 3600 * 4, 7L * (8 * 3600 + 420) * 4);
        }
    }

    @Test
    void anEndpointThatIsUpdatedInsideAWindowStaysWarmAllTheWay(KubeApi api) {
        try (World world = World.start(api, WarmWeekApiServerTest::unhurried)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(
                    team,
                    "hours",
                    "sentiment",
                    "provisionedConcurrency: {windows: [{name: office, timeZone: UTC, start: 0 9 * * *, end: 0 17 * * *, capacity: 4}]}");
            until(world, Instant.parse("2026-03-02T10:00:00Z"));
            assertThat(running(endpoint)).isEqualTo(4);
            String before = endpoint.deployed();

            try (Film film = Film.of(team)) {
                endpoint.change(manifest -> manifest.memory(3072));
                world.advanceUntil(
                        "updated",
                        () -> !endpoint.deployed().equals(before) && endpoint.is(ConditionTypes.READY, "True"));
                world.advanceBy(Duration.ofMinutes(30));

                assertThat(film.statuses(endpoint))
                        .as("the capacity goes along into the new revision")
                        .allSatisfy(status -> assertThat(status.effective().provisionedConcurrency())
                                .isEqualTo(4));
                assertThat(film.of(endpoint, "Available")).containsOnly("True Serving");
                assertThat(film.of(endpoint, "Scaling")).containsExactly("absent");
                assertThat(film.of(endpoint, "Ready"))
                        .as("what any update says, and nothing of the capacity")
                        .containsExactly(
                                "True Succeeded",
                                "False PreparingRevision",
                                "False Previewing",
                                "False UpdatingEndpoint",
                                "True Succeeded");
            }
            assertThat(world.console().endpoint(endpoint.endpointName()).toString())
                    .contains("-p4");
            assertThat(policy.status().ledger().provisionedConcurrency()).isEqualTo(4);
            assertThat(policy.status().ledger().memorySizeInMB()).isEqualTo(3072);
            until(world, Instant.parse("2026-03-02T17:05:00Z"));
            assertThat(running(endpoint)).isZero();
        }
    }

    /** Nothing is looked for that nobody changed, so that a week has few events. */
    private static void unhurried(World.Setup setup) {
        OperatorSettings usual = OperatorSettings.defaults().withClusterID("test-cluster");
        setup.brisk()
                .operator(new OperatorSettings(
                        usual.clusterID(),
                        usual.namespaces(),
                        usual.instance(),
                        usual.lease(),
                        usual.isolationRequired(),
                        usual.policy(),
                        new InventorySettings(Duration.ofMinutes(20), Duration.ofHours(6), Duration.ofMillis(1500)),
                        usual.reconcileThreads(),
                        usual.slowCalls(),
                        usual.slowCallsPerNamespace(),
                        usual.shutdownGrace()));
    }

    private static int running(TeamEndpoint endpoint) {
        Integer running = endpoint.status().effective().provisionedConcurrency();
        return running == null ? 0 : running;
    }

    private static void until(World world, Instant instant) {
        world.advanceBy(Duration.between(world.now(), instant));
    }
}
