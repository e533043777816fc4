package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.said;
import static dev.pilotlight.domain.endpoint.Scene.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.EndpointLimits;
import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.preflight.Foreign;
import dev.pilotlight.domain.preflight.Surroundings;
import dev.pilotlight.domain.preflight.Usage;
import dev.pilotlight.domain.scaling.ScalableTarget;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalableTarget.Suspended;
import dev.pilotlight.domain.scaling.ScalingCall;
import dev.pilotlight.domain.scaling.ScalingPolicy;
import dev.pilotlight.domain.scaling.ScalingRules;
import dev.pilotlight.domain.scaling.ScalingSight;
import dev.pilotlight.domain.scaling.ScalingView;
import dev.pilotlight.domain.scaling.ScheduledAction;
import dev.pilotlight.domain.scaling.TargetTracking;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** AWS scales within a range: what it is given, when it has to stand still, and that nobody hears of its numbers. */
class AwsScalingTest {
    private static final String TARGET = "endpoint/ml-sentiment/variant/AllTraffic";
    private static final TargetTracking SEVENTY =
            new TargetTracking(0.7, OptionalInt.of(60), OptionalInt.of(300), false);
    private static final ScalingRules TRACKING = new ScalingRules(Optional.of(SEVENTY), new Range(1, 10));
    private static final String OFFICE_HOURS =
            "{name: office, timeZone: Europe/Berlin, start: 0 8 * * MON-FRI, end: 0 19 * * MON-FRI, capacity: 4}";
    private static final String LUNCH =
            "{name: lunch, timeZone: Europe/Berlin, start: 0 12 * * *, end: 0 13 * * *, capacity: 6}";
    /** On days of the month, which no week tells apart. */
    private static final String STOCKTAKING =
            "{name: stocktaking, timeZone: Europe/Berlin, start: 0 12 6-9 * *, end: 0 13 6-9 * *, capacity: 6}";

    private static final ScalingRules OFFICE =
            rules("{baseline: 1, targetTracking: {min: 1, max: 10}, windows: [" + OFFICE_HOURS + "]}");

    private static ScalingRules rules(String capacity) {
        return PolicyDemand.rules(
                Serialization.unmarshal(
                        "targetRef: {name: sentiment}\nexecutor: ApplicationAutoScaling\nprovisionedConcurrency: "
                                + capacity,
                        WarmPolicySpec.class),
                new WarmPolicyStatusBuilder().build(),
                Integer.MAX_VALUE);
    }

    private final Scene scene = Scene.serving(b -> b.concurrency(10, 2));

    /** AWS scales; the endpoint is at rest. */
    private void scaled(int min, int max, ScalingRules rules) {
        scene.lets(min, max, rules).settle();
    }

    private Concurrency has() {
        return scene.live().capacity().map(ServerlessCapacity::concurrency).orElseThrow();
    }

    private List<ScalingCall> calls() {
        List<ScalingCall> calls = new ArrayList<>();
        for (int pass = 0; pass < 20; pass++) {
            if (scene.pass().step() instanceof Step.Scale scale) {
                calls.add(scale.call());
            }
        }
        return calls;
    }

    // ---- at rest

    @Test
    void theTargetIsNotedBeforeItIsRegistered() {
        Decision first = scene.lets(1, 10, TRACKING).pass();

        assertThat(first.step()).isEqualTo(new Step.None());
        assertThat(scene.status.scalableTarget()).isEqualTo(TARGET);
        assertThat(calls())
                .containsExactly(
                        new ScalingCall.Register(TARGET, new Range(1, 10)),
                        new ScalingCall.PutPolicy(TARGET, "pilotlight", SEVENTY));
        assertThat(scene.settle().step()).isEqualTo(new Step.None());
    }

    @Test
    void windowsBecomeScheduledActions() {
        scaled(1, 10, OFFICE);

        assertThat(scene.auto().actions())
                .containsExactlyInAnyOrder(
                        action("pilotlight-office-opens", "cron(0 8 ? * MON-FRI *)", 4),
                        action("pilotlight-office-closes", "cron(0 19 ? * MON-FRI *)", 1));
    }

    private static ScheduledAction action(String name, String schedule, int min) {
        return new ScheduledAction(
                name,
                schedule,
                Optional.of("Europe/Berlin"),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(min),
                OptionalInt.of(10));
    }

