package dev.pilotlight.domain.warm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.ForecastBackTest;
import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.api.v1alpha1.WarmSource;
import dev.pilotlight.api.v1alpha1.WarmWindow;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.endpoint.Announcement;
import dev.pilotlight.domain.endpoint.Verdict;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.metrics.Point;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.tracking.Measured;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a policy demands, and what it says about it. It is Wednesday noon in March, universal time. */
final class WarmDeciderTest {
    private static final Instant NOON = Given.NOON;
    private static final String ENFORCE = "provisionedConcurrency: {forecast: {mode: Enforce}}";
    private static final String LUNCH =
            "windows: [{name: lunch, timeZone: UTC, start: 0 11 * * *, end: 0 13 * * *, capacity: 4}]";
    private static final String TWO_SHIFTS = """
            windows: [{name: early, timeZone: UTC, start: 0 8 * * *, end: 0 12 * * *, capacity: 4},
                      {name: late, timeZone: UTC, start: 10 12 * * *, end: 0 18 * * *, capacity: 3}]""";

    @Test
    void theHighestHoldsAndSaysWhoItIs() {
        WarmDecision decision = Given.policy("provisionedConcurrency: {baseline: 1, " + LUNCH + "}")
                .decided();

        assertThat(decision.facts().demand())
                .isEqualTo(new WarmDemand(4, null, WarmSource.WINDOW, "lunch", null, null, NOON.toString()));
        assertThat(decision.facts().next().at()).isEqualTo("2026-03-11T13:00:00Z");
        assertThat(verdict(decision, ConditionTypes.READY).message())
                .isEqualTo("4 are kept warm for sentiment by window lunch");
        assertThat(decision.nextLook()).contains(Instant.parse("2026-03-11T13:00:00Z"));
    }

    @Test
    void theEndpointsMaxConcurrencyCutsAndIsNamed() {
        WarmDecision decision =
                Given.policy("provisionedConcurrency: {baseline: 30}").decided();

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(20);
        assertThat(decision.facts().demand().clampedBy()).isEqualTo(WarmClamp.MAX_CONCURRENCY);
        assertThat(decision.facts().demand().wanted()).isEqualTo(30);
    }

    @Test
    void aDemandThatStaysIsNotANewOne() {
        Given policy = Given.policy("provisionedConcurrency: {baseline: 1}");
        WarmDecision before = policy.decided();
        WarmDecision after = policy.next(before).decided(NOON.plus(Duration.ofHours(5)));

        assertThat(before.announcements()).extracting(Announcement::reason).containsExactly("CapacityDemanded");
        assertThat(after.announcements()).isEmpty();
        assertThat(after.facts()).isEqualTo(before.facts());
    }

    @Test
    void theLedgerIsWrittenOnceADayAndWhenTheCapacityChanges() {
        Given policy = Given.policy("provisionedConcurrency: {baseline: 1}");
        WarmDecision before = policy.decided();
        policy.next(before);
        Instant tomorrow = NOON.plus(Duration.ofDays(1));

        assertThat(policy.decided(tomorrow.minusSeconds(1)).facts().ledger())
                .isEqualTo(before.facts().ledger());
        assertThat(policy.decided(tomorrow).facts().ledger().asOf()).isEqualTo(tomorrow.toString());
        assertThat(policy.running(2)
                        .decided(NOON.plusSeconds(60))
                        .facts()
                        .ledger()
                        .provisionedConcurrency())
                .isEqualTo(2);
    }

    @Test
    void aShortDipBetweenTwoWindowsIsBridged() {
        Given policy = Given.policy("provisionedConcurrency: {" + TWO_SHIFTS + "}");
        int early = demanded(policy.decided(NOON.plusSeconds(60)));
        WarmDecision before = policy.decided(NOON.minusSeconds(60));
        WarmDecision between = policy.next(before).decided(NOON.plusSeconds(60));

        assertThat(demanded(before)).isEqualTo(4);
        assertThat(demanded(between)).isEqualTo(3);
        assertThat(early).as("what is not there is not asked for early").isZero();
    }

