package dev.pilotlight.domain.warm.forecast;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What the last weeks teach: which way to expect requests is best, how what comes scatters, what a slot is worth, and which windows to recommend. */
final class Learned {
    private static final int DAYS_TO_ACCEPT = 3;
    private static final double HOURS_IN_A_MONTH = 730;
    private static final double HOURS_IN_A_WEEK = 168;
    private static final double ALMOST_NOTHING = 0.001;
    private static final double BUSIER_THAN_EVER = 1.5;

    private final ForecastSettings settings;
    private final double meanSeconds;
    private final double daysOfData;
    private final double daysSpanned;
    private final BackTest backTest;
    private final ExpectedWeek week;
    /** What one request less to spill over is worth, in quarter-hours of one slot. */
    private final double worth;

    private final Recommendation recommendation;
    private final Sizing sizing;
    private final Optional<ForecastResult.Clamp> clamp;

    /** Empty when there is too little to learn from. */
    static Optional<Learned> from(History whole, ForecastSettings settings, Instant now) {
        History history = whole.until(now);
        boolean enough = Forecaster.isEnough(Forecaster.known(history, settings, now))
                && !Double.isNaN(Forecaster.meanSeconds(history, settings, now));
        return enough ? Optional.of(new Learned(history, settings, now)) : Optional.empty();
    }

    private Learned(History history, ForecastSettings settings, Instant now) {
        this.settings = settings;
        this.meanSeconds = Forecaster.meanSeconds(history, settings, now);
        this.daysOfData = Forecaster.days(Forecaster.known(history, settings, now));
        int first = Forecaster.firstSlot(history, settings, now);
        Series series = new Series(history, first, settings.zone());
        this.daysSpanned = series.known() / (double) Series.SLOTS_A_DAY;
        double allowed = settings.maxSpilloverPercent() / 100;
        Peakedness peakedness =
                new PeakednessEstimate(history, first, meanSeconds).learn(allowed, settings.maxConcurrency());
        int needed = mostNeeded(series, peakedness);
        LossCurves curves = new LossCurves(peakedness.value(), Math.min(needed, settings.maxConcurrency()));
        Trial trial = new Trial(
                series,
                curves,
                meanSeconds,
                series.known() - Forecaster.heldOut(series.known()),
                allowed,
                leastWorth());
        Trial.Score best = trial.best();
        Trial.Score windows = trial.windows(best, settings.zone(), settings.maxWindows());
        Trial.Score naive = trial.windows(trial.naive(), settings.zone(), settings.maxWindows());
        this.backTest = backTest(trial, series, windows, naive);
        this.week = new ExpectedWeek(
                best.model().fit(series, series.known() - DemandModel.DELAY),
                trial.spread(best.expected()),
                settings.zone(),
                settings.maxWindows(),
                best.worth());
        this.worth = affordable(windows.worth());
        this.recommendation = week.windows(worth);
        this.sizing = week.busiest(meanSeconds, peakedness, allowed);
        this.clamp = worth < windows.worth()
                ? Optional.of(ForecastResult.Clamp.BUDGET)
                : needed > settings.maxConcurrency() && windows.spillover() > allowed
                        ? Optional.of(ForecastResult.Clamp.MAX_CONCURRENCY)
                        : Optional.empty();
    }

    /** The windows if a request that does not spill over were worth so many times as much: another trade-off. */
    Recommendation windows(double times) {
        return week.windows(worth * times);
    }

    /** Slots after which next to nothing would spill over in the busiest minute there was, and a busier one. */
    private int mostNeeded(Series series, Peakedness peakedness) {
        double busiest = 0;
        for (int slot = 0; slot < series.known(); slot++) {
            float[] minutes = series.minutes(slot);
            if (minutes == null) {
                double count = series.count(slot);
                busiest = Double.isNaN(count) ? busiest : Math.max(busiest, count / History.SLOT_SECONDS);
            } else {
                for (float minute : minutes) {
                    busiest = Math.max(busiest, minute / 60);
                }
            }
        }
        double[] curve = Loss.haywardCurve(BUSIER_THAN_EVER * busiest * meanSeconds, peakedness.value(), 200);
        int slots = 1;
        while (slots < curve.length && curve[slots] > ALMOST_NOTHING) {
            slots++;
        }
        return slots;
    }