    /** Names of ours with what they set, without the common beginning. */
    private List<String> ranges() {
        return scene.auto().actions().stream()
                .map(action -> action.name().substring("pilotlight-".length()) + " "
                        + action.min().getAsInt() + " to " + action.max().getAsInt())
                .toList();
    }

    @Test
    void theEndOfOneWindowTakesNothingFromAnother() {
        scaled(1, 1, rules("{baseline: 1, windows: [" + OFFICE_HOURS + ", " + LUNCH + "]}"));

        assertThat(ranges())
                .containsExactlyInAnyOrder(
                        "office-opens 4 to 4",
                        "office-closes 1 to 1",
                        "lunch-opens 6 to 6",
                        "lunch-closes-mon-tue-wed-thu-fri 4 to 4",
                        "lunch-closes-sat-sun 1 to 1");
        assertThat(scene.auto().actions())
                .filteredOn(action -> action.name().startsWith("pilotlight-lunch-closes"))
                .extracting(ScheduledAction::schedule)
                .as("so that nobody has to renew them")
                .containsExactlyInAnyOrder("cron(0 13 ? * MON-FRI *)", "cron(0 13 ? * SUN,SAT *)");
    }

    @Test
    void anEndThatHappensTwiceADayIsTakenApartByItsTimes() {
        String twice =
                "{name: shift, timeZone: Europe/Berlin, start: '0 6,20 * * *', end: '0 9,22 * * *', capacity: 6}";
        scaled(1, 1, rules("{baseline: 1, windows: [" + OFFICE_HOURS + ", " + twice + "]}"));

        assertThat(ranges())
                .containsExactlyInAnyOrder(
                        "office-opens 6 to 6",
                        "office-closes 1 to 1",
                        "shift-opens 6 to 6",
                        "shift-closes-mon-tue-wed-thu-fri-0900 4 to 4",
                        "shift-closes-sat-sun-0900 1 to 1",
                        "shift-closes-mon-tue-wed-thu-fri-sat-sun-2200 1 to 1");
    }

    @Test
    void whereTheWeekIsTheSameOnEveryDayNothingIsTakenApart() {
        scaled(
                1,
                1,
                rules("{baseline: 1, windows: [" + LUNCH
                        + ", {name: day, timeZone: Europe/Berlin, start: 0 8 * * *, end: 0 19 * * *, capacity: 4}]}"));

        assertThat(ranges())
                .containsExactlyInAnyOrder(
                        "day-opens 4 to 4", "day-closes 1 to 1", "lunch-opens 6 to 6", "lunch-closes 4 to 4");
    }

    @Test
    void whatTheSameActionSetsDependsOnTheDay() {
        ScalingRules both = rules("{baseline: 1, windows: [" + OFFICE_HOURS + ", " + STOCKTAKING + "]}");
        scene.now = Instant.parse("2026-03-06T11:30:00Z");
        scaled(4, 4, both);
        scene.moved(4);
        assertThat(ranges()).as("on Friday").contains("stocktaking-closes 4 to 4");

        scene.now = Instant.parse("2026-03-06T12:00:30Z");
        scene.settle();
        assertThat(ranges()).as("AWS may be late").contains("stocktaking-closes 4 to 4");
        scene.now = Instant.parse("2026-03-06T12:01:00Z");
        scene.settle();
        assertThat(ranges()).as("before the weekend").contains("stocktaking-closes 1 to 1");
    }

    @Test
    void anActionThatIsRenewedBecauseItsNextDayIsAnotherIsNoDrift() {
        scene.now = Instant.parse("2026-03-06T11:30:00Z");
        scaled(4, 4, rules("{baseline: 1, windows: [" + OFFICE_HOURS + ", " + STOCKTAKING + "]}"));
        scene.moved(4);
        scene.now = Instant.parse("2026-03-06T12:01:00Z");
        scene.scaling = new ScalingSight.Seen(scene.auto(), Instant.MAX, Optional.of(scene.auto()));

        Decision decision = scene.pass();

        assertThat(decision.step())
                .isInstanceOfSatisfying(
                        Step.Scale.class, scale -> assertThat(scale.call()).isInstanceOf(ScalingCall.PutAction.class));
        assertThat(decision.announcements()).isEmpty();
    }