    @Test
    void goingToNoneSaysWhatItCosts() {
        Given policy = Given.policy("provisionedConcurrency: {" + LUNCH + "}");
        WarmDecision after = policy.next(policy.decided()).decided(NOON.plus(Duration.ofHours(1)));

        assertThat(after.announcements())
                .extracting(Announcement::note)
                .containsExactly("none by baseline, was 4; from now on first calls start cold");
    }

    @Test
    void trackingBeforeItsFirstMeasurementAsksForTheLeast() {
        WarmDecision decision = Given.policy("provisionedConcurrency: {targetTracking: {min: 2, max: 10}}")
                .decided();

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(2);
        assertThat(decision.nextLook()).contains(NOON.plusSeconds(60));
    }

    @Test
    void afterARestartTrackingGoesOnFromWhatTheStatusSays() {
        WarmPolicyStatus status = new WarmPolicyStatusBuilder()
                .demand(new WarmDemand(7, null, WarmSource.TARGET_TRACKING, null, null, null, "2026-03-11T11:59:30Z"))
                .build();
        WarmDecision decision = Given.policy("provisionedConcurrency: {targetTracking: {min: 2, max: 10}}")
                .status(status)
                .measured(new Measured.Failed("CloudWatch cannot be read"))
                .decided();

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(7);
        assertThat(verdict(decision, ConditionTypes.METRICS_UNAVAILABLE).message())
                .isEqualTo("CloudWatch cannot be read; target tracking keeps 7");
        assertThat(verdict(decision, ConditionTypes.READY).status()).isEqualTo(Status.TRUE);
    }

    @Test
    void useMovesTheDemandWithinTheLimits() {
        List<Point> busy = IntStream.rangeClosed(1, 6)
                .mapToObj(m -> new Point(NOON.minus(Duration.ofMinutes(7 - m)), 14))
                .toList();
        Measured measured = new Measured.Series(busy, List.of(), List.of());

        assertThat(demanded(Given.policy("provisionedConcurrency: {targetTracking: {min: 2, max: 10}}")
                        .measured(measured)
                        .decided()))
                .isEqualTo(10);
    }

    @Test
    void underAwsItIsARangeAndTheWindowsAreItsLeast() {
        WarmDecision decision = Given.policy("provisionedConcurrency: {baseline: 1, targetTracking: {min: 2, max: 10}, "
                        + LUNCH + "}\nexecutor: ApplicationAutoScaling")
                .decided();

        assertThat(decision.facts().demand().range()).isEqualTo(new CapacityRange(4, 10));
        assertThat(decision.facts().demand().provisionedConcurrency()).isNull();
    }

    @Test
    void aBudgetThatDoesNotSufficeCutsAndSaysSo() {
        WarmDecision decision = Given.policy("provisionedConcurrency: {baseline: 10}\nbudget: {monthlyUSD: 100}")
                .ledger(used(3_000_000))
                .decided();

        assertThat(decision.facts().demand().clampedBy()).isEqualTo(WarmClamp.BUDGET);
        assertThat(decision.facts().demand().wanted()).isEqualTo(10);
        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(3);
        assertThat(verdict(decision, ConditionTypes.BUDGET_EXCEEDED))
                .isEqualTo(
                        new Verdict(
                                ConditionTypes.BUDGET_EXCEEDED,
                                Status.TRUE,
                                Reasons.BUDGET_CLAMPED,
                                "this month would cost more than spec.budget.monthlyUSD (100): 10 wanted, 3 left; raise the budget or ask for less"));
        assertThat(decision.announcements()).extracting(Announcement::reason).contains(Reasons.BUDGET_CLAMPED);
        assertThat(verdict(decision, ConditionTypes.READY).status()).isEqualTo(Status.TRUE);
    }

    @Test
    void aDeeperCutNamesTheBudgetToo() {
        String spec = "provisionedConcurrency: {baseline: 10}\nbudget: {monthlyUSD: 100}";
        Given policy = Given.policy(spec).ledger(used(3_000_000));
        policy.next(policy.decided()).ledger(used(6_000_000));

        assertThat(policy.decided().announcements())
                .extracting(Announcement::note)
                .containsExactly("2 by baseline, cut by the budget from 10, was 3");
    }

