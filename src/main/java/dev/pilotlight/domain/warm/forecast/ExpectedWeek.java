package dev.pilotlight.domain.warm.forecast;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** A usual week as a model expects it at some time, and the windows that suit it. */
final class ExpectedWeek {
    private static final int SLOTS = 7 * Series.SLOTS_A_DAY;

    private final double[] expected = new double[SLOTS];
    private final double[][] spilled = new double[SLOTS][];
    private final Spread spread;
    private final double requests;
    private final WindowPlan plan;
    private final List<Set<DayOfWeek>> grouping;

    /**
     * @param worth about what one request less to spill over is worth, in quarter-hours of one slot: which days are taken together is chosen by it
     */
    ExpectedWeek(DemandModel.Fitted fitted, Spread spread, ZoneId zone, int maxWindows, double worth) {
        this.spread = spread;
        double sum = 0;
        for (DayOfWeek day : DayOfWeek.values()) {
            for (int ofDay = 0; ofDay < Series.SLOTS_A_DAY; ofDay++) {
                int slot = Shape.WEEK.key(day, ofDay);
                expected[slot] = fitted.usual(day, ofDay);
                spilled[slot] = spread.spilled(expected[slot]);
                sum += expected[slot] * spread.requests(expected[slot]);
            }
        }
        this.requests = sum;
        this.plan = new WindowPlan(spilled, zone, maxWindows);
        this.grouping = plan.grouping(worth);
    }

    Recommendation windows(double worth) {
        return plan.at(grouping, worth, requests);
    }

    /** The same as {@link #windows}, slot by slot from Monday on. */
    int[] capacities(double worth) {
        return plan.capacities(grouping, worth);
    }

    Sizing busiest(double meanSeconds, Peakedness peakedness, double allowed) {
        int busiest = 0;
        for (int slot = 1; slot < expected.length; slot++) {
            busiest = expected[slot] > expected[busiest] ? slot : busiest;
        }
        double load = expected[busiest] * meanSeconds / History.SLOT_SECONDS;
        double came = expected[busiest] * spread.requests(expected[busiest]);
        return new Sizing(
                load,
                slotsFor(spilled[busiest], allowed * came),
                slotsFor(Loss.haywardCurve(load, 1, 200), allowed),
                peakedness);
    }

    private static int slotsFor(double[] spilled, double allowed) {
        int slots = 0;
        while (slots < spilled.length - 1 && spilled[slots] > allowed) {
            slots++;
        }
        return slots;
    }
}