    @Test
    void theLargestScheduleStaysBelowAwsLimit() {
        String windows = IntStream.range(0, 32)
                .mapToObj(i -> "{name: w%d, timeZone: UTC, start: %d 8 * * %s, end: %d 19 * * %s, capacity: %d}"
                        .formatted(i, i, i % 2 == 0 ? "*" : "MON-FRI", i, i % 2 == 0 ? "*" : "MON-FRI", 2 + i % 7))
                .collect(Collectors.joining(", "));
        String exceptions = IntStream.range(0, 64)
                .mapToObj(i -> "{name: e%d, timeZone: UTC, from: %s, mode: Open, capacity: 9}"
                        .formatted(i, LocalDate.of(2026, 3, 3).plusDays(2L * i)))
                .collect(Collectors.joining(", "));
        scene.now = Instant.parse("2026-03-02T07:00:00Z");
        ScalingRules rules = rules("{baseline: 1, windows: [" + windows + "], exceptions: [" + exceptions + "]}");
        ScalingView has = new ScalingView(
                Optional.of(new ScalableTarget(TARGET, new Range(1, 1), Suspended.NOTHING, scene.now)),
                List.of(),
                List.of(),
                scene.now);

        Optional<ScalingCall> call = rules.next(TARGET, new Range(1, 1), 10, has, scene.now);
        for (int calls = 0; call.isPresent(); calls++) {
            assertThat(calls).as("it comes to an end").isLessThan(200);
            has = has.after(call.get(), scene.now);
            call = rules.next(TARGET, new Range(1, 1), 10, has, scene.now);
        }

        assertThat(has.actions()).hasSize(32 * 4 + 24 + 40);
    }

    @Test
    void anEnforcedForecastIsNotUndercut() {
        WarmPolicySpec spec = Serialization.unmarshal(
                "targetRef: {name: sentiment}\nexecutor: ApplicationAutoScaling\nprovisionedConcurrency: {baseline: 1, forecast: {mode: Enforce}, windows: ["
                        + OFFICE_HOURS + "]}",
                WarmPolicySpec.class);
        WarmForecastStatus made =
                new WarmForecastStatus("2026-03-01T00:00:00Z", 14, ForecastVerdict.ACCEPTED, "", null, 3, List.of());

        scaled(
                3,
                3,
                PolicyDemand.rules(
                        spec, new WarmPolicyStatusBuilder().forecast(made).build(), Integer.MAX_VALUE));

        assertThat(ranges()).containsExactlyInAnyOrder("office-opens 4 to 4", "office-closes 3 to 3");
    }

    @Test
    void daysThatNeedMoreAreTakenOutOfWhatComesAgain() {
        scene.now = Instant.parse("2026-03-02T09:00:00Z");
        scaled(
                4,
                4,
                rules(
                        "{baseline: 1, windows: [" + OFFICE_HOURS + "], exceptions: ["
                                + "{name: sale, timeZone: Europe/Berlin, from: 2026-03-04, to: 2026-03-05, mode: Open, capacity: 9}]}"));

        assertThat(ranges())
                .containsExactlyInAnyOrder(
                        "office-opens 4 to 4",
                        "office-closes 1 to 1",
                        "office-opens-again 4 to 4",
                        "office-closes-again 1 to 1",
                        "office-opens-at-20260304T0700 9 to 9",
                        "office-closes-at-20260304T1800 9 to 9",
                        "office-opens-at-20260305T0700 9 to 9",
                        "office-closes-at-20260305T1800 9 to 9",
                        "sale-begins 9 to 9",
                        "sale-ends 1 to 1");
        assertThat(scene.auto().actions())
                .filteredOn(action -> action.name().startsWith("pilotlight-office-opens"))
                .extracting(ScheduledAction::schedule, ScheduledAction::start, ScheduledAction::end)
                .containsExactlyInAnyOrder(
                        tuple(
                                "cron(0 8 ? * MON-FRI *)",
                                Optional.empty(),
                                Optional.of(Instant.parse("2026-03-04T06:59:00Z"))),
                        tuple(
                                "cron(0 8 ? * MON-FRI *)",
                                Optional.of(Instant.parse("2026-03-06T06:59:00Z")),
                                Optional.empty()),
                        tuple("at(2026-03-04T07:00:00)", Optional.empty(), Optional.empty()),
                        tuple("at(2026-03-05T07:00:00)", Optional.empty(), Optional.empty()));

        scene.now = Instant.parse("2026-03-06T09:00:00Z");
        scene.settle();
        assertThat(ranges()).containsExactlyInAnyOrder("office-opens 4 to 4", "office-closes 1 to 1");
    }

