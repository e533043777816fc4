package dev.pilotlight.domain.warm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmLedger;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.domain.warm.budget.Ledger;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a budget makes of what is wished for. A slot costs 0.00001 dollars a second here, and the endpoint has at most 20. */
final class SpendingTest {
    private static final String OFFICE =
            "windows: [{name: office, timeZone: UTC, start: 0 8 * * *, end: 0 18 * * *, capacity: %d}]";

    @Test
    void whatTheEndpointCannotHaveCostsNothing() {
        // Twenty slots for the rest of the month's office hours are 148 dollars.
        String windows = "provisionedConcurrency: {" + OFFICE.formatted(40) + "}\nbudget: {monthlyUSD: 150}";
        WarmDecision decision = Given.policy(windows).ledger(nothing()).decided();
        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(20);
        assertThat(decision.facts().demand().clampedBy()).isEqualTo(WarmClamp.MAX_CONCURRENCY);

        // And all twenty to the end of the month are 351.
        String baseline =
                "provisionedConcurrency: {baseline: 30, " + OFFICE.formatted(90) + "}\nbudget: {monthlyUSD: 390}";
        WarmDecision always = Given.policy(baseline).ledger(nothing()).decided();
        assertThat(always.facts().demand().provisionedConcurrency()).isEqualTo(20);
        assertThat(always.facts().demand().clampedBy()).isEqualTo(WarmClamp.MAX_CONCURRENCY);
    }

    @Test
    void aLedgerOfAStatusThatCannotBeReadIsWrittenAnew() {
        WarmDecision before = Given.policy("provisionedConcurrency: {baseline: 2}\nbudget: {monthlyUSD: 150}")
                .running(2)
                .ledger(nothing())
                .decided();
        Given edited = Given.policy("provisionedConcurrency: {baseline: 2}\nbudget: {monthlyUSD: 150}")
                .running(2)
                .after(before);
        Ledger known = before.ledger().orElseThrow();
        WarmLedger broken = new WarmLedger("2026-03", List.of(), 0L, "this morning", 2, 2048, "0.00", null);
        edited.status(
                new WarmPolicyStatusBuilder(edited.status()).ledger(broken).build());

        assertThat(edited.ledger(known)
                        .decided(Given.NOON.plusSeconds(60))
                        .facts()
                        .ledger()
                        .asOf())
                .isEqualTo(Given.NOON.plusSeconds(60).toString());
    }

    private static Ledger nothing() {
        return new Ledger(YearMonth.of(2026, 3), Map.of(), 0, Given.NOON, 0, 2048);
    }
}
