package dev.pilotlight.domain.warm.forecast;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ways to expect requests, tried on days that none of them has seen: each at the number of slots that leaves the allowed share of what really
 * came to spill over. The fewer slots that takes, the better it is.
 */
final class Trial {
    private final Series series;
    private final LossCurves curves;
    private final double meanSeconds;
    private final int from;
    private final double allowed;
    private final double leastWorth;
    /** What would really have spilled over in every slot, by provisioned slots. */
    private final double[][] really;

    private final double requests;

    /**
     * @param model which it is; null for the seasonal-naive one
     * @param expected requests it expected in every slot
     * @param worth what one request less to spill over was worth, in quarter-hours of one slot
     * @param slotHours slots it would have provisioned, in hours of one slot a week
     * @param spillover share of the requests that would have spilled over
     */
    record Score(DemandModel model, double[] expected, double worth, double slotHours, double spillover) {}

    /**
     * @param from the first slot that is held out; all to the last known one are
     */
    Trial(Series series, LossCurves curves, double meanSeconds, int from, double allowed, double leastWorth) {
        this.series = series;
        this.curves = curves;
        this.meanSeconds = meanSeconds;
        this.from = from;
        this.allowed = allowed;
        this.leastWorth = leastWorth;
        this.really = new double[series.known()][];
        double sum = 0;
        for (int slot = from; slot < series.known(); slot++) {
            really[slot] = spilled(slot);
            sum += Double.isNaN(series.count(slot)) ? 0 : series.count(slot);
        }
        this.requests = sum;
    }

    int from() {
        return from;
    }

    private double[] spilled(int slot) {
        double[] sum = new double[curves.most() + 1];
        double count = series.count(slot);
        if (Double.isNaN(count)) {
            return sum;
        }
        float[] minutes = series.minutes(slot);
        if (minutes == null) {
            curves.addSpilled(count * meanSeconds / History.SLOT_SECONDS, count, sum);
            return sum;
        }
        for (float minute : minutes) {
            if (minute > 0) {
                curves.addSpilled(minute * meanSeconds / 60, minute, sum);
            }
        }
        return sum;
    }

    /** The best of the models, each made anew every day. */
    Score best() {
        return DemandModel.candidates(from / (double) Series.SLOTS_A_DAY).stream()
                .map(model -> score(model, expected(model)))
                .min(Comparator.comparing((Score score) -> score.spillover() <= allowed ? 0 : score.spillover())
                        .thenComparing(Score::slotHours))
                .orElseThrow();
    }

    /**
     * Windows of a model, made anew every day from what was known by then: what a policy does that acts on the forecast.
     *
     * @param tried the model, and what slots are worth to it one by one
     */
    Score windows(Score tried, ZoneId zone, int maxWindows) {
        Spread even = spread(tried.expected(), 1);
        Spread odd = spread(tried.expected(), 0);
        List<ExpectedWeek> weeks = new ArrayList<>();
        for (int origin = from; origin < series.known(); origin += Series.SLOTS_A_DAY) {
            weeks.add(new ExpectedWeek(
                    fit(tried.model(), origin), turn(origin) == 0 ? even : odd, zone, maxWindows, tried.worth()));
        }
        double worth = Fill.worthFor(candidate -> measure(weeks, candidate)[1], allowed, leastWorth);
        double[] measured = measure(weeks, worth);
        return new Score(tried.model(), tried.expected(), worth, weekly(measured[0]), measured[1]);
    }

    private double[] measure(List<ExpectedWeek> weeks, double worth) {
        double slots = 0;
        double spilled = 0;
        for (int day = 0; day < weeks.size(); day++) {
            int[] capacities = weeks.get(day).capacities(worth);
            int begins = from + day * Series.SLOTS_A_DAY;
            for (int slot = begins; slot < Math.min(begins + Series.SLOTS_A_DAY, series.known()); slot++) {
                int capacity = capacities[Shape.WEEK.key(series.dayOfWeek(slot), series.ofDay(slot))];
                slots += capacity;
                spilled += really[slot][capacity];
            }
        }
        return new double[] {slots, requests == 0 ? 0 : spilled / requests};
    }

    /** What everybody could do: the same as a week ago. */
    Score naive() {
        return score(null, expected(null));
    }

    private double[] expected(DemandModel model) {
        double[] expected = new double[series.known()];
        for (int origin = from; origin < series.known(); origin += Series.SLOTS_A_DAY) {
            DemandModel.Fitted fitted = fit(model, origin);
            for (int slot = origin; slot < Math.min(origin + Series.SLOTS_A_DAY, series.known()); slot++) {
                expected[slot] = fitted.usual(series.dayOfWeek(slot), series.ofDay(slot));
            }
        }
        return expected;
    }

    private DemandModel.Fitted fit(DemandModel model, int origin) {
        return model == null ? sameAsAWeekAgo(origin) : model.fit(series, origin - DemandModel.DELAY);
    }

    private DemandModel.Fitted sameAsAWeekAgo(int origin) {
        double[] profile = new double[Shape.WEEK.keys()];
        int twoWeeksAgo = Math.max(0, origin - 2 * profile.length);
        for (int slot = twoWeeksAgo; slot < origin; slot++) {
            // A slot of the week that was never seen is like the last one at that time of day.
            for (DayOfWeek day : DayOfWeek.values()) {
                replace(profile, Shape.WEEK.key(day, series.ofDay(slot)), series.count(slot));
            }
        }
        for (int slot = twoWeeksAgo; slot < origin; slot++) {
            replace(profile, Shape.WEEK.key(series.dayOfWeek(slot), series.ofDay(slot)), series.count(slot));
        }
        return new DemandModel.Fitted(Shape.WEEK, profile, 1);
    }

    private static void replace(double[] profile, int key, double count) {
        if (!Double.isNaN(count)) {
            profile[key] = count;
        }
    }

    /** Days take turns: each is sized with the spread of the others, so that none is sized with its own errors. */
    private Score score(DemandModel model, double[] expected) {
        Spread even = spread(expected, 1);
        Spread odd = spread(expected, 0);
        double[][] foreseen = new double[series.known()][];
        for (int slot = from; slot < series.known(); slot++) {
            foreseen[slot] = (turn(slot) == 0 ? even : odd).spilled(expected[slot]);
        }
        double worth = Fill.worthFor(candidate -> measure(foreseen, candidate)[1], allowed, leastWorth);
        double[] measured = measure(foreseen, worth);
        return new Score(model, expected, worth, weekly(measured[0]), measured[1]);
    }

    /** Quarter-hours of one slot in all as hours of one slot a week. */
    private double weekly(double slots) {
        return slots / 4 / ((series.known() - from) / (7.0 * Series.SLOTS_A_DAY));
    }

    private Spread spread(double[] expected, int turn) {
        return Spread.of(series, expected, from, series.known(), slot -> turn(slot) == turn, curves, meanSeconds);
    }

    /** The spread over all days. */
    Spread spread(double[] expected) {
        return Spread.of(series, expected, from, series.known(), slot -> true, curves, meanSeconds);
    }

    private int turn(int slot) {
        int turn = Math.clamp((series.known() - from) / 4, 1, Series.SLOTS_A_DAY);
        return (slot - from) / turn % 2;
    }

    /** Slots, and the share that really spilled over. */
    private double[] measure(double[][] foreseen, double worth) {
        double slots = 0;
        double spilled = 0;
        for (int slot = from; slot < series.known(); slot++) {
            int filled = Fill.slots(foreseen[slot], worth);
            slots += filled;
            spilled += really[slot][filled];
        }
        return new double[] {slots, requests == 0 ? 0 : spilled / requests};
    }
}