    @Test
    void aSpentBudgetLeavesNothing() {
        WarmDecision decision = Given.policy(
                        "provisionedConcurrency: {baseline: 1, " + LUNCH + "}\nbudget: {monthlyUSD: 100}")
                .ledger(used(10_000_000))
                .decided();

        assertThat(demanded(decision)).isZero();
    }

    @Test
    void aSpentBudgetLeavesOneUnderAwsAndSaysThatItGoesOnCosting() {
        WarmDecision decision = Given.policy("provisionedConcurrency: {baseline: 2, targetTracking: {min: 1, max: 10}, "
                        + LUNCH + "}\nbudget: {monthlyUSD: 100}\nexecutor: ApplicationAutoScaling")
                .ledger(used(10_000_000))
                .decided();

        assertThat(decision.facts().demand().range()).isEqualTo(new CapacityRange(1, 1));
        assertThat(decision.facts().demand().clampedBy()).isEqualTo(WarmClamp.BUDGET);
        assertThat(verdict(decision, ConditionTypes.BUDGET_EXCEEDED).message())
                .isEqualTo(
                        "this month has cost spec.budget.monthlyUSD already (100): 10 wanted, 0 left, but Application Auto Scaling keeps 1 at least,"
                                + " which goes on costing: use executor Operator or suspend the policy to stop it; raise the budget or ask for less");
    }

    @Test
    void anAlertCutsNothing() {
        WarmDecision decision = Given.policy(
                        "provisionedConcurrency: {baseline: 10}\nbudget: {monthlyUSD: 100, onExceeded: Alert}")
                .ledger(used(3_000_000))
                .decided();

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(10);
        assertThat(verdict(decision, ConditionTypes.BUDGET_EXCEEDED).reason()).isEqualTo(Reasons.BUDGET_ALERT);
    }

    @Test
    void aPriceNobodyKnowsKeepsNoBudgetAndSaysSo() {
        WarmDecision decision = Given.policy("provisionedConcurrency: {baseline: 10}\nbudget: {monthlyUSD: 1}")
                .made(NOON)
                .prices(PriceBook.empty())
                .decided();

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(10);
        assertThat(verdict(decision, ConditionTypes.BUDGET_EXCEEDED).status()).isEqualTo(Status.UNKNOWN);
        assertThat(decision.facts().ledger().usd()).isEqualTo("0.00");
    }

    @Test
    void theMonthsEndLiftsTheCut() {
        Given spent = Given.policy("provisionedConcurrency: {baseline: 1}\nbudget: {monthlyUSD: 100}")
                .ledger(used(10_000_000));

        assertThat(demanded(spent.decided(Instant.parse("2026-03-31T23:59:59Z"))))
                .isZero();
        assertThat(demanded(spent.decided(Instant.parse("2026-04-01T00:00:01Z"))))
                .isEqualTo(1);
    }

    @Test
    void pingsAloneLeaveTheNumberToTheEndpoint() {
        WarmDecision decision = Given.policy("keepWarm: {request: {contentType: application/json, body: '{}'}}")
                .decided();

        assertThat(decision.facts().demand()).isNull();
        assertThat(verdict(decision, ConditionTypes.READY).reason()).isEqualTo(Reasons.IN_FORCE);
    }

    @Test
    void anEnforcedForecastAddsToTheWindowsAndNeverTakesFromThem() {
        String spec = """
                provisionedConcurrency:
                  baseline: 1
                  windows: [{name: noon, timeZone: UTC, start: 0 12 * * *, end: 0 13 * * *, capacity: 3}]
                  forecast: {mode: Enforce}""";

        WarmDecision more = Given.policy(spec)
                .outlook(forecast(ForecastVerdict.ACCEPTED, 0, 5))
                .decided();
        assertThat(more.facts().demand().provisionedConcurrency()).isEqualTo(5);
        assertThat(more.facts().demand().source()).isEqualTo(WarmSource.FORECAST);

        WarmDecision less = Given.policy(spec)
                .outlook(forecast(ForecastVerdict.ACCEPTED, 0, 2))
                .decided();
        assertThat(less.facts().demand().provisionedConcurrency()).isEqualTo(3);
        assertThat(less.facts().demand().source()).isEqualTo(WarmSource.WINDOW);

        WarmDecision atNight = Given.policy(spec)
                .outlook(forecast(ForecastVerdict.ACCEPTED, 2, 5))
                .decided(NOON.plus(Duration.ofHours(8)));
        assertThat(atNight.facts().demand().provisionedConcurrency())
                .as("the baseline that is recommended")
                .isEqualTo(2);
    }

