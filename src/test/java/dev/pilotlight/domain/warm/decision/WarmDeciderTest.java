package dev.pilotlight.domain.warm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.ForecastBackTest;
import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
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
import dev.pilotlight.domain.warm.tracking.Tracked;
import io.fabric8.kubernetes.client.utils.Serialization;
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
    private static final Instant NOON = Instant.parse("2026-03-11T12:00:00Z");
    private static final WarmDecider DECIDER = new WarmDecider(Duration.ofMinutes(2));
    private static final PriceBook PRICES = PriceBook.parse(List.of(
            "region,item,memory_gb,unit,usd,confidence,as_of,source",
            "us-east-1,provisioned-usage,2,slot-second,0.0000100,verified,2026-05-08,list"));
    private static final String LUNCH =
            "windows: [{name: lunch, timeZone: UTC, start: 0 11 * * *, end: 0 13 * * *, capacity: 4}]";
    private static final String TWO_SHIFTS = """
            windows: [{name: early, timeZone: UTC, start: 0 8 * * *, end: 0 12 * * *, capacity: 4},
                      {name: late, timeZone: UTC, start: 10 12 * * *, end: 0 18 * * *, capacity: 3}]""";

    @Test
    void theHighestHoldsAndSaysWhoItIs() {
        WarmDecision decision = DECIDER.decide(situation("provisionedConcurrency: {baseline: 1, " + LUNCH + "}"), NOON);

        assertThat(decision.facts().demand())
                .isEqualTo(new WarmDemand(4, null, WarmSource.WINDOW, "lunch", null, null, NOON.toString()));
        assertThat(decision.facts().next().at()).isEqualTo("2026-03-11T13:00:00Z");
        assertThat(verdict(decision, ConditionTypes.READY).message())
                .isEqualTo("4 are kept warm for sentiment by window lunch");
        assertThat(decision.nextLook()).contains(Instant.parse("2026-03-11T13:00:00Z"));
    }

    @Test
    void theEndpointsMaxConcurrencyCutsAndIsNamed() {
        WarmDecision decision = DECIDER.decide(situation("provisionedConcurrency: {baseline: 30}"), NOON);

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(20);
        assertThat(decision.facts().demand().clampedBy()).isEqualTo(WarmClamp.MAX_CONCURRENCY);
        assertThat(decision.facts().demand().wanted()).isEqualTo(30);
    }

    @Test
    void aDemandThatStaysIsNotANewOne() {
        Situation first = situation("provisionedConcurrency: {baseline: 1}");
        WarmDecision before = DECIDER.decide(first, NOON);
        WarmDecision after = DECIDER.decide(next(first, before), NOON.plus(Duration.ofHours(5)));

        assertThat(before.announcements()).extracting(Announcement::reason).containsExactly("CapacityDemanded");
        assertThat(after.announcements()).isEmpty();
        assertThat(after.facts()).isEqualTo(before.facts());
    }

    @Test
    void theLedgerIsWrittenOnceADayAndWhenTheCapacityChanges() {
        Situation first = situation("provisionedConcurrency: {baseline: 1}");
        WarmDecision before = DECIDER.decide(first, NOON);
        Instant tomorrow = NOON.plus(Duration.ofDays(1));

        assertThat(DECIDER.decide(next(first, before), tomorrow.minusSeconds(1))
                        .facts()
                        .ledger())
                .isEqualTo(before.facts().ledger());
        assertThat(DECIDER.decide(next(first, before), tomorrow)
                        .facts()
                        .ledger()
                        .asOf())
                .isEqualTo(tomorrow.toString());
        assertThat(DECIDER.decide(next(first, before, 2), NOON.plusSeconds(60))
                        .facts()
                        .ledger()
                        .provisionedConcurrency())
                .isEqualTo(2);
    }

    @Test
    void aShortDipBetweenTwoWindowsIsBridged() {
        Situation first = situation("provisionedConcurrency: {" + TWO_SHIFTS + "}");
        WarmDecision before = DECIDER.decide(first, NOON.minusSeconds(60));
        WarmDecision between = DECIDER.decide(next(first, before), NOON.plusSeconds(60));

        assertThat(before.facts().demand().provisionedConcurrency()).isEqualTo(4);
        assertThat(between.facts().demand().provisionedConcurrency()).isEqualTo(3);
        assertThat(DECIDER.decide(first, NOON.plusSeconds(60)).facts().demand().provisionedConcurrency())
                .as("what is not there is not asked for early")
                .isZero();
    }

    @Test
    void goingToNoneSaysWhatItCosts() {
        Situation first = situation("provisionedConcurrency: {" + LUNCH + "}");
        WarmDecision before = DECIDER.decide(first, NOON);
        WarmDecision after = DECIDER.decide(next(first, before), NOON.plus(Duration.ofHours(1)));

        assertThat(after.announcements())
                .extracting(Announcement::note)
                .containsExactly("none by baseline, was 4; from now on first calls start cold");
    }

    @Test
    void trackingBeforeItsFirstMeasurementAsksForTheLeast() {
        WarmDecision decision =
                DECIDER.decide(situation("provisionedConcurrency: {targetTracking: {min: 2, max: 10}}"), NOON);

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(2);
        assertThat(decision.nextLook()).contains(NOON.plusSeconds(60));
    }

    @Test
    void afterARestartTrackingGoesOnFromWhatTheStatusSays() {
        Situation tracking = situation("provisionedConcurrency: {targetTracking: {min: 2, max: 10}}");
        WarmPolicyStatus status = new WarmPolicyStatusBuilder()
                .demand(new WarmDemand(7, null, WarmSource.TARGET_TRACKING, null, null, null, "2026-03-11T11:59:30Z"))
                .build();
        Situation restarted =
                with(tracking, status, Optional.of(new Measured.Failed("CloudWatch cannot be read")), Optional.empty());
        WarmDecision decision = DECIDER.decide(restarted, NOON);

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(7);
        assertThat(verdict(decision, ConditionTypes.METRICS_UNAVAILABLE).message())
                .isEqualTo("CloudWatch cannot be read; target tracking keeps 7");
        assertThat(verdict(decision, ConditionTypes.READY).status()).isEqualTo(Status.TRUE);
    }

    @Test
    void useMovesTheDemandWithinTheLimits() {
        Situation tracking = situation("provisionedConcurrency: {targetTracking: {min: 2, max: 10}}");
        List<Point> busy = IntStream.rangeClosed(1, 6)
                .mapToObj(m -> new Point(NOON.minus(Duration.ofMinutes(7 - m)), 14))
                .toList();
        Measured measured = new Measured.Series(busy, List.of(), List.of());

        assertThat(DECIDER.decide(with(tracking, tracking.remembered(), Optional.of(measured), Optional.empty()), NOON)
                        .facts()
                        .demand()
                        .provisionedConcurrency())
                .isEqualTo(10);
    }

    @Test
    void underAwsItIsARangeAndTheWindowsAreItsLeast() {
        WarmDecision decision = DECIDER.decide(
                situation("provisionedConcurrency: {baseline: 1, targetTracking: {min: 2, max: 10}, " + LUNCH
                        + "}\nexecutor: ApplicationAutoScaling"),
                NOON);

        assertThat(decision.facts().demand().range()).isEqualTo(new CapacityRange(4, 10));
        assertThat(decision.facts().demand().provisionedConcurrency()).isNull();
    }

    @Test
    void aBudgetThatDoesNotSufficeCutsAndSaysSo() {
        Situation situation =
                withUsed(situation("provisionedConcurrency: {baseline: 10}\nbudget: {monthlyUSD: 100}"), 3_000_000);
        WarmDecision decision = DECIDER.decide(situation, NOON);

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
        Situation first = withUsed(situation(spec), 3_000_000);
        Situation later = withUsed(next(first, DECIDER.decide(first, NOON)), 6_000_000);

        assertThat(DECIDER.decide(later, NOON).announcements())
                .extracting(Announcement::note)
                .containsExactly("2 by baseline, cut by the budget from 10, was 3");
    }

    @Test
    void aSpentBudgetLeavesNothing() {
        Situation situation = withUsed(
                situation("provisionedConcurrency: {baseline: 1, " + LUNCH + "}\nbudget: {monthlyUSD: 100}"),
                10_000_000);

        assertThat(DECIDER.decide(situation, NOON).facts().demand().provisionedConcurrency())
                .isZero();
    }

    @Test
    void aSpentBudgetLeavesOneUnderAwsAndSaysThatItGoesOnCosting() {
        Situation situation = withUsed(
                situation("provisionedConcurrency: {baseline: 2, targetTracking: {min: 1, max: 10}, " + LUNCH
                        + "}\nbudget: {monthlyUSD: 100}\nexecutor: ApplicationAutoScaling"),
                10_000_000);
        WarmDecision decision = DECIDER.decide(situation, NOON);

        assertThat(decision.facts().demand().range()).isEqualTo(new CapacityRange(1, 1));
        assertThat(decision.facts().demand().clampedBy()).isEqualTo(WarmClamp.BUDGET);
        assertThat(verdict(decision, ConditionTypes.BUDGET_EXCEEDED).message())
                .isEqualTo(
                        "this month has cost spec.budget.monthlyUSD already (100): 10 wanted, 0 left, but Application Auto Scaling keeps 1 at least,"
                                + " which goes on costing: use executor Operator or suspend the policy to stop it; raise the budget or ask for less");
    }

    @Test
    void anAlertCutsNothing() {
        Situation situation = withUsed(
                situation("provisionedConcurrency: {baseline: 10}\nbudget: {monthlyUSD: 100, onExceeded: Alert}"),
                3_000_000);
        WarmDecision decision = DECIDER.decide(situation, NOON);

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(10);
        assertThat(verdict(decision, ConditionTypes.BUDGET_EXCEEDED).reason()).isEqualTo(Reasons.BUDGET_ALERT);
    }

    @Test
    void aPriceNobodyKnowsKeepsNoBudgetAndSaysSo() {
        Situation known = situation("provisionedConcurrency: {baseline: 10}\nbudget: {monthlyUSD: 1}");
        Situation unknown = new Situation(
                known.name(),
                1,
                NOON,
                "sentiment",
                known.spec(),
                known.remembered(),
                known.target(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                known.lead(),
                PriceBook.empty());
        WarmDecision decision = DECIDER.decide(unknown, NOON);

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(10);
        assertThat(verdict(decision, ConditionTypes.BUDGET_EXCEEDED).status()).isEqualTo(Status.UNKNOWN);
        assertThat(decision.facts().ledger().usd()).isEqualTo("0.00");
    }

    @Test
    void theMonthsEndLiftsTheCut() {
        Situation spent =
                withUsed(situation("provisionedConcurrency: {baseline: 1}\nbudget: {monthlyUSD: 100}"), 10_000_000);

        assertThat(DECIDER.decide(spent, Instant.parse("2026-03-31T23:59:59Z"))
                        .facts()
                        .demand()
                        .provisionedConcurrency())
                .isZero();
        assertThat(DECIDER.decide(spent, Instant.parse("2026-04-01T00:00:01Z"))
                        .facts()
                        .demand()
                        .provisionedConcurrency())
                .isEqualTo(1);
    }

    @Test
    void pingsAloneLeaveTheNumberToTheEndpoint() {
        WarmDecision decision =
                DECIDER.decide(situation("keepWarm: {request: {contentType: application/json, body: '{}'}}"), NOON);

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

        WarmDecision more = DECIDER.decide(forecast(situation(spec), ForecastVerdict.ACCEPTED, 0, 5), NOON);
        assertThat(more.facts().demand().provisionedConcurrency()).isEqualTo(5);
        assertThat(more.facts().demand().source()).isEqualTo(WarmSource.FORECAST);

        WarmDecision less = DECIDER.decide(forecast(situation(spec), ForecastVerdict.ACCEPTED, 0, 2), NOON);
        assertThat(less.facts().demand().provisionedConcurrency()).isEqualTo(3);
        assertThat(less.facts().demand().source()).isEqualTo(WarmSource.WINDOW);

        WarmDecision atNight = DECIDER.decide(
                forecast(situation(spec), ForecastVerdict.ACCEPTED, 2, 5), NOON.plus(Duration.ofHours(8)));
        assertThat(atNight.facts().demand().provisionedConcurrency())
                .as("the baseline that is recommended")
                .isEqualTo(2);
    }

    @Test
    void aForecastInForceIsLookedAtWhenItsWindowsOpen() {
        WarmDecision decision = DECIDER.decide(
                forecast(
                        situation("provisionedConcurrency: {forecast: {mode: Enforce}}"),
                        ForecastVerdict.ACCEPTED,
                        0,
                        5),
                NOON.minus(Duration.ofHours(3)));

        assertThat(decision.facts().demand().provisionedConcurrency()).isZero();
        assertThat(decision.nextLook()).contains(NOON.minus(Duration.ofHours(1)).minus(Lead.LEAST));
    }

    @Test
    void aForecastThatIsShownOnlyAddsNothing() {
        String enforce = "provisionedConcurrency: {forecast: {mode: Enforce}}";
        String preview = "provisionedConcurrency: {forecast: {mode: Preview}}";
        for (Situation situation : List.of(
                forecast(situation(preview), ForecastVerdict.ACCEPTED, 1, 5),
                forecast(situation(enforce), ForecastVerdict.NOT_BETTER, 1, 5),
                forecast(situation(enforce), ForecastVerdict.TOO_LITTLE_DATA, 1, 5))) {
            WarmDecision decision = DECIDER.decide(situation, NOON);
            assertThat(decision.facts().demand().provisionedConcurrency()).isZero();
            assertThat(decision.facts().forecast())
                    .isEqualTo(situation.outlook().orElseThrow().forecast().orElseThrow());
        }
    }

    @Test
    void afterARestartTheReportedForecastHoldsAndWithoutAWishThereIsNone() {
        Situation made = forecast(
                situation("provisionedConcurrency: {forecast: {mode: Enforce}}"), ForecastVerdict.ACCEPTED, 0, 5);
        Situation restarted = next(made, DECIDER.decide(made, NOON));

        assertThat(DECIDER.decide(restarted, NOON).facts().demand().provisionedConcurrency())
                .isEqualTo(5);

        Situation off =
                next(situation("provisionedConcurrency: {forecast: {mode: 'Off'}}"), DECIDER.decide(made, NOON));
        assertThat(DECIDER.decide(off, NOON).facts().forecast()).isNull();
        assertThat(DECIDER.decide(off, NOON).facts().demand().provisionedConcurrency())
                .isZero();
    }

    @Test
    void aForecastThatCannotBeRenewedStaysAndSaysSo() {
        Situation made = forecast(
                situation("provisionedConcurrency: {forecast: {mode: Enforce}}"), ForecastVerdict.ACCEPTED, 0, 5);
        Situation denied = with(
                made,
                new Outlook(
                        made.outlook().orElseThrow().forecast(),
                        Optional.of("CloudWatch cannot be read: AccessDenied; the forecast of yesterday stays")));

        WarmDecision decision = DECIDER.decide(denied, NOON);

        assertThat(decision.facts().demand().provisionedConcurrency()).isEqualTo(5);
        assertThat(verdict(decision, ConditionTypes.METRICS_UNAVAILABLE).message())
                .isEqualTo("CloudWatch cannot be read: AccessDenied; the forecast of yesterday stays");
        assertThat(verdict(decision, ConditionTypes.READY).status()).isEqualTo(Verdict.Status.TRUE);
    }

    /** A forecast of an hour before until six hours after noon. */
    private static Situation forecast(Situation situation, ForecastVerdict verdict, int baseline, int capacity) {
        return with(
                situation,
                new Outlook(
                        Optional.of(new WarmForecastStatus(
                                NOON.toString(),
                                14,
                                verdict,
                                "as it is",
                                new ForecastBackTest("0.8", "~10.00", "1.0", "~12.00"),
                                baseline,
                                List.of(new WarmWindow("daily-1100", "UTC", "0 11 * * *", "0 18 * * *", capacity)))),
                        Optional.empty()));
    }

    private static Situation with(Situation situation, Outlook outlook) {
        return new Situation(
                situation.name(),
                1,
                situation.createdAt(),
                "sentiment",
                situation.spec(),
                situation.remembered(),
                situation.target(),
                Optional.empty(),
                situation.measured(),
                situation.tracked(),
                situation.ledger(),
                Optional.empty(),
                Optional.of(outlook),
                situation.lead(),
                situation.prices());
    }

    private static Verdict verdict(WarmDecision decision, String type) {
        return decision.verdicts().stream()
                .filter(verdict -> verdict.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Situation situation(String spec) {
        return new Situation(
                "hours",
                1,
                NOON.minus(Duration.ofDays(100)),
                "sentiment",
                Serialization.unmarshal("targetRef: {name: sentiment}\n" + spec, WarmPolicySpec.class),
                new WarmPolicyStatusBuilder().build(),
                Optional.of(new Target(false, "us-east-1", 2048, 20, 0)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Lead.LEAST,
                PRICES);
    }

    private static Situation withUsed(Situation situation, long slotSeconds) {
        Ledger ledger = new Ledger(YearMonth.of(2026, 3), Map.of(2048, slotSeconds), 0, NOON, 0, 2048);
        return new Situation(
                situation.name(),
                1,
                situation.createdAt(),
                "sentiment",
                situation.spec(),
                situation.remembered(),
                situation.target(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ledger),
                Optional.empty(),
                Optional.empty(),
                situation.lead(),
                situation.prices());
    }

    private static Situation with(
            Situation situation, WarmPolicyStatus status, Optional<Measured> measured, Optional<Tracked> tracked) {
        return new Situation(
                situation.name(),
                1,
                situation.createdAt(),
                "sentiment",
                situation.spec(),
                status,
                situation.target(),
                Optional.empty(),
                measured,
                tracked,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                situation.lead(),
                situation.prices());
    }

    /** The pass after: what was concluded is in the status, as it is written. */
    private static Situation next(Situation before, WarmDecision decision) {
        return next(before, decision, 0);
    }

    private static Situation next(Situation before, WarmDecision decision, int running) {
        List<Condition> conditions = decision.verdicts().stream()
                .map(v -> new Condition(v.type(), v.status().word(), v.reason(), v.message(), NOON.toString(), 1L))
                .toList();
        WarmPolicyStatus status = new WarmPolicyStatusBuilder(decision.facts()).build();
        WarmPolicyStatus written =
                new WarmPolicyStatusBuilder(status).conditions(conditions).build();
        return new Situation(
                before.name(),
                1,
                before.createdAt(),
                "sentiment",
                before.spec(),
                written,
                Optional.of(new Target(false, "us-east-1", 2048, 20, running)),
                Optional.empty(),
                before.measured(),
                decision.tracked(),
                decision.ledger(),
                Optional.empty(),
                Optional.empty(),
                before.lead(),
                before.prices());
    }
}
