package dev.pilotlight.domain.warm.budget;

import dev.pilotlight.domain.cost.Price;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Cuts what is asked for so that the month stays within its budget. What is left of the budget is turned into slot-seconds. Baseline for the
 * rest of the month has the first right to them, then what the windows will still take, then tracking and forecast as if what they ask for
 * now lasted all month. So the forecast is cut first and the baseline last, and from early on rather than all at once at the end.
 *
 * <p>A capacity that runs in an open window is not cut before the budget is spent: people count on it. It is not raised either.
 */
public final class Budget {
    /** A cut is lifted only with this much to spare, or it would come and go with rounding. */
    private static final double TO_SPARE = 0.1;

    private static final double ROUNDING = 1e-6;

    private Budget() {}

    /**
     * What a budget leaves.
     *
     * @param capacity at most what was asked for
     * @param exceeded the month would cost more than the budget without the cut
     * @param spent the month has cost the budget already
     */
    public record Left(int capacity, boolean exceeded, boolean spent) {}

    /**
     * @param monthlyUSD the budget
     * @param used US dollars this month so far
     * @param price of one slot-second
     * @param secondsLeft in the month
     * @param running provisioned concurrency that runs now
     */
    public static Left cut(Wishes wishes, int monthlyUSD, BigDecimal used, Price price, long secondsLeft, int running) {
        BigDecimal left = BigDecimal.valueOf(monthlyUSD).subtract(used);
        if (left.signum() <= 0) {
            return new Left(0, wishes.all() > 0, true);
        }
        double slotSeconds = left.divide(price.usd(), MathContext.DECIMAL64).doubleValue();
        double rest = Math.max(1, secondsLeft);

        int baseline = affordable(wishes.baseline(), slotSeconds / rest, running);
        slotSeconds -= baseline * rest;

        int more = Math.max(0, wishes.windows() - wishes.baseline());
        int windows;
        if (wishes.windowSecondsLeft() <= slotSeconds) {
            windows = baseline + more;
            slotSeconds -= wishes.windowSecondsLeft();
        } else {
            double share = slotSeconds / wishes.windowSecondsLeft();
            windows = baseline + affordable(more, more * share, running - baseline);
            slotSeconds = 0;
        }

        more = Math.max(0, wishes.tracking() - wishes.windows());
        int tracking = windows + affordable(more, slotSeconds / rest, running - windows);
        slotSeconds -= (tracking - windows) * rest;
        more = Math.max(0, wishes.forecast() - wishes.tracking());
        int forecast = tracking + affordable(more, slotSeconds / rest, running - tracking);

        int capacity = Math.min(forecast, wishes.all());
        if (wishes.windowOpen()) {
            capacity = Math.max(capacity, Math.min(running, wishes.all()));
        }
        boolean exceeded = forecast < wishes.all();
        return new Left(capacity, exceeded, false);
    }

    /**
     * As much of {@code wanted} as {@code slots} pays for.
     *
     * @param running how much of it runs already
     */
    private static int affordable(int wanted, double slots, int running) {
        int pays = (int) Math.floor(slots + ROUNDING);
        int has = Math.max(0, running);
        return Math.min(wanted, pays > has ? Math.max(has, (int) Math.floor(slots - TO_SPARE)) : pays);
    }
}
