package dev.pilotlight.domain.warm.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes forecasts.
 *
 * <ol>
 *   <li>Several ways to expect requests are tried on days that were held out ({@link DemandModel}, {@link Trial}); the one that takes the fewest
 *       slots wins.
 *   <li>How what came scattered around what was expected, and how bursty arrivals are within a minute, say how much spills over at a number of
 *       slots ({@link Spread}, {@link Peakedness}).
 *   <li>Slots are added where they keep the most from spilling over, until the rest is within the allowed share ({@link Fill}).
 *   <li>Few windows that come close are recommended ({@link WindowPlan}). Windows made in this way on every day that was held out have to beat the
 *       seasonal-naive forecast: what may act is what was tested.
 * </ol>
 */
public final class Forecaster {
    private static final Duration LEAST_DATA = Duration.ofHours(24);
    private static final int MOST_DAYS_HELD_OUT = 14;

    private Forecaster() {}

    /**
     * A forecast from what was known at an instant. It takes some hundredths of a second for 14 days and some tenths for 30, so it belongs
     * on a thread of its own.
     *
     * @param history metrics of the endpoint; more than the lookback is not looked at, and slots that are not over at {@code now} are left out
     */
    public static ForecastResult forecast(History history, ForecastSettings settings, Instant now) {
        return Learned.from(history, settings, now)
                .map(learned -> learned.result(now))
                .orElseGet(() -> lacking(history, settings, now));
    }

    private static ForecastResult lacking(History history, ForecastSettings settings, Instant now) {
        Duration known = known(history.until(now), settings, now);
        boolean durations = !Double.isNaN(meanSeconds(history.until(now), settings, now));
        String message = known.compareTo(LEAST_DATA) >= 0 && !durations
                ? "There are no durations of requests, so concurrency cannot be computed from counts."
                : "A forecast needs metrics of 24 hours with traffic; there are " + hours(known) + " of the last "
                        + settings.lookbackDays() + " days.";
        return new ForecastResult(
                now,
                Verdict.TOO_LITTLE_DATA,
                message,
                days(known),
                Optional.empty(),
                Recommendation.NONE,
                Optional.empty(),
                Optional.empty());
    }

    static int firstSlot(History history, ForecastSettings settings, Instant now) {
        return Math.max(0, history.indexOf(now.minus(Duration.ofDays(settings.lookbackDays()))));
    }

    static Duration known(History history, ForecastSettings settings, Instant now) {
        return history.known(firstSlot(history, settings, now), history.slots());
    }

    static double meanSeconds(History history, ForecastSettings settings, Instant now) {
        return history.meanSeconds(firstSlot(history, settings, now), history.slots());
    }

    static boolean isEnough(Duration known) {
        return known.compareTo(LEAST_DATA) >= 0;
    }

    /** How many slots to hold out: half of what there is, in whole days where there are some, and at most two weeks. */
    static int heldOut(int slots) {
        int days = slots / Series.SLOTS_A_DAY / 2;
        return days == 0 ? slots / 2 : Math.min(days, MOST_DAYS_HELD_OUT) * Series.SLOTS_A_DAY;
    }

    static double days(Duration known) {
        return known.toMinutes() / (24.0 * 60);
    }

    private static String hours(Duration known) {
        return known.toHours() + (known.toHours() == 1 ? " hour" : " hours");
    }
}