    @Test
    void onAHolidayAWindowDoesNotOpen() {
        scene.now = Instant.parse("2026-03-03T09:00:00Z");
        scaled(
                4,
                10,
                rules(
                        "{baseline: 1, targetTracking: {min: 1, max: 10}, windows: [" + OFFICE_HOURS
                                + "], exceptions: [{name: holiday, timeZone: Europe/Berlin, from: 2026-03-04, mode: Closed}]}"));

        assertThat(ranges())
                .containsExactlyInAnyOrder(
                        "office-opens-at-20260304T0700 1 to 10",
                        "office-opens-again 4 to 10",
                        "office-closes 1 to 10",
                        "holiday-begins 1 to 10",
                        "holiday-ends 1 to 10");
        assertThat(scene.auto().actions())
                .filteredOn(action -> action.name().equals("pilotlight-office-opens-again"))
                .extracting(ScheduledAction::start)
                .as("AWS may do it once at its start already, and that is not to be on the holiday")
                .containsExactly(Optional.of(Instant.parse("2026-03-05T06:59:00Z")));
    }

    @Test
    void whatIsAboutToHappenOnceIsNeitherPutNorTakenAway() {
        ScalingRules sale = rules("{baseline: 1, exceptions: ["
                + "{name: sale, timeZone: UTC, from: 2026-03-04, mode: Open, capacity: 9}]}");
        scene.now = Instant.parse("2026-03-03T23:59:30Z");
        scaled(9, 9, sale);
        scene.moved(9);
        assertThat(ranges()).as("AWS takes no time that has passed").containsExactly("sale-ends 1 to 1");

        scene.now = Instant.parse("2026-03-05T00:00:30Z");
        scene.settle();
        assertThat(ranges()).containsExactly("sale-ends 1 to 1");
        scene.now = Instant.parse("2026-03-05T00:01:00Z");
        scene.settle();
        assertThat(ranges()).isEmpty();
    }

    @Test
    void whatTheRulesDropIsRemovedAndWhatOthersHungOnStays() {
        scaled(1, 10, OFFICE);
        ScheduledAction theirs = action("theirs", "rate(1 day)", 3);
        ScalingPolicy stepping = new ScalingPolicy("stepping", Optional.empty(), List.of());
        ScalingView has = scene.auto();
        List<ScheduledAction> actions = new ArrayList<>(has.actions());
        actions.add(theirs);
        List<ScalingPolicy> policies = new ArrayList<>(has.policies());
        policies.add(stepping);
        scene.scaling = new ScalingSight.Seen(
                new ScalingView(has.target(), policies, actions, has.since()), Instant.MAX, Optional.empty());

        scaled(1, 10, new ScalingRules(Optional.empty(), new Range(1, 10)));

        assertThat(scene.auto().actions()).containsExactly(theirs);
        assertThat(scene.auto().policies()).containsExactly(stepping);
    }

    @Test
    void theStatusShowsTheRangeAndWhoOwnsItAndNotTheNumber() {
        scaled(1, 10, TRACKING);

        assertThat(scene.status.effective().provisionedConcurrencyRange()).isEqualTo(new CapacityRange(1, 10));
        assertThat(scene.status.effective().provisionedConcurrency()).isNull();
        assertThat(scene.status.effective().provisionedBy().name()).isEqualTo("office");
    }

    @Test
    void twoHundredChangesByAwsAreNoNews() {
        scaled(1, 10, TRACKING);
        var before = scene.status;
        Random random = new Random(7);

        for (int change = 0; change < 200; change++) {
            scene.move(Scene.NAME, EndpointStatus.UPDATING);
            assertThat(scene.after(Duration.ofSeconds(20)).pass().step()).isEqualTo(new Step.None());
            assertThat(withoutAwsTimes(scene.status)).isEqualTo(withoutAwsTimes(before));
            scene.move(Scene.NAME, EndpointStatus.IN_SERVICE);
            Decision decision = scene.moved(1 + random.nextInt(10)).pass();
            assertThat(decision.step()).isEqualTo(new Step.None());
            assertThat(decision.announcements()).isEmpty();
            assertThat(withoutAwsTimes(scene.status)).isEqualTo(withoutAwsTimes(before));
        }
    }

