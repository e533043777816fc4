package dev.pilotlight.domain.warm.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForecasterTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** A Monday. */
    private static final Instant START = Instant.parse("2026-08-03T00:00:00Z");

    private static final ForecastSettings SETTINGS = ForecastSettings.of(BERLIN, 14, 1, 100);
    private static final SlotPrices PRICES = new SlotPrices(0.00001, 0.0000233, 0.00004);

    /** Five containers busy from 8 to 18 on working days, a tenth of that otherwise. */
    private static double office(LocalDateTime local) {
        boolean open = local.getDayOfWeek().getValue() <= 5 && local.getHour() >= 8 && local.getHour() < 18;
        return open ? 300 : 30;
    }

    private static Instant day(double days) {
        return START.plus((long) (days * 24 * 60), ChronoUnit.MINUTES);
    }

    private static ForecastResult officeAfter(double days) {
        History history = new Traffic(BERLIN)
                .between(START, day(days), ForecasterTest::office)
                .history();
        return Forecaster.forecast(history, SETTINGS, day(days));
    }

    private static Traffic steady(double days, double perMinute) {
        return new Traffic(ZoneOffset.UTC).between(START, day(days), local -> perMinute);
    }

    @Test
    void withoutMetricsItSaysWhatItLacks() {
        ForecastResult result = Forecaster.forecast(History.of(List.of()), SETTINGS, day(14));

        assertThat(result.verdict()).isEqualTo(Verdict.TOO_LITTLE_DATA);
        assertThat(result.message())
                .isEqualTo("A forecast needs metrics of 24 hours with traffic; there are 0 hours of the last 14 days.");
        assertThat(result.recommendation()).isEqualTo(Recommendation.NONE);
    }

    @Test
    void twentyThreeHoursAreTooFewAndTwentyFiveAreShownOnly() {
        ForecastResult less = officeAfter(23 / 24.0);
        ForecastResult more = officeAfter(25 / 24.0);

        assertThat(less.recommendation()).isEqualTo(Recommendation.NONE);
        assertThat(less.message()).contains("there are 23 hours");
        assertThat(more.recommendation().slotHours()).isPositive();
        assertThat(more.verdict()).isEqualTo(Verdict.TOO_LITTLE_DATA);
        assertThat(more.message()).startsWith("1.0 days of metrics are too few to test a forecast, 3 are needed");
    }

    @Test
    void countsWithoutDurationsAreNotGuessedFrom() {
        List<Sample> withoutDurations = steady(2, 60).samples().stream()
                .map(sample -> new Sample(
                        sample.start(),
                        sample.period(),
                        sample.invocations(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()))
                .toList();

        ForecastResult result = Forecaster.forecast(History.of(withoutDurations), SETTINGS, day(2));

        assertThat(result.verdict()).isEqualTo(Verdict.TOO_LITTLE_DATA);
        assertThat(result.message()).contains("no durations");
    }

    @Test
    void officeHoursAreFoundAndRecommendedInTheirZone() {
        ForecastResult result = officeAfter(14);

        List<RecommendedWindow> windows = result.recommendation().windows();
        assertThat(windows).hasSize(1);
        assertThat(windows.getFirst().startCron()).isEqualTo("0 8 * * MON-FRI");
        assertThat(windows.getFirst().endCron()).isEqualTo("0 18 * * MON-FRI");
        assertThat(windows.getFirst().name()).isEqualTo("mon-fri-0800");
        assertThat(windows.getFirst().zone()).isEqualTo(BERLIN);
        // Erlang B: 5 busy containers take 11 slots for 1 %; half a container takes 4.
        assertThat(windows.getFirst().capacity()).isBetween(10, 13);
        assertThat(result.recommendation().baseline()).isBetween(2, 4);
        assertThat(result.backTest().orElseThrow().spilloverPercent()).isLessThanOrEqualTo(1);
        assertThat(result.recommendation().spilloverPercent()).isLessThan(1.3);
    }

    /** What may act was tested as it acts: the same windows, day by day, take what the back-test says, and leave as much to spill over. */
    @Test
    void whatWasTestedIsWhatWouldHaveActed() {
        History history = new Traffic(BERLIN)
                .between(START, day(28), local -> office(local) * (local.getDayOfYear() * 7919 % 5 + 8) / 10.0)
                .history();
        ForecastSettings settings = ForecastSettings.of(BERLIN, 28, 1, 100);
        BackTest tested =
                Forecaster.forecast(history, settings, day(28)).backTest().orElseThrow();

        double acted = 0;
        for (int day = 14; day < 28; day++) {
            acted += Forecaster.forecast(history, settings, day(day))
                            .recommendation()
                            .slotHours()
                    / 7;
        }

        assertThat(acted / 2).isCloseTo(tested.slotHours(), within(0.1 * tested.slotHours()));
        assertThat(tested.spilloverPercent()).isBetween(0.7, 1.0);
    }

    @Test
    void noisyWeeksBeatTheOneBefore() {
        History history = new Traffic(BERLIN)
                .between(START, day(14), local -> office(local) * (local.getDayOfYear() * 7919 % 5 + 3) / 5.0)
                .history();

        ForecastResult result = Forecaster.forecast(history, SETTINGS, day(14));

        assertThat(result.message()).startsWith("Better than the seasonal-naive forecast.");
        assertThat(result.verdict()).isEqualTo(Verdict.ACCEPTED);
        BackTest backTest = result.backTest().orElseThrow();
        assertThat(backTest.days()).isEqualTo(7);
        assertThat(backTest.slotHours()).isLessThan(backTest.naiveSlotHours());
        assertThat(backTest.spilloverPercent()).isLessThanOrEqualTo(1);
    }

    /** Every week is like the one before, so nothing can be better. */
    @Test
    void whatDoesNotBeatTheSameAsAWeekAgoIsOnlyShown() {
        List<Sample> week = new Traffic(BERLIN)
                .between(START, day(7), local -> office(local) * (local.getDayOfYear() * 7919 % 5 + 1) / 3.0)
                .samples();
        List<Sample> twice = new ArrayList<>(week);
        week.forEach(sample -> twice.add(new Sample(
                sample.start().plus(Duration.ofDays(7)),
                sample.period(),
                sample.invocations(),
                sample.meanSeconds(),
                sample.maxConcurrency())));

        ForecastResult result = Forecaster.forecast(History.of(twice), SETTINGS, day(14));

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_BETTER);
        assertThat(result.message()).startsWith("Not better than the seasonal-naive forecast");
        assertThat(result.recommendation().windows()).isNotEmpty();
    }

    @Test
    void aDayThatIsMissingIsNotADayWithoutTraffic() {
        History whole = steady(14, 120).history();
        List<Sample> gap = steady(14, 120).samples().stream()
                .filter(sample ->
                        sample.start().isBefore(day(9)) || !sample.start().isBefore(day(10)))
                .toList();

        double load = load(whole);
        double withGap = load(History.of(gap));

        assertThat(withGap).isCloseTo(load, within(0.03 * load));
    }

    private static double load(History history) {
        return Forecaster.forecast(history, SETTINGS, day(14))
                .sizing()
                .orElseThrow()
                .load();
    }

    @Test
    void whenMetricsStopTheForecastGoesOnAndDoesNotFallToZero() {
        History history = steady(14, 120).history();

        ForecastResult later = Forecaster.forecast(history, SETTINGS, day(14.5));

        assertThat(later.recommendation().baseline()).isPositive();
        assertThat(later.computedAt()).isEqualTo(day(14.5));
    }

    @Test
    void aLevelThatTripledIsFollowedWithinDays() {
        History history = new Traffic(ZoneOffset.UTC)
                .between(START, day(12), local -> 60)
                .between(day(12), day(14), local -> 180)
                .history();

        Sizing sizing = Forecaster.forecast(history, SETTINGS, day(14)).sizing().orElseThrow();

        assertThat(sizing.load()).isGreaterThan(1.9);
        // Erlang B: three busy containers take 8 slots for 1 %, one takes 5.
        assertThat(slotHours(history, SETTINGS) / 168).isGreaterThan(6);
    }

    @Test
    void moreSpilloverTakesFewerSlots() {
        History history = steady(14, 300).history();

        double one = slotHours(history, SETTINGS);
        double ten = slotHours(history, ForecastSettings.of(BERLIN, 14, 10, 100));

        assertThat(ten).isLessThan(0.85 * one);
    }

    private static double slotHours(History history, ForecastSettings settings) {
        return Forecaster.forecast(history, settings, day(14)).recommendation().slotHours();
    }

    /** At 2 GB a slot that is at work for six tenths of the time is cheaper than containers on demand. */
    @Test
    void slotsThatPayForThemselvesAreAddedWhateverSpilloverIsAllowed() {
        History history = steady(14, 600).history();
        ForecastSettings lax = ForecastSettings.of(BERLIN, 14, 100, 100);

        assertThat(slotHours(history, lax)).isZero();
        assertThat(slotHours(history, lax.withPrices(PRICES)) / 168).isBetween(8.0, 12.0);
    }

    @Test
    void aBudgetCutsTheWindowsAndSaysWhatIsLeft() {
        History history = new Traffic(BERLIN)
                .between(START, day(14), ForecasterTest::office)
                .history();
        double wanted = slotHours(history, SETTINGS.withPrices(PRICES));
        double halfAMonth = wanted / 2 * 3600 * 0.00001 * 730 / 168;

        ForecastResult result =
                Forecaster.forecast(history, SETTINGS.withPrices(PRICES).withMonthlyBudgetUSD(halfAMonth), day(14));

        assertThat(result.recommendation().slotHours()).isBetween(wanted / 4, wanted / 2);
        assertThat(result.clamp()).contains(ForecastResult.Clamp.BUDGET);
        assertThat(result.message()).contains("The budget keeps capacity below that");
        assertThat(result.recommendation().spilloverPercent()).isGreaterThan(1);
    }

    @Test
    void maxConcurrencyIsNeverExceeded() {
        ForecastResult result =
                Forecaster.forecast(steady(14, 600).history(), ForecastSettings.of(BERLIN, 14, 1, 6), day(14));

        assertThat(result.recommendation().baseline()).isLessThanOrEqualTo(6);
        assertThat(result.recommendation().windows())
                .allSatisfy(window -> assertThat(window.capacity()).isLessThanOrEqualTo(6));
        assertThat(result.clamp()).contains(ForecastResult.Clamp.MAX_CONCURRENCY);
        assertThat(result.message()).contains("maxConcurrency");
    }

    @Test
    void burstsInTheHighestConcurrencyTakeMoreSlotsThanErlangSays() {
        List<Sample> bursty = steady(14, 120).samples().stream()
                .map(sample -> new Sample(
                        sample.start(),
                        sample.period(),
                        sample.invocations(),
                        sample.meanSeconds(),
                        OptionalDouble.of(15)))
                .toList();

        Sizing sizing = Forecaster.forecast(History.of(bursty), SETTINGS, day(14))
                .sizing()
                .orElseThrow();

        assertThat(sizing.peakedness().origin()).isEqualTo(Peakedness.Origin.MAXIMA);
        assertThat(sizing.peakedness().value()).isGreaterThan(3);
        assertThat(sizing.slotsByErlangB()).isEqualTo(7);
        assertThat(sizing.slots()).isGreaterThan(10);
    }

    @Test
    void countsOfQuartersOfAnHourShowNoBurstsAndItSaysSo() {
        List<Sample> coarse = new ArrayList<>();
        for (int slot = 0; slot < 14 * 96; slot++) {
            coarse.add(new Sample(
                    START.plus(History.SLOT.multipliedBy(slot)),
                    History.SLOT,
                    900,
                    OptionalDouble.of(1),
                    OptionalDouble.empty()));
        }

        ForecastResult result = Forecaster.forecast(History.of(coarse), SETTINGS, day(14));

        assertThat(result.sizing().orElseThrow().peakedness().origin()).isEqualTo(Peakedness.Origin.ASSUMED);
        assertThat(result.message()).contains("so there may be more spill-over than computed");
    }

    @Test
    void windowsThatEndAtMidnightCloseOnTheNextDay() {
        RecommendedWindow late = new RecommendedWindow(
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), LocalTime.of(20, 15), LocalTime.MIDNIGHT, BERLIN, 3);

        assertThat(late.name()).isEqualTo("sat-sun-2015");
        assertThat(late.startCron()).isEqualTo("15 20 * * SAT,SUN");
        assertThat(late.endCron()).isEqualTo("0 0 * * MON,SUN");
    }
}
