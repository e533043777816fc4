package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmSource;
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

/** A policy demands, and its endpoint follows. Every story begins on a Monday in March at 8 o'clock, universal time. */
@RealApiServer
class WarmPolicyApiServerTest {
    private static final String NIGHT = "{name: night, timeZone: UTC, start: 0 9 * * *, end: 0 10 * * *, capacity: 4}";

    @Test
    void aWindowIsWarmWhenItOpensAndColdAfterItsEnd(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy hours = policy(team, "hours", "provisionedConcurrency: {windows: [" + NIGHT + "]}");
            assertThat(hours.demand().provisionedConcurrency()).isZero();
            assertThat(hours.status().next().at()).isEqualTo("2026-03-02T08:55:00Z");

            try (Film film = Film.of(team)) {
                until(world, "2026-03-02T09:00:00Z");
                assertThat(hours.demand())
                        .isEqualTo(new WarmDemand(
                                4, null, WarmSource.WINDOW, "night", null, null, "2026-03-02T08:55:00Z"));
                assertThat(running(endpoint)).isEqualTo(4);

                until(world, "2026-03-02T10:01:00Z");
                assertThat(hours.demand().provisionedConcurrency()).isZero();
                assertThat(running(endpoint)).isZero();
                assertThat(film.of(endpoint, "Ready")).hasSize(1);
            }
            assertThat(hours.events())
                    .contains("none by baseline; from now on first calls start cold", "4 by window night, was none");
        }
    }

    @Test
    void aRestartAClockThatWasAheadAndAWindowSleptThroughEndInTheSamePlace(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy hours = policy(team, "hours", "provisionedConcurrency: {windows: [" + NIGHT + "]}");

            world.stopOperator();
            until(world, "2026-03-02T09:30:00Z");
            world.startOperator();
            world.advanceUntil("warm in the middle of the window", () -> running(endpoint) == 4);

            world.stopOperator();
            until(world, "2026-03-03T07:00:00Z");
            world.startOperator();
            world.advanceUntil("cold although the end was missed", () -> running(endpoint) == 0);
            String version = hours.version();

            world.restartOperator();
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(hours.version()).isEqualTo(version);
        }
    }

    @Test
    void ofTwoPoliciesTheOlderHoldsUntilItIsSuspended(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy first = policy(team, "a-first", "provisionedConcurrency: {baseline: 2}");
            TeamPolicy second = policy(team, "b-second", "provisionedConcurrency: {baseline: 5}");
            world.advanceUntil("the older holds", () -> running(endpoint) == 2);

            assertThat(second.condition(ConditionTypes.STALLED)).hasValueSatisfying(stalled -> {
                assertThat(stalled.reason()).isEqualTo(Reasons.TARGET_TAKEN);
                assertThat(stalled.message()).contains("WarmPolicy a-first is older");
            });
            assertThat(second.demand()).isNull();

            first.change("provisionedConcurrency: {baseline: 2}\nsuspend: true");
            world.advanceUntil("the younger takes over", () -> running(endpoint) == 5);
            assertThat(first.condition(ConditionTypes.SUSPENDED)).isPresent();
            assertThat(first.demand()).isNull();

            first.change("provisionedConcurrency: {baseline: 2}");
            world.advanceUntil("and gives it back", () -> running(endpoint) == 2);
            assertThat(second.condition(ConditionTypes.STALLED)).isPresent();

            first.delete();
            world.advanceUntil("and takes over for good", () -> running(endpoint) == 5);
            assertThat(second.condition(ConditionTypes.STALLED)).isEmpty();
        }
    }

    @Test
    void aPolicyWithoutItsEndpointWaitsThenAsksAPersonAndGoesOnByItself(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamPolicy early = policy(team, "early", "provisionedConcurrency: {baseline: 2}");
            world.settle();
            assertThat(early.condition(ConditionTypes.RECONCILING))
                    .hasValueSatisfying(waiting -> assertThat(waiting.reason()).isEqualTo(Reasons.TARGET_NOT_FOUND));

            world.advanceBy(Duration.ofMinutes(3));
            assertThat(early.condition(ConditionTypes.STALLED)).isPresent();
            assertThat(early.condition(ConditionTypes.RECONCILING)).isEmpty();

            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.advanceUntil("warm", () -> running(endpoint) == 2);
            assertThat(early.condition(ConditionTypes.READY))
                    .hasValueSatisfying(ready -> assertThat(ready.reason()).isEqualTo(Reasons.IN_FORCE));
        }
    }

    @Test
    void aSlipInTheScheduleIsNamedAndLetsNothingGoCold(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy hours = policy(team, "hours", "provisionedConcurrency: {baseline: 2}");
            world.advanceUntil("warm", () -> running(endpoint) == 2);

            hours.change("""
                    provisionedConcurrency:
                      baseline: 2
                      windows: [{name: typo, timeZone: Europe/Berlim, start: 0 8 * * *, end: 0 9 * * *, capacity: 4}]""");
            world.advanceBy(Duration.ofMinutes(15));

            assertThat(hours.condition(ConditionTypes.STALLED)).hasValueSatisfying(stalled -> {
                assertThat(stalled.reason()).isEqualTo(Reasons.INVALID_SCHEDULE);
                assertThat(stalled.message()).contains("window typo: there is no time zone Europe/Berlim");
            });
            assertThat(running(endpoint)).isEqualTo(2);
        }
    }

    @Test
    void deletingAPolicyLeavesNothingBehindAndTheEndpointItsOwnNumber(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(1));
            TeamPolicy hours = policy(team, "hours", "provisionedConcurrency: {baseline: 3}");
            world.advanceUntil("overridden", () -> running(endpoint) == 3);

            hours.delete();
            world.advanceUntil("gone", hours::isGone);
            world.advanceBy(Duration.ofMinutes(9));
            assertThat(running(endpoint)).isEqualTo(3);
            world.advanceBy(Duration.ofMinutes(2));
            assertThat(running(endpoint)).isEqualTo(1);
        }
    }

    @Test
    void anOldPolicyAtRestCostsNoWriteAndNoCall(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy hours =
                    policy(team, "hours", "provisionedConcurrency: {baseline: 2}\nbudget: {monthlyUSD: 300}");
            world.advanceUntil("warm", () -> running(endpoint) == 2);
            world.advanceBy(Duration.ofMinutes(2));
            String version = hours.version();
            world.forgetCalls();

            world.advanceBy(Duration.ofHours(2));

            assertThat(hours.version()).isEqualTo(version);
            assertThat(world.mutations()).isEmpty();
        }
    }

    private static TeamPolicy policy(Team team, String name, String spec) {
        return TeamPolicy.settled(team, name, "sentiment", spec);
    }

    private static int running(TeamEndpoint endpoint) {
        Integer running = endpoint.status().effective().provisionedConcurrency();
        return running == null ? 0 : running;
    }

    private static void until(World world, String instant) {
        world.advanceBy(Duration.between(world.now(), Instant.parse(instant)));
    }
}
