package dev.pilotlight.domain.warm.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ForecastBackTest;
import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.WarmCapacitySpec;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmWindow;
import dev.pilotlight.domain.warm.schedule.Schedule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForecastReportTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00.5Z");
    private static final SlotPrices PRICES = new SlotPrices(0.00001, 0.0000233, 0.00004);

    @Test
    void itSaysWhatToCommitAndHowItDidRounded() {
        WarmForecastStatus status = ForecastReport.of(result(), Optional.of(PRICES), true);

        assertThat(status.computedAt()).isEqualTo("2026-03-02T08:00:00Z");
        assertThat(status.verdict()).isEqualTo(ForecastVerdict.ACCEPTED);
        assertThat(status.daysOfData()).isEqualTo(13);
        assertThat(status.baseline()).isEqualTo(1);
        assertThat(status.windows())
                .containsExactly(
                        new WarmWindow("mon-fri-0815", "Europe/Berlin", "15 8 * * MON-FRI", "0 18 * * MON-FRI", 7));
        // 168 slot-hours a week are one slot for 730 hours a month.
        assertThat(status.backTest()).isEqualTo(new ForecastBackTest("0.8", "~26.28", "1.0", "~52.56"));
        assertThat(Schedule.read(new WarmCapacitySpec(status.baseline(), status.windows(), List.of(), null, null)))
                .isInstanceOf(Schedule.Reading.Valid.class);
    }

    @Test
    void withoutPricesTheCostIsUnknown() {
        assertThat(ForecastReport.of(result(), Optional.empty(), false)
                        .backTest()
                        .monthlyUSD())
                .isEqualTo("unknown");
    }

    @Test
    void whatLooksTheSameKeepsItsTimeHoweverOldItIs() {
        WarmForecastStatus before = shown(ForecastVerdict.ACCEPTED, "0.8");

        assertThat(next(before, made(ForecastVerdict.ACCEPTED, "0.8", Duration.ofDays(9)), false, Duration.ofDays(9)))
                .isSameAs(before);
    }

    @Test
    void anotherFigureAndAnotherOutcomeOfTheBackTestWaitForADayLackOfDataAndAnotherSpecDoNot() {
        WarmForecastStatus before = shown(ForecastVerdict.ACCEPTED, "0.8");
        Duration six = Duration.ofHours(6);
        WarmForecastStatus figure = made(ForecastVerdict.ACCEPTED, "0.9", six);
        WarmForecastStatus notBetter = made(ForecastVerdict.NOT_BETTER, "0.9", six);
        WarmForecastStatus verdict = made(ForecastVerdict.TOO_LITTLE_DATA, "0.9", six);

        assertThat(next(before, figure, false, six)).isSameAs(before);
        assertThat(next(before, figure, true, six)).isSameAs(figure);
        assertThat(next(before, figure, false, Duration.ofHours(24))).isSameAs(figure);
        assertThat(next(before, notBetter, false, six)).isSameAs(before);
        assertThat(next(before, notBetter, false, Duration.ofHours(24))).isSameAs(notBetter);
        assertThat(next(before, verdict, false, six)).isSameAs(verdict);
        assertThat(next(before, figure, false, Duration.ofHours(-1)))
                .as("a clock that was set back")
                .isSameAs(figure);
        assertThat(ForecastReport.next(Optional.empty(), figure, false, NOW)).isSameAs(figure);
    }

    private static WarmForecastStatus next(
            WarmForecastStatus before, WarmForecastStatus made, boolean asked, Duration after) {
        return ForecastReport.next(Optional.of(before), made, asked, NOW.plus(after));
    }

    private static WarmForecastStatus shown(ForecastVerdict verdict, String spillover) {
        return made(verdict, spillover, Duration.ZERO);
    }

    private static WarmForecastStatus made(ForecastVerdict verdict, String spillover, Duration after) {
        return new WarmForecastStatus(
                NOW.plus(after).toString(),
                14,
                verdict,
                "as it is",
                new ForecastBackTest(spillover, "~26.28", "1.0", "~52.56"),
                0,
                List.of());
    }

    private static ForecastResult result() {
        return new ForecastResult(
                NOW,
                Verdict.ACCEPTED,
                "Better.",
                13.9,
                Optional.of(new BackTest(7, "a weekly season", 1, 0.84, 168, 0.97, 336)),
                new Recommendation(
                        1,
                        List.of(new RecommendedWindow(
                                Set.of(
                                        DayOfWeek.MONDAY,
                                        DayOfWeek.TUESDAY,
                                        DayOfWeek.WEDNESDAY,
                                        DayOfWeek.THURSDAY,
                                        DayOfWeek.FRIDAY),
                                LocalTime.of(8, 15),
                                LocalTime.of(18, 0),
                                ZoneId.of("Europe/Berlin"),
                                7)),
                        0.9,
                        168),
                Optional.empty(),
                Optional.empty());
    }
}