    @Test
    void aForecastInForceIsLookedAtWhenItsWindowsOpen() {
        WarmDecision decision = Given.policy(ENFORCE)
                .outlook(forecast(ForecastVerdict.ACCEPTED, 0, 5))
                .decided(NOON.minus(Duration.ofHours(3)));

        assertThat(decision.facts().demand().provisionedConcurrency()).isZero();
        assertThat(decision.nextLook()).contains(NOON.minus(Duration.ofHours(1)).minus(Lead.LEAST));
    }

    @Test
    void aForecastThatIsShownOnlyAddsNothing() {
        String preview = "provisionedConcurrency: {forecast: {mode: Preview}}";
        for (Given policy : List.of(
                Given.policy(preview).outlook(forecast(ForecastVerdict.ACCEPTED, 1, 5)),
                Given.policy(ENFORCE).outlook(forecast(ForecastVerdict.NOT_BETTER, 1, 5)),
                Given.policy(ENFORCE).outlook(forecast(ForecastVerdict.TOO_LITTLE_DATA, 1, 5)))) {
            WarmDecision decision = policy.decided();
            assertThat(demanded(decision)).isZero();
            assertThat(decision.facts().forecast())
                    .isEqualTo(policy.situation()
                            .outlook()
                            .orElseThrow()
                            .forecast()
                            .orElseThrow());
        }
    }

    @Test
    void afterARestartTheReportedForecastHoldsAndWithoutAWishThereIsNone() {
        WarmDecision made = Given.policy(ENFORCE)
                .outlook(forecast(ForecastVerdict.ACCEPTED, 0, 5))
                .decided();
        assertThat(demanded(Given.policy(ENFORCE).next(made).decided())).isEqualTo(5);

        WarmDecision off = Given.policy("provisionedConcurrency: {forecast: {mode: 'Off'}}")
                .next(made)
                .decided();
        assertThat(off.facts().forecast()).isNull();
        assertThat(demanded(off)).isZero();
    }

    @Test
    void aForecastThatCannotBeRenewedStaysAndSaysSo() {
        WarmDecision decision = Given.policy(ENFORCE)
                .outlook(new Outlook(
                        forecast(ForecastVerdict.ACCEPTED, 0, 5).forecast(),
                        Optional.of("CloudWatch cannot be read: AccessDenied; the forecast of yesterday stays")))
                .decided();

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(5);
        assertThat(verdict(decision, ConditionTypes.METRICS_UNAVAILABLE).message())
                .isEqualTo("CloudWatch cannot be read: AccessDenied; the forecast of yesterday stays");
        assertThat(verdict(decision, ConditionTypes.READY).status()).isEqualTo(Verdict.Status.TRUE);
    }

    /** A forecast of an hour before until six hours after noon. */
    private static Outlook forecast(ForecastVerdict verdict, int baseline, int capacity) {
        return new Outlook(
                Optional.of(new WarmForecastStatus(
                        NOON.toString(),
                        14,
                        verdict,
                        "as it is",
                        new ForecastBackTest("0.8", "~10.00", "1.0", "~12.00"),
                        baseline,
                        List.of(new WarmWindow("daily-1100", "UTC", "0 11 * * *", "0 18 * * *", capacity)))),
                Optional.empty());
    }

    private static Verdict verdict(WarmDecision decision, String type) {
        return decision.verdicts().stream()
                .filter(verdict -> verdict.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static int demanded(WarmDecision decision) {
        return decision.facts().demand().provisionedConcurrency();
    }

    private static Ledger used(long slotSeconds) {
        return new Ledger(YearMonth.of(2026, 3), Map.of(2048, slotSeconds), 0, NOON, 0, 2048);
    }
}