    /** The worth of a request in money, in quarter-hours of one slot; without prices nothing is worth anything but the allowed share. */
    private double leastWorth() {
        return settings.prices()
                .map(prices -> {
                    double saved = (prices.onDemandDuration() - prices.provisionedDuration()) * meanSeconds;
                    return Math.max(0, saved) / (prices.usage() * History.SLOT_SECONDS);
                })
                .orElse(0.0);
    }

    /** The highest worth, up to the one wanted, at which the windows stay within the budget. */
    private double affordable(double wanted) {
        if (settings.monthlyBudgetUSD().isEmpty() || settings.prices().isEmpty()) {
            return wanted;
        }
        double hoursAMonth = settings.monthlyBudgetUSD().getAsDouble()
                / (settings.prices().get().usage() * 3600);
        double allowed = hoursAMonth * HOURS_IN_A_WEEK / HOURS_IN_A_MONTH;
        if (week.windows(wanted).slotHours() <= allowed) {
            return wanted;
        }
        double low = 1e-6;
        double high = wanted;
        for (int i = 0; i < 16; i++) {
            double middle = Math.sqrt(low * high);
            if (week.windows(middle).slotHours() <= allowed) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private BackTest backTest(Trial trial, Series series, Trial.Score windows, Trial.Score naive) {
        return new BackTest(
                (series.known() - trial.from()) / (double) Series.SLOTS_A_DAY,
                windows.model().describe(),
                settings.maxSpilloverPercent(),
                100 * windows.spillover(),
                windows.slotHours(),
                100 * naive.spillover(),
                naive.slotHours());
    }

    ForecastResult result(Instant now) {
        return new ForecastResult(
                now,
                verdict(),
                message(),
                daysOfData,
                Optional.of(backTest),
                recommendation,
                Optional.of(sizing),
                clamp);
    }

    private Verdict verdict() {
        if (daysSpanned < DAYS_TO_ACCEPT) {
            return Verdict.TOO_LITTLE_DATA;
        }
        return backTest.beatsNaive() ? Verdict.ACCEPTED : Verdict.NOT_BETTER;
    }

    private String message() {
        StringBuilder message = new StringBuilder();
        message.append(
                switch (verdict()) {
                    case ACCEPTED -> "Better than the seasonal-naive forecast. ";
                    case NOT_BETTER ->
                        "Not better than the seasonal-naive forecast, the same as a week ago, so it is only shown. ";
                    case TOO_LITTLE_DATA ->
                        number(daysSpanned) + " days of metrics are too few to test a forecast, " + DAYS_TO_ACCEPT
                                + " are needed; until then it is only shown. ";
                });
        message.append("On ")
                .append(number(backTest.days()))
                .append(" days held out, windows made anew every day with ");
        message.append(backTest.model()).append(" took ");
        message.append(number(backTest.slotHours())).append(" slot-hours a week and left ");
        message.append(percent(backTest.spilloverPercent())).append(" spill-over; the seasonal-naive forecast took ");
        message.append(number(backTest.naiveSlotHours())).append(" for ");
        message.append(percent(backTest.naiveSpilloverPercent())).append('.');
        if (sizing.peakedness().isGuess()) {
            message.append(" Bursts within a minute were learned from ");
            message.append(sizing.peakedness().origin().words());
            message.append(", so there may be more spill-over than computed.");
        }
        clamp.ifPresent(why -> message.append(
                switch (why) {
                    case BUDGET ->
                        " The budget keeps capacity below that; " + percent(recommendation.spilloverPercent())
                                + " spill-over are expected of the windows.";
                    case MAX_CONCURRENCY ->
                        " maxConcurrency keeps capacity below what " + percent(settings.maxSpilloverPercent())
                                + " spill-over takes.";
                }));
        return message.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f %%", value);
    }
}
