package dev.pilotlight.domain.warm.forecast;

import dev.pilotlight.api.v1alpha1.ForecastBackTest;
import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmWindow;
import dev.pilotlight.domain.warm.budget.Cost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** A forecast in the words of a status, and when a newer one takes its place there. */
public final class ForecastReport {
    /** Figures move a little every time; whoever reads them, or commits the windows, needs no more than one a day. */
    private static final Duration DAILY = Duration.ofDays(1);

    private static final double SECONDS_IN_AN_HOUR = 3600;
    private static final double WEEKS_IN_A_MONTH = 730.0 / 168;

    private ForecastReport() {}

    /**
     * @param prices whose usage the slots of the back-test are charged at; without them their cost is unknown
     * @param estimate the prices are not all from AWS's price list
     */
    public static WarmForecastStatus of(ForecastResult result, Optional<SlotPrices> prices, boolean estimate) {
        return new WarmForecastStatus(
                written(result.computedAt()),
                (int) result.daysOfData(),
                verdict(result.verdict()),
                result.message(),
                result.backTest()
                        .map(test -> new ForecastBackTest(
                                percent(test.spilloverPercent()),
                                monthly(test.slotHours(), prices, estimate),
                                percent(test.naiveSpilloverPercent()),
                                monthly(test.naiveSlotHours(), prices, estimate)))
                        .orElse(null),
                result.backTest().isPresent() ? result.recommendation().baseline() : null,
                result.recommendation().windows().stream()
                        .map(ForecastReport::window)
                        .toList());
    }

    /** There is no forecast, because CloudWatch could not be read. */
    public static WarmForecastStatus unread(String why, Instant now) {
        return new WarmForecastStatus(written(now), 0, ForecastVerdict.METRICS_UNAVAILABLE, why, null, null, List.of());
    }

    /** Whether there is a forecast in it, and not only a reason why there is none. */
    public static boolean hasForecast(WarmForecastStatus status) {
        return status.backTest() != null;
    }

    /**
     * What to show from now on. That there are metrics, or are none, shows at once, and so does what a person asked for; other changes that can be
     * seen wait until what is shown is a day old. So does another outcome of the back-test: capacity that acts on it shall not come and go.
     *
     * @param asked the spec is another than the one the shown forecast was made for
     */
    public static WarmForecastStatus next(
            Optional<WarmForecastStatus> shown, WarmForecastStatus made, boolean asked, Instant now) {
        return shown.filter(before -> isSameKind(before.verdict(), made.verdict())
                        && (sameButForTime(before, made) || (!asked && isOfToday(before, now))))
                .orElse(made);
    }

    private static boolean isSameKind(ForecastVerdict before, ForecastVerdict made) {
        return before == made || (isTested(before) && isTested(made));
    }

    private static boolean isTested(ForecastVerdict verdict) {
        return verdict == ForecastVerdict.ACCEPTED || verdict == ForecastVerdict.NOT_BETTER;
    }

    private static boolean sameButForTime(WarmForecastStatus before, WarmForecastStatus made) {
        return made.equals(new WarmForecastStatus(
                made.computedAt(),
                before.daysOfData(),
                before.verdict(),
                before.message(),
                before.backTest(),
                before.baseline(),
                before.windows()));
    }

    private static boolean isOfToday(WarmForecastStatus shown, Instant now) {
        if (shown.computedAt() == null) {
            return false;
        }
        Duration age = Duration.between(Instant.parse(shown.computedAt()), now);
        // The clock may have been set back.
        return !age.isNegative() && age.compareTo(DAILY) < 0;
    }

    private static String written(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static ForecastVerdict verdict(Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> ForecastVerdict.ACCEPTED;
            case NOT_BETTER -> ForecastVerdict.NOT_BETTER;
            case TOO_LITTLE_DATA -> ForecastVerdict.TOO_LITTLE_DATA;
        };
    }

    private static WarmWindow window(RecommendedWindow window) {
        return new WarmWindow(
                window.name(), window.zone().getId(), window.startCron(), window.endCron(), window.capacity());
    }

    private static String percent(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }

    private static String monthly(double slotHoursAWeek, Optional<SlotPrices> prices, boolean estimate) {
        return new Cost(
                        prices.map(known -> BigDecimal.valueOf(
                                slotHoursAWeek * WEEKS_IN_A_MONTH * SECONDS_IN_AN_HOUR * known.usage())),
                        estimate)
                .describe();
    }
}
