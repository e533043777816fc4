package dev.pilotlight.domain.warm.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class WindowPlanTest {
    private static final List<Set<DayOfWeek>> ALL_DAYS = List.of(Set.of(DayOfWeek.values()));
    private static final int MOST = 30;

    /** Slots are found by walking down the valley of the cost; whoever tries all of them finds nothing cheaper. */
    @Property(tries = 20)
    void aSingleWindowHasTheCapacityThatTryingAllOfThemFinds(
            @ForAll @DoubleRange(min = 0.2, max = 12) double load,
            @ForAll @DoubleRange(min = 1, max = 8) double peakedness,
            @ForAll @IntRange(min = 0, max = 1000) int seed,
            @ForAll @DoubleRange(min = 0.01, max = 50) double worth) {
        double[][] spilled = new double[7 * Series.SLOTS_A_DAY][];
        for (int slot = 0; slot < spilled.length; slot++) {
            double scale = load * (1 + Math.sin(seed + slot * 0.7) / 2);
            spilled[slot] = Arrays.stream(Loss.haywardCurve(scale, peakedness, MOST))
                    .map(share -> share * 100 * scale)
                    .toArray();
        }

        int[] capacities = new WindowPlan(spilled, ZoneOffset.UTC, 1).capacities(ALL_DAYS, worth);

        double lowest = Double.POSITIVE_INFINITY;
        for (int capacity = 0; capacity <= MOST; capacity++) {
            int[] constant = new int[spilled.length];
            Arrays.fill(constant, capacity);
            lowest = Math.min(lowest, cost(spilled, constant, worth));
        }
        assertThat(cost(spilled, capacities, worth)).isCloseTo(lowest, within(1e-6 * lowest));
    }

    private static double cost(double[][] spilled, int[] capacities, double worth) {
        double cost = 0;
        for (int slot = 0; slot < capacities.length; slot++) {
            cost += capacities[slot] + worth * spilled[slot][capacities[slot]];
        }
        return cost;
    }

    @Property(tries = 5)
    void windowsAndCapacitiesOfSlotsSayTheSame(@ForAll @DoubleRange(min = 0.5, max = 20) double worth) {
        double[][] spilled = new double[7 * Series.SLOTS_A_DAY][];
        for (int slot = 0; slot < spilled.length; slot++) {
            double load = slot % Series.SLOTS_A_DAY > 32 && slot % Series.SLOTS_A_DAY < 72 ? 5 : 0.5;
            spilled[slot] = Arrays.stream(Loss.haywardCurve(load, 1, MOST))
                    .map(share -> share * 100 * load)
                    .toArray();
        }
        WindowPlan plan = new WindowPlan(spilled, ZoneOffset.UTC, 12);

        double slotHours = plan.at(ALL_DAYS, worth, 1).slotHours();

        assertThat(Arrays.stream(plan.capacities(ALL_DAYS, worth)).sum() / 4.0).isCloseTo(slotHours, within(1e-9));
    }
}
