package dev.pilotlight.domain.warm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.domain.warm.budget.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A ledger that is lost is never nothing: who clears a status buys no second budget. It is three o'clock at night, and nothing runs. */
final class BooksTest {
    private static final Instant NIGHT = Instant.parse("2026-03-11T03:00:00Z");
    private static final Instant MONTH = Instant.parse("2026-03-01T00:00:00Z");
    private static final long ELAPSED = Duration.between(MONTH, NIGHT).toSeconds();
    private static final String OFFICE =
            "windows: [{name: office, timeZone: UTC, start: 0 8 * * *, end: 0 18 * * *, capacity: 4}]";
    private static final String PINGS =
            "keepWarm: {interval: {seconds: 240}, concurrency: 3, request: {contentType: text/plain, body: good}}";

    static Stream<Arguments> schedules() {
        return Stream.of(
                Arguments.of("the window that is shut", OFFICE, 4),
                Arguments.of("the baseline", "baseline: 5, " + OFFICE, 5),
                Arguments.of("all that tracking may have", "targetTracking: {min: 1, max: 10}, " + OFFICE, 10),
                Arguments.of("the endpoint's maxConcurrency", "baseline: 30, " + OFFICE, 20),
                Arguments.of(
                        "a day of this month that needed more",
                        "exceptions: [{name: sale, mode: Open, timeZone: UTC, from: '2026-03-03', capacity: 12}], "
                                + OFFICE,
                        12),
                Arguments.of(
                        "no day of another month",
                        "exceptions: [{name: sale, mode: Open, timeZone: UTC, from: '2026-02-03', capacity: 12}], "
                                + OFFICE,
                        4));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schedules")
    void theMostThatMayHaveBeenAskedForCounts(String what, String capacity, int counts) {
        WarmDecision decision =
                Given.policy("provisionedConcurrency: {" + capacity + "}").decided(NIGHT);

        assertThat(decision.ledger().orElseThrow().slotSeconds()).containsExactly(Map.entry(2048, counts * ELAPSED));
    }

    @Test
    void whatRunsCountsWhereItIsMore() {
        assertThat(Given.policy("provisionedConcurrency: {" + OFFICE + "}")
                        .running(7)
                        .decided(NIGHT)
                        .ledger()
                        .orElseThrow()
                        .slotSeconds())
                .containsExactly(Map.entry(2048, 7 * ELAPSED));
    }

    @Test
    void aStatusWithoutALedgerOrWithOneThatMakesNoSenseIsALostOne() {
        WarmPolicyStatus told = Given.policy("provisionedConcurrency: {" + OFFICE + "}")
                .decided(NIGHT)
                .facts();
        WarmPolicyStatus without =
                new WarmPolicyStatusBuilder(told).ledger(null).build();

        assertThat(Given.policy("provisionedConcurrency: {" + OFFICE + "}")
                        .status(without)
                        .decided(NIGHT)
                        .ledger()
                        .orElseThrow()
                        .slotSeconds())
                .containsExactly(Map.entry(2048, 4 * ELAPSED));
    }

    @Test
    void aStatusThatWasNeverThereAndOneThatIsAboutNoGenerationAreTheSame() {
        for (Long generation : Arrays.asList(null, -1L, 0L)) {
            WarmDecision decision = Given.policy("provisionedConcurrency: {" + OFFICE + "}")
                    .status(new WarmPolicyStatusBuilder()
                            .observedGeneration(generation)
                            .build())
                    .decided(NIGHT);
            assertThat(decision.ledger().orElseThrow().slotSeconds())
                    .as("status.observedGeneration: " + generation)
                    .containsExactly(Map.entry(2048, 4 * ELAPSED));
        }
    }

    @Test
    void aStatusThatIsClearedWhileTheScheduleCannotBeReadIsALostLedgerToo() {
        WarmDecision decision = Given.policy(
                        "provisionedConcurrency: {" + OFFICE.replace("timeZone: UTC", "timeZone: Atlantis") + "}")
                .running(3)
                .decided(NIGHT);

        assertThat(decision.ledger().orElseThrow().slotSeconds()).containsExactly(Map.entry(2048, 3 * ELAPSED));
    }

    @Test
    void theBudgetIsHeldAgainstIt() {
        // Ten days of four slots are 35 dollars.
        WarmDecision decision = Given.policy("provisionedConcurrency: {" + OFFICE + "}\nbudget: {monthlyUSD: 30}")
                .decided(NIGHT.plus(Duration.ofHours(6)));

        assertThat(decision.facts().demand().clampedBy()).isEqualTo(WarmClamp.BUDGET);
        assertThat(decision.facts().demand().provisionedConcurrency()).isZero();
    }

    @Test
    void pingsCountAsIfEachHadBeenSent() {
        long sent = ELAPSED / 240 * 3;

        assertThat(Given.policy(PINGS).decided(NIGHT).ledger().orElseThrow().pingSeconds())
                .isEqualTo(sent);
        WarmPolicyStatus told =
                Given.policy(PINGS).after(Given.policy(PINGS).decided(NIGHT)).status();
        assertThat(Given.policy(PINGS)
                        .status(new WarmPolicyStatusBuilder(told).ledger(null).build())
                        .decided(NIGHT)
                        .ledger()
                        .orElseThrow()
                        .pingSeconds())
                .as("it was in force, says its Ready")
                .isEqualTo(sent);
    }

    @Test
    void aPolicyThatIsNewHasUsedNothing() {
        WarmDecision decision = Given.policy("provisionedConcurrency: {" + OFFICE + "}\n" + PINGS)
                .made(NIGHT.minusSeconds(30))
                .decided(NIGHT);

        assertThat(decision.ledger().orElseThrow().isNothing()).isTrue();
    }

    @Test
    void aPolicyOfThisMonthCountsFromWhenItWasMade() {
        WarmDecision decision = Given.policy("provisionedConcurrency: {" + OFFICE + "}")
                .made(NIGHT.minus(Duration.ofHours(5)))
                .decided(NIGHT);

        assertThat(decision.ledger().orElseThrow().slotSeconds()).containsExactly(Map.entry(2048, 4L * 5 * 3600));
    }

    @Test
    void whatPoliciesBeforeItUsedComesOnTop() {
        Instant made = NIGHT.minus(Duration.ofHours(5));
        Ledger past = new Ledger(YearMonth.of(2026, 3), Map.of(2048, 1000L), 0, made.minusSeconds(3600), 0, 2048);

        assertThat(Given.policy("provisionedConcurrency: {" + OFFICE + "}")
                        .made(made)
                        .past(past.write(null))
                        .decided(NIGHT)
                        .ledger()
                        .orElseThrow()
                        .slotSeconds())
                .containsExactly(Map.entry(2048, 4L * 5 * 3600 + 1000));
    }

    @Test
    void aStatusThatIsClearedWhileThePolicyIsSuspendedIsALostLedgerToo() {
        String both = "provisionedConcurrency: {" + OFFICE + "}\n" + PINGS;
        WarmDecision suspended = Given.policy("suspend: true\n" + both).decided(NIGHT);
        assertThat(suspended.facts().ledger().provisionedConcurrency())
                .as("nothing runs on its account meanwhile")
                .isZero();

        Instant later = NIGHT.plus(Duration.ofHours(1));
        Ledger resumed =
                Given.policy(both).after(suspended).decided(later).ledger().orElseThrow();
        assertThat(resumed.slotSeconds()).containsExactly(Map.entry(2048, 4 * ELAPSED));
        assertThat(resumed.pingSeconds()).isGreaterThanOrEqualTo(ELAPSED / 240 * 3);
    }

    @Test
    void aPolicyThatIsMadeSuspendedHasUsedNothingAndHasNoLedger() {
        WarmDecision suspended = Given.policy("suspend: true\nprovisionedConcurrency: {" + OFFICE + "}")
                .made(NIGHT.minusSeconds(30))
                .decided(NIGHT);
        assertThat(suspended.facts().ledger()).isNull();

        assertThat(Given.policy("provisionedConcurrency: {" + OFFICE + "}")
                        .made(NIGHT.minusSeconds(30))
                        .after(suspended)
                        .decided(NIGHT.plus(Duration.ofHours(2)))
                        .ledger()
                        .orElseThrow()
                        .slotSeconds())
                .isEmpty();
    }

    @Test
    void whoWaitedForItsEndpointUntilNowPaidForNothing() {
        WarmDecision waited = Given.policy("provisionedConcurrency: {" + OFFICE + "}")
                .withoutEndpoint()
                .decided(NIGHT.minusSeconds(600));
        assertThat(waited.verdicts())
                .anyMatch(verdict -> verdict.type().equals(ConditionTypes.READY)
                        && verdict.reason().equals("TargetNotFound"));

        assertThat(List.copyOf(Given.policy("provisionedConcurrency: {" + OFFICE + "}")
                        .after(waited)
                        .decided(NIGHT)
                        .ledger()
                        .orElseThrow()
                        .slotSeconds()
                        .values()))
                .isEmpty();
    }
}
