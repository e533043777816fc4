package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ColdStartStatus;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmLedger;
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

/** What was paid stays paid. A slot with 2 GB costs some seven cents an hour; every story begins on the second of March. */
@RealApiServer
class WarmLedgerApiServerTest {
    private static final String OFFICE = """
            provisionedConcurrency: {windows: [{name: day, timeZone: UTC, start: 0 8 * * *, end: 0 20 * * *, capacity: 4}]}
            budget: {monthlyUSD: 3000}""";

    @Test
    void whoDeletesAPolicyAndMakesItAgainHasNoNewBudget(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(team, "day", "sentiment", OFFICE);
            world.advanceUntil("warm", () -> running(endpoint) == 4);
            world.advanceBy(Duration.ofHours(1));
            assertThat(policy.demand().provisionedConcurrency()).isEqualTo(4);
            policy.delete();
            world.advanceUntil("gone", policy::isGone);
            long used = slotSeconds(endpoint.status().pastLedger());
            assertThat(used).isBetween(4L * 3500, 4L * 3800);

            world.restartOperator();
            world.advanceBy(Duration.ofHours(1));
            TeamPolicy again = TeamPolicy.settled(team, "day", "sentiment", OFFICE);

            assertThat(slotSeconds(again.status().ledger()))
                    .as("and the ten minutes for which it stayed")
                    .isEqualTo(used + 4L * 600);
            world.advanceBy(Duration.ofMinutes(10));
            again.delete();
            world.advanceUntil("gone", again::isGone);
            assertThat(slotSeconds(endpoint.status().pastLedger())).isGreaterThanOrEqualTo(used + 4L * 600);
        }
    }

    @Test
    void aPolicyThatIsDeletedWhileNoOperatorRunsIsNotedByTheNextOne(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(team, "day", "sentiment", "provisionedConcurrency: {baseline: 2}");
            world.advanceUntil("warm", () -> running(endpoint) == 2);
            world.advanceBy(Duration.ofMinutes(30));

            world.stopOperator();
            policy.delete();
            world.startOperator();
            world.advanceUntil("gone", policy::isGone);

            assertThat(endpoint.status().pastLedger().provisionedConcurrency()).isEqualTo(2);
            String version = endpoint.object().getMetadata().getResourceVersion();
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(endpoint.object().getMetadata().getResourceVersion())
                    .as("noted once")
                    .isEqualTo(version);
        }
    }

    @Test
    void whoClearsAStatusWhileNoOperatorRunsIsChargedForTheWholeMonth(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(
                    team, "day", "sentiment", "provisionedConcurrency: {baseline: 2}\nbudget: {monthlyUSD: 3000}");
            world.advanceUntil("warm", () -> running(endpoint) == 2);

            world.stopOperator();
            policy.clearStatus();
            assertThat(policy.status().observedGeneration()).isEqualTo(-1);
            assertThat(policy.status().ledger()).isNull();
            world.startOperator();
            world.settle();

            long elapsed = Duration.between(Instant.parse("2026-03-01T00:00:00Z"), world.now())
                    .toSeconds();
            assertThat(slotSeconds(policy.status().ledger())).isBetween(2 * (elapsed - 60), 2 * elapsed);
            assertThat(running(endpoint)).isEqualTo(2);
        }
    }

    @Test
    void aPolicyWhoseEndpointIsBeingDeletedGoesAtOnce(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(team, "day", "sentiment", "provisionedConcurrency: {baseline: 2}");
            world.advanceUntil("warm", () -> running(endpoint) == 2);

            endpoint.delete();
            policy.delete();
            world.settle();
            assertThat(policy.isGone()).isTrue();
            endpoint.awaitGone();
        }
    }

    @Test
    void aBudgetThatDoesNotSufficeCutsWhatRunsAndSaysSoEachTime(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            try (Film film = Film.of(team)) {
                // Two slots until the end of March are 51 dollars.
                TeamPolicy policy = TeamPolicy.settled(
                        team, "all", "sentiment", "provisionedConcurrency: {baseline: 4}\nbudget: {monthlyUSD: 60}");
                world.advanceUntil("what is left is warm", () -> running(endpoint) == 2);
                world.advanceBy(Duration.ofHours(2));

                assertThat(running(endpoint)).isEqualTo(2);
                assertThat(policy.demand().clampedBy()).isEqualTo(WarmClamp.BUDGET);
                assertThat(policy.demand().wanted()).isEqualTo(4);
                assertThat(policy.says(ConditionTypes.READY)).isEqualTo("True InForce");
                assertThat(policy.says(ConditionTypes.BUDGET_EXCEEDED)).isEqualTo("True BudgetClamped");
                String why =
                        "this month would cost more than spec.budget.monthlyUSD (60): 4 wanted, 2 left; raise the budget or ask for less";
                assertThat(policy.condition(ConditionTypes.BUDGET_EXCEEDED)
                                .orElseThrow()
                                .message())
                        .isEqualTo(why);
                assertThat(policy.events()).contains(why, "2 by baseline, cut by the budget from 4");

                policy.change("provisionedConcurrency: {baseline: 4}\nbudget: {monthlyUSD: 30}");
                world.advanceUntil("less is left", () -> running(endpoint) == 1);
                assertThat(policy.events()).contains("1 by baseline, cut by the budget from 4, was 2");

                policy.change("provisionedConcurrency: {baseline: 4}\nbudget: {monthlyUSD: 30, onExceeded: Alert}");
                world.advanceUntil("all is warm", () -> running(endpoint) == 4);
                assertThat(policy.says(ConditionTypes.BUDGET_EXCEEDED)).isEqualTo("True BudgetAlert");
                assertThat(policy.demand().clampedBy()).isNull();
                assertThat(film.of(endpoint, "Ready")).as("Ready never moved").hasSize(1);
            }
        }
    }

    @Test
    void aDayWithoutCallsSaysWhatItCost(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy = TeamPolicy.settled(team, "all", "sentiment", "provisionedConcurrency: {baseline: 2}");
            world.advanceUntil("warm", () -> running(endpoint) == 2);
            world.advanceBy(Duration.between(world.now(), Instant.parse("2026-03-04T02:00:00Z")));

            ColdStartStatus day = policy.status().coldStarts();
            assertThat(day.date()).isEqualTo("2026-03-03");
            assertThat(day.sharePercent()).isNull();
            assertThat(day.estimatedUSD()).as("two slots for a day").isEqualTo("1.73");
        }
    }

    private static long slotSeconds(WarmLedger ledger) {
        return ledger.slotSeconds().isEmpty()
                ? 0
                : ledger.slotSeconds().getFirst().seconds();
    }

    private static int running(TeamEndpoint endpoint) {
        Integer running = endpoint.status().effective().provisionedConcurrency();
        return running == null ? 0 : running;
    }
}
