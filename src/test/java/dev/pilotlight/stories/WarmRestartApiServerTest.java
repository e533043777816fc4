package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.operator.PilotlightOperator;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import dev.pilotlight.testing.Film;
import dev.pilotlight.testing.HeldCall;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.StoryLease;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.TeamPolicy;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What an operator has learned is known to the next one, whatever happened to the clock or to the lease between. */
@RealApiServer
class WarmRestartApiServerTest {
    private static final String NOON =
            "provisionedConcurrency: {windows: [{name: noon, timeZone: UTC, start: 0 12 * * *, end: 0 13 * * *, capacity: 3}]}";
    private static final String PING = "request: {contentType: application/json, body: '{\"text\":\"ping\"}'}";

    @Test
    void capacityThatTookNineMinutesIsAskedForNineMinutesEarlierFromThenOn(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.hosting(settings -> settings.withDurations(new StateDurations(
                        Duration.ofSeconds(12),
                        Duration.ofMinutes(9),
                        Duration.ofMinutes(9),
                        Duration.ofSeconds(4),
                        0))))) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(team, "noon", "sentiment", NOON);

            until(world, "2026-03-02T12:02:00Z");
            assertThat(running(endpoint)).as("the first time it comes too late").isZero();
            until(world, "2026-03-02T12:30:00Z");
            assertThat(running(endpoint)).isEqualTo(3);
            int lead = policy.status().leadSeconds();
            assertThat(lead).isBetween(540, 660);

            // Before anything else has changed: what was learned is in the status already.
            world.restartOperator();
            until(world, "2026-03-02T23:00:00Z");
            world.restartOperator();
            world.settle();
            assertThat(policy.status().next().at())
                    .isEqualTo(Instant.parse("2026-03-03T12:00:00Z")
                            .minusSeconds(lead)
                            .toString());
            until(world, "2026-03-03T12:00:00Z");
            assertThat(running(endpoint)).as("the next day it is in time").isEqualTo(3);
        }
    }

    @Test
    void aRestartInTheMiddleOfAWeekChangesNeitherCapacityNorInterval(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(
                    team,
                    "warm",
                    "sentiment",
                    NOON + "\nkeepWarm: {interval: {mode: Auto, seconds: 120}, " + PING + "}");
            until(world, "2026-03-03T18:00:00Z");
            int interval = policy.status().keepWarm().intervalSeconds();
            assertThat(interval).as("learned").isGreaterThan(120);
            assertThat(world.gauge("pilotlight.warm.ping.interval.seconds")).isEqualTo(interval);

            world.restartOperator();
            world.settle();
            assertThat(world.gauge("pilotlight.warm.ping.interval.seconds")).isEqualTo(interval);
            until(world, "2026-03-04T06:00:00Z");
            assertThat(policy.status().keepWarm().date()).isEqualTo("2026-03-03");
            assertThat(policy.status().keepWarm().countedFrom()).isEqualTo("2026-03-03T18:00:00Z");
            assertThat(policy.status().coldStarts() == null
                            || !policy.status().coldStarts().estimatedUSD().equals("unknown"))
                    .as("what Tuesday cost is known in spite of the restart")
                    .isTrue();
            until(world, "2026-03-04T12:30:00Z");
            assertThat(running(endpoint)).isEqualTo(3);
        }
    }

    @Test
    void aPolicyThatIsPointedElsewhereWhileNoOperatorRunsForgetsTheEndpointBefore(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint first = team.serving(team.manifest("sentiment"));
            TeamEndpoint second = team.serving(team.manifest("ranking"));
            TeamPolicy policy = TeamPolicy.settled(team, "warm", "sentiment", "provisionedConcurrency: {baseline: 2}");
            world.advanceUntil("warm", () -> running(first) == 2);
            assertThat(policy.status().target()).isEqualTo("sentiment");

            world.stopOperator();
            TeamPolicy moved = TeamPolicy.apply(team, "warm", "ranking", "provisionedConcurrency: {baseline: 1}");
            world.startOperator();
            world.advanceUntil("the other one is warm", () -> running(second) == 1);

            assertThat(moved.status().target()).isEqualTo("ranking");
            world.advanceBy(Duration.ofMinutes(11));
            assertThat(running(first)).isZero();
            assertThat(moved.events()).contains("1 by baseline");
        }
    }

    @Test
    void aClockThatJumpsByAnHourEitherWayEndsWhereTheCalendarSays(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(team, "noon", "sentiment", NOON + "\nbudget: {monthlyUSD: 300}");
            until(world, "2026-03-02T11:10:00Z");

            try (Film film = Film.of(team)) {
                world.setOperatorClock(Duration.ofHours(1));
                world.advanceUntil("noon by its clock", () -> running(endpoint) == 3);
                world.setOperatorClock(Duration.ofHours(-1));
                until(world, "2026-03-02T12:01:00Z");
                assertThat(running(endpoint)).isEqualTo(3);

                world.setOperatorClock(Duration.ofHours(-1));
                world.advanceBy(Duration.ofMinutes(15));
                world.setOperatorClock(Duration.ofHours(1));
                world.advanceUntil("noon after all", () -> running(endpoint) == 3);
                until(world, "2026-03-02T13:10:00Z");
                assertThat(running(endpoint)).isZero();
                assertThat(film.of(endpoint, "Ready")).hasSize(1);
            }
            long seconds = policy.status().ledger().slotSeconds().getFirst().seconds();
            assertThat(seconds)
                    .as("three from 12:16 to 13:00, whatever the jumps added")
                    .isBetween(3L * 2630, 3L * 4 * 3600);
        }
    }

    @Test
    void aClockThatIsSlowOpensTheWindowByItselfAndLateByNoMoreThanThat(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy.settled(team, "noon", "sentiment", NOON);
            for (int quarter = 0; quarter < 16; quarter++) {
                world.advanceBy(Duration.ofMinutes(15));
                world.setOperatorClock(Duration.ofSeconds(-30));
            }
            assertThat(world.now()).isAfterOrEqualTo(Instant.parse("2026-03-02T12:00:00Z"));
            world.advanceBy(Duration.ofMinutes(5));

            assertThat(running(endpoint))
                    .as("eight minutes slow, and asked for five early")
                    .isEqualTo(3);
        }
    }

    @Test
    void whoDoesNotLeadAnyMoreMovesNoCapacityAndTheSuccessorDoes(KubeApi api) {
        try (StoryLease lease = new StoryLease(api, "pilotlight-warm");
                World world = World.start(api, setup -> setup.brisk().operator(lease.holder("first")))) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy.settled(team, "noon", "sentiment", NOON);
            until(world, "2026-03-02T11:50:00Z");
            world.forgetCalls();
            lease.isTaken();
            until(world, "2026-03-02T12:10:00Z");
            assertThat(world.mutations()).as("of one who does not lead").isEmpty();

            lease.isFree();
            world.restartOperator();
            world.advanceUntil("by the successor", () -> running(endpoint) == 3);
        }
    }

    @Test
    void aLateCallOfAnOldLeaderMovesTheCapacityBackOnlyUntilTheSuccessorSeesIt(KubeApi api) {
        try (StoryLease lease = new StoryLease(api, "pilotlight-warm");
                World world = World.start(api, setup -> setup.brisk().operator(lease.holder("first")))) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(1));
            TeamPolicy policy = TeamPolicy.settled(team, "warm", "sentiment", "provisionedConcurrency: {baseline: 2}");
            world.advanceUntil("two", () -> running(endpoint) == 2);
            HeldCall late = HeldCall.first("sagemaker:UpdateEndpointWeightsAndCapacities");
            world.boundary(late);
            policy.change("provisionedConcurrency: {baseline: 5}");
            world.advanceUntilHeld("the old leader stands still, about to ask for five", late::isHolding);

            PilotlightOperator old = world.leaveOperatorRunning();
            world.boundary(CallBoundary.OPEN);
            lease.isFree();
            world.startOperator();
            policy.change("provisionedConcurrency: {baseline: 3}");
            world.advanceUntil("three, by the successor", () -> running(endpoint) == 3);
            try (Film film = Film.of(team)) {
                late.release();
                Awaitility.await().until(() -> old.passes().running() == 0);
                world.advanceUntil(
                        "the successor sees five", () -> endpoint.eventReasons().contains("DriftDetected"));
                world.advanceUntil(
                        "three again",
                        () -> world.console().provisioned(endpoint.endpointName()) == 3
                                && endpoint.status().progress() == null);
                assertThat(film.of(endpoint, "Ready")).hasSize(1);
            }
            old.close();
        }
    }

    private static int running(TeamEndpoint endpoint) {
        Integer running = endpoint.status().effective().provisionedConcurrency();
        return running == null ? 0 : running;
    }

    private static void until(World world, String instant) {
        world.advanceBy(Duration.between(world.now(), Instant.parse(instant)));
    }
}
