package dev.pilotlight.domain.warm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.domain.endpoint.Verdict;
import dev.pilotlight.domain.warm.budget.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Capacity that outlives the word of its policy, because its schedule has a slip of the pen or it was suspended, is paid for. */
final class StandingDemandTest {
    private static final String LUNCH =
            "provisionedConcurrency: {windows: [{name: lunch, timeZone: UTC, start: 0 11 * * *, end: 0 13 * * *, capacity: 4}]}\n";
    private static final String SLIP = LUNCH.replace("UTC", "Atlantis");
    private static final String PINGS = "keepWarm: {request: {contentType: text/plain, body: good}}\n";
    private static final String BUDGET = "budget: {monthlyUSD: 100}\n";
    private static final Instant LATER = Given.NOON.plus(Duration.ofHours(5));

    @Test
    void whatStaysInSpiteOfASlipOfThePenGoesOnCosting() {
        WarmDecision slipped = after(SLIP, used(1000, 4)).decided(LATER);

        assertThat(slipped.facts().demand().provisionedConcurrency()).isEqualTo(4);
        assertThat(says(slipped, ConditionTypes.STALLED)).isEqualTo("True InvalidSchedule");
        assertThat(slipped.ledger().orElseThrow().slotSeconds()).containsExactly(Map.entry(2048, 1000 + 4 * 5 * 3600L));
        assertThat(slipped.ledger().orElseThrow().running()).isEqualTo(4);
        assertThat(slipped.announcements()).isEmpty();
    }

    @Test
    void theBudgetCutsItWhenItIsSpentAndHoldsThePings() {
        WarmDecision slipped = after(SLIP + PINGS + BUDGET, used(10_000_000, 4)).decided(LATER);

        assertThat(slipped.facts().demand().provisionedConcurrency()).isZero();
        assertThat(slipped.facts().demand().clampedBy()).isEqualTo(WarmClamp.BUDGET);
        assertThat(slipped.facts().demand().wanted()).isEqualTo(4);
        assertThat(slipped.pingsHeld()).isTrue();
        assertThat(says(slipped, ConditionTypes.BUDGET_EXCEEDED)).isEqualTo("True BudgetClamped");

        WarmDecision again = Given.policy(SLIP + PINGS + BUDGET)
                .running(4)
                .ledger(slipped.ledger().orElseThrow())
                .after(slipped)
                .decided(LATER.plusSeconds(600));
        assertThat(again.facts()).isEqualTo(slipped.facts());
        assertThat(again.announcements()).isEmpty();
        assertThat(says(again, ConditionTypes.BUDGET_EXCEEDED)).isEqualTo("True BudgetClamped");

        WarmDecision nextMonth = Given.policy(SLIP + PINGS + BUDGET)
                .ledger(slipped.ledger().orElseThrow())
                .after(slipped)
                .decided(Instant.parse("2026-04-01T00:00:01Z"));
        assertThat(nextMonth.facts().demand().provisionedConcurrency())
                .as("as much as lasts for the month")
                .isEqualTo(3);
    }

    @Test
    void whatRunsIsNotCutBeforeThatAndWhatItWouldComeToIsSaid() {
        WarmDecision slipped = after(SLIP + BUDGET, used(9_000_000, 4)).decided(LATER);

        assertThat(slipped.facts().demand().provisionedConcurrency()).isEqualTo(4);
        assertThat(says(slipped, ConditionTypes.BUDGET_EXCEEDED)).isEqualTo("True BudgetAlert");
    }

    @Test
    void underAwsOneStaysOfASpentBudget() {
        String tracking = "executor: ApplicationAutoScaling\n" + BUDGET;
        String capacity = "baseline: 2, targetTracking: {min: 1, max: 10}";
        WarmDecision before = Given.policy("provisionedConcurrency: {" + capacity + "}\n" + tracking)
                .running(3)
                .ledger(used(1000, 3))
                .decided();
        assertThat(before.facts().demand().range().min()).isEqualTo(2);

        WarmDecision slipped = Given.policy(SLIP.replace("{windows", "{" + capacity + ", windows") + tracking)
                .running(3)
                .ledger(used(10_000_000, 3))
                .after(before)
                .decided(LATER);
        assertThat(slipped.facts().demand().range()).isEqualTo(new CapacityRange(1, 1));
        assertThat(slipped.nextLook()).as("AWS moves it").contains(LATER.plusSeconds(60));
    }

    @Test
    void whatStaysForTenMinutesAfterTheSuspensionIsPaidFor() {
        String suspended = "suspend: true\n" + LUNCH;
        WarmDecision first = after(suspended, used(1000, 4)).decided(Given.NOON.plusSeconds(60));
        assertThat(first.facts().demand()).isNull();
        assertThat(first.facts().ledger().provisionedConcurrency()).isEqualTo(4);
        assertThat(first.nextLook()).contains(Given.NOON.plusSeconds(660));

        // The condition of a pass is of noon here.
        WarmDecision restarted = Given.policy(suspended).running(4).after(first).decided(Given.NOON.plusSeconds(300));
        assertThat(restarted.ledger().orElseThrow().slotSeconds()).containsExactly(Map.entry(2048, 1000 + 4 * 300L));
        WarmDecision later = Given.policy(suspended).after(first).decided(LATER);
        assertThat(later.ledger().orElseThrow().slotSeconds()).containsExactly(Map.entry(2048, 1000 + 4 * 600L));
        assertThat(later.facts().ledger().provisionedConcurrency()).isZero();
    }

    /** A policy whose window was in force until noon, with the spec it has now. */
    private static Given after(String spec, Ledger ledger) {
        WarmDecision before =
                Given.policy(LUNCH).running(4).ledger(used(1000, 4)).decided();
        return Given.policy(spec).running(4).ledger(ledger).after(before);
    }

    private static Ledger used(long slotSeconds, int running) {
        return new Ledger(YearMonth.of(2026, 3), Map.of(2048, slotSeconds), 0, Given.NOON, running, 2048);
    }

    private static String says(WarmDecision decision, String type) {
        Verdict verdict = decision.verdicts().stream()
                .filter(any -> any.type().equals(type))
                .findFirst()
                .orElseThrow();
        return verdict.status().word() + " " + verdict.reason();
    }
}
