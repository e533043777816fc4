package dev.pilotlight.domain.warm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.domain.endpoint.Announcement;
import dev.pilotlight.domain.endpoint.Verdict;
import dev.pilotlight.domain.warm.budget.Ledger;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pings are paid from the budget, too. A second of them costs 0.00004 dollars here. */
final class PingBudgetTest {
    private static final String PINGS = "keepWarm: {request: {contentType: text/plain, body: good}}\n";

    @Test
    void pingsGoOnUntilTheBudgetIsSpent() {
        WarmDecision decision = Given.policy(PINGS + "budget: {monthlyUSD: 10}")
                .ledger(pings(249_999))
                .decided();

        assertThat(decision.pingsHeld()).isFalse();
        assertThat(budget(decision)).isEmpty();
    }

    @Test
    void andThenStopForTheMonthWhichIsSaidOnce() {
        WarmDecision decision = Given.policy(PINGS + "budget: {monthlyUSD: 10}")
                .ledger(pings(250_000))
                .decided();

        assertThat(decision.pingsHeld()).isTrue();
        assertThat(budget(decision))
                .contains("True BudgetClamped this month has cost spec.budget.monthlyUSD already (10): "
                        + "no pings before 2026-04-01T00:00:00Z; raise the budget or ask for less");
        assertThat(decision.announcements()).extracting(Announcement::reason).contains("BudgetClamped");
        WarmDecision again = Given.policy(PINGS + "budget: {monthlyUSD: 10}")
                .ledger(pings(250_000))
                .after(decision)
                .decided(Given.NOON.plusSeconds(600));
        assertThat(again.announcements()).isEmpty();
        assertThat(again.pingsHeld()).isTrue();
    }

    @Test
    void theNextMonthTheyAreSentAgain() {
        WarmDecision decision = Given.policy(PINGS + "budget: {monthlyUSD: 10}")
                .ledger(pings(250_000))
                .decided(Given.NOON.plus(Duration.ofDays(21)));

        assertThat(decision.pingsHeld()).isFalse();
        assertThat(budget(decision)).isEmpty();
    }

    @Test
    void whoOnlyWantsToHearOfItKeepsThePings() {
        WarmDecision decision = Given.policy(PINGS + "budget: {monthlyUSD: 10, onExceeded: Alert}")
                .ledger(pings(250_000))
                .decided();

        assertThat(decision.pingsHeld()).isFalse();
        assertThat(budget(decision).orElseThrow())
                .startsWith("True BudgetAlert")
                .contains("nothing is cut");
    }

    @Test
    void capacityAndPingsStopTogether() {
        WarmDecision decision = Given.policy(PINGS + "budget: {monthlyUSD: 10}\nprovisionedConcurrency: {baseline: 3}")
                .ledger(pings(250_000))
                .decided();

        assertThat(decision.facts().demand().provisionedConcurrency()).isZero();
        assertThat(budget(decision).orElseThrow())
                .contains("3 wanted, 0 left, and no pings before 2026-04-01T00:00:00Z");
    }

    private static Ledger pings(long seconds) {
        return new Ledger(YearMonth.of(2026, 3), Map.of(), seconds, Given.NOON, 0, 2048);
    }

    private static Optional<String> budget(WarmDecision decision) {
        return decision.verdicts().stream()
                .filter(verdict -> verdict.type().equals(ConditionTypes.BUDGET_EXCEEDED))
                .map(PingBudgetTest::text)
                .findFirst();
    }

    private static String text(Verdict verdict) {
        return verdict.status().word() + " " + verdict.reason() + " " + verdict.message();
    }
}