    private static Object withoutAwsTimes(dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus status) {
        return new dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder(status)
                .aws(null)
                .build();
    }

    @Test
    void anEndpointWithoutAnyGetsTheLeastBeforeItIsRegistered() {
        Scene cold = Scene.serving(b -> b.concurrency(10, null));

        Decision decision = cold.lets(2, 10, TRACKING).pass();

        assertThat(decision.step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 2)));
        cold.settle();
        assertThat(cold.auto().target()).isEmpty();
        cold.awsFinishes().settle();
        assertThat(cold.auto().target()).isPresent();
    }

    @Test
    void theRangeEndsAtMaxConcurrency() {
        scaled(1, 100, TRACKING);

        assertThat(scene.auto().target().orElseThrow().range()).isEqualTo(new Range(1, 10));
    }

    @Test
    void anotherRangeIsRegisteredAndAwsMovesTheNumber() {
        scaled(1, 10, TRACKING);

        assertThat(scene.lets(4, 10, TRACKING).pass().step())
                .isEqualTo(new Step.Scale(new ScalingCall.Register(TARGET, new Range(4, 10))));
        assertThat(scene.settle().step()).isEqualTo(new Step.None());
        assertThat(scene.moved(4).settle().step()).isEqualTo(new Step.None());
        assertThat(has().provisioned()).isEqualTo(4);
    }

    @Test
    void aNumberThatAwsLeavesOutsideTheRangeIsBroughtInByUs() {
        scaled(4, 10, TRACKING);
        scene.moved(5).settle();
        Decision waiting = scene.moved(2).settle();
        assertThat(waiting.step()).isEqualTo(new Step.None());
        assertThat(waiting.nextLook()).contains(scene.now.plus(Duration.ofMinutes(5)));

        Decision decision = scene.after(Duration.ofMinutes(5)).pass();

        assertThat(decision.step()).isEqualTo(new Step.Scale(new ScalingCall.Suspend(TARGET)));
        assertThat(decision.announcements()).hasSize(1);
        assertThat(scene.pass().step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 4)));
        scene.awsFinishes().settle();
        assertThat(scene.auto().target().orElseThrow().suspended()).isEqualTo(Suspended.NOTHING);
    }

    @Test
    void aHigherMaximumNeedsRoom() {
        scene.around = new Surroundings(
                new Usage(1, 10, 0), Foreign.NONE, new Usage(1, 10, 0), Optional.of(new EndpointLimits(null, null, 8)));
        scene.lets(1, 10, TRACKING).pass();

        Decision decision = scene.settle();

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(said(decision, ConditionTypes.SCALING)).isEqualTo("False/LimitExceeded");
        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(scene.auto().target()).isEmpty();
        scene.lets(1, 8, TRACKING).settle();
        assertThat(scene.auto().target()).isPresent();
    }

    @Test
    void aWindowThatAwsCannotSayIsRefusedAndTheRestHolds() {
        ScalingRules odd = rules("{baseline: 1, targetTracking: {min: 1, max: 10},"
                + " windows: [{name: odd, timeZone: UTC, start: 0 8 1 * MON, end: 0 9 * * *, capacity: 4}]}");

        Decision decision = scene.lets(1, 10, odd).settle();

        assertThat(said(decision, ConditionTypes.SCALING)).isEqualTo("False/ScheduleNotSupported");
        assertThat(verdict(decision, ConditionTypes.SCALING).orElseThrow().message())
                .contains("window odd")
                .contains("WarmPolicy office");
        assertThat(scene.auto().target()).isPresent();
        assertThat(scene.auto().actions()).isEmpty();
    }

    // ---- drift

    @Test
    void whatSomebodyChangedIsToldAndSetAgain() {
        scaled(1, 10, TRACKING);
        ScalingView before = scene.auto();
        ScalableTarget target = before.target().orElseThrow();
        scene.scaling = new ScalingSight.Seen(
                new ScalingView(
                        Optional.of(
                                new ScalableTarget(TARGET, new Range(1, 3), target.suspended(), target.creationTime())),
                        before.policies(),
                        before.actions(),
                        scene.now),
                Instant.MAX,
                Optional.of(before));

        Decision decision = scene.pass();

        assertThat(decision.step()).isEqualTo(new Step.Scale(new ScalingCall.Register(TARGET, new Range(1, 10))));
        assertThat(decision.announcements())
                .singleElement()
                .satisfies(told -> assertThat(told.reason()).isEqualTo(Reasons.DRIFT_DETECTED));
    }

    @Test
    void whatAScheduledActionDidIsNoDrift() {
        scaled(1, 10, OFFICE);
        ScalingView before = scene.auto();
        ScalableTarget target = before.target().orElseThrow();
        scene.scaling = new ScalingSight.Seen(
                new ScalingView(
                        Optional.of(new ScalableTarget(
                                TARGET, new Range(4, 10), target.suspended(), target.creationTime())),
                        before.policies(),
                        before.actions(),
                        scene.now),
                Instant.MAX,
                Optional.of(before));

        Decision decision = scene.pass();

        assertThat(decision.step()).isEqualTo(new Step.Scale(new ScalingCall.Register(TARGET, new Range(1, 10))));
        assertThat(decision.announcements()).isEmpty();
    }

    // ---- we change the endpoint

    @Test
    void awsStandsStillDuringAnUpdateAndItsNumberIsCarriedAlong() {
        scaled(1, 10, TRACKING);
        scene.moved(7).settle();
        scene.wants(b -> b.image("2.0"));
        List<Step> steps = new ArrayList<>();
        for (int pass = 0; pass < 10; pass++) {
            steps.add(scene.pass().step());
        }
        String config = "ml-sentiment-" + scene.wanted() + "-m10-p7";

        assertThat(steps.stream().filter(step -> step instanceof Step.Scale || step instanceof Step.UpdateEndpoint))
                .containsExactly(
                        new Step.Scale(new ScalingCall.Suspend(TARGET)), new Step.UpdateEndpoint(Scene.NAME, config));
        assertThat(scene.awsFinishes().settle().step()).isEqualTo(new Step.None());
        assertThat(has()).isEqualTo(new Concurrency(10, 7));
        assertThat(scene.auto().target().orElseThrow().suspended()).isEqualTo(Suspended.NOTHING);
        assertThat(scene.auto().policies()).hasSize(1);
    }

    @Test
    void aNumberThatMovedUntilAwsStoodStillIsTheOneThatIsCarried() {
        scaled(1, 10, TRACKING);
        scene.moved(3).settle();
        scene.wants(b -> b.image("2.0"));
        while (!(scene.pass().step() instanceof Step.Scale)) {
            assertThat(scene.live().status()).isEqualTo(EndpointStatus.IN_SERVICE);
        }
        scene.moved(5).settle();

        scene.awsFinishes().settle();

        assertThat(has()).isEqualTo(new Concurrency(10, 5));
    }

    @Test
    void anUpdateThatFailsLeavesAwsScaling() {
        scaled(1, 10, TRACKING);
        scene.wants(b -> b.image("2.0")).settle();
        assertThat(scene.auto().target().orElseThrow().suspended()).isEqualTo(Suspended.EVERYTHING);

        Decision decision = scene.awsRollsBack("The container did not start.").settle();

        assertThat(said(decision, ConditionTypes.STALLED)).isEqualTo("True/UpdateFailed");
        assertThat(scene.auto().target().orElseThrow().suspended()).isEqualTo(Suspended.NOTHING);
    }

    @Test
    void aNewMaximumIsSetWhileAwsStandsStill() {
        scaled(1, 10, TRACKING);
        scene.moved(8).settle();

        assertThat(scene.wants(b -> b.concurrency(5, 2)).pass().step())
                .isEqualTo(new Step.Scale(new ScalingCall.Suspend(TARGET)));
        assertThat(scene.pass().step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(5, 5)));
        assertThat(scene.awsFinishes().settle().step()).isEqualTo(new Step.None());
        assertThat(scene.auto().target().orElseThrow().range()).isEqualTo(new Range(1, 5));
    }

    @Test
    void whatCannotBeAskedHoldsAnUpdateBack() {
        scaled(1, 10, TRACKING);
        scene.scaling = new ScalingSight.Failed(Failures.of(FailureKind.DENIED));
        Decision quiet = scene.settle();
        assertThat(said(quiet, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(said(quiet, ConditionTypes.SCALING)).isEqualTo("False/CapacityChangeFailed");

        Decision decision = scene.wants(b -> b.image("2.0")).settle();

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(said(decision, ConditionTypes.RECONCILING)).isEqualTo("True/AccessDenied");
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.IN_SERVICE);
    }

    @Test
    void aRefusedCallLeavesReadyAlone() {
        scene.lets(1, 10, TRACKING).pass();
        for (FailureKind kind :
                List.of(FailureKind.DENIED, FailureKind.INVALID, FailureKind.QUOTA_EXCEEDED, FailureKind.THROTTLED)) {
            Decision decision = scene.failingPass(Failures.of(kind));

            assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
            assertThat(said(decision, ConditionTypes.SCALING)).isNotEmpty();
            assertThat(scene.status.attempt()).as("the pair is not to blame").isNull();
        }
        assertThat(scene.settle().step()).isEqualTo(new Step.None());
        assertThat(scene.auto().target()).isPresent();
    }

    // ---- the end

    @Test
    void anotherExecutorTakesTheTargetAwayBeforeItChangesCapacity() {
        scaled(1, 10, TRACKING);

        assertThat(scene.demands(6).pass().step()).isEqualTo(new Step.Scale(new ScalingCall.Deregister(TARGET)));
        assertThat(scene.status.scalableTarget()).isNull();
        assertThat(scene.pass().step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 6)));
    }

    @Test
    void aPolicyThatGoesTakesTheTargetAlongAndLeavesTheNumber() {
        scaled(1, 10, TRACKING);
        scene.moved(7).settle();

        assertThat(scene.demandsNothing().pass().step()).isEqualTo(new Step.Scale(new ScalingCall.Deregister(TARGET)));
        assertThat(scene.settle().step()).isEqualTo(new Step.None());
        assertThat(scene.status.effective().provisionedConcurrency()).isEqualTo(7);
        assertThat(scene.after(Duration.ofMinutes(10)).pass().step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 2)));
    }

    @Test
    void aPolicyThatGoesWhileANewRevisionIsRefusedTakesTheTargetAlongToo() {
        scaled(1, 10, TRACKING);
        scene.wants(b -> b.image("2.0")).settle();
        scene.awsRollsBack("The container did not start.").settle();

        scene.demandsNothing().settle();

        assertThat(scene.auto().target()).isEmpty();
        assertThat(scene.status.scalableTarget()).isNull();
    }

    @Test
    void deletionTakesTheTargetAwayFirst() {
        scaled(1, 10, TRACKING);

        Decision first = delete(scene);
        assertThat(first.step()).isEqualTo(new Step.Scale(new ScalingCall.Deregister(TARGET)));
        scene.apply(first.step());
        scene.report(first);
        assertThat(delete(scene).step()).isEqualTo(new Step.Delete(Kind.ENDPOINT, Scene.NAME));
    }

    @Test
    void retainTakesTheTargetAwayBeforeTheTags() {
        scaled(1, 10, TRACKING);
        scene.wants(b -> b.deletionPolicy(dev.pilotlight.api.v1alpha1.DeletionPolicy.RETAIN));

        Decision first = delete(scene);
        assertThat(first.step()).isEqualTo(new Step.Scale(new ScalingCall.Deregister(TARGET)));
        scene.apply(first.step());
        scene.report(first);
        assertThat(delete(scene).step()).isInstanceOf(Step.DeleteTags.class);
    }

    private static Decision delete(Scene scene) {
        return new DeletionDecider(Policy.DEFAULT)
                .decide(scene.desired(), scene.observed(), Optional.empty(), false, scene.status, scene.now);
    }

    @Test
    void aFailedEndpointLosesItsTargetBeforeItIsDeleted() {
        scaled(1, 10, TRACKING);
        scene.awsFails(EndpointStatus.FAILED, "hardware");

        assertThat(scene.pass().step()).isEqualTo(new Step.Scale(new ScalingCall.Deregister(TARGET)));
        assertThat(scene.pass().step()).isEqualTo(new Step.Delete(Kind.ENDPOINT, Scene.NAME));
        scene.awsFinishes().settle();
        scene.awsFinishes().settle();
        assertThat(scene.auto().target()).isPresent();
    }
}
