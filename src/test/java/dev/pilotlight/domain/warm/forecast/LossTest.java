package dev.pilotlight.domain.warm.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {

    /** From published tables of Erlang B: the load that so many lines carry at 1 % loss. */
    @ParameterizedTest
    @CsvSource({"1,0.0101", "2,0.1526", "5,1.361", "10,4.461", "20,12.03", "50,37.90", "100,84.06"})
    void agreesWithThePublishedTables(int slots, double load) {
        assertThat(Loss.erlangB(slots, load)).isCloseTo(0.01, within(0.0001));
    }

    /** What the two public Azure LLM traces of 2023 would take at 1 % by their load and peakedness, by each formula. */
    @ParameterizedTest
    @CsvSource({"2.77, 1.2, 8, 8", "5.53, 1.4, 12, 13", "0.39, 3.2, 3, 6", "1.28, 7.2, 5, 16", "2.57, 12.5, 8, 28"})
    void sizesTheTracesAsTheyWereSizedByHand(double load, double peakedness, int byErlangB, int byHayward) {
        assertThat(firstWithin(load, 1)).isEqualTo(byErlangB);
        assertThat(firstWithin(load, peakedness)).isCloseTo(byHayward, within(1));
    }

    private static int firstWithin(double load, double peakedness) {
        int slots = 0;
        while (Loss.hayward(slots, load, peakedness) > 0.01) {
            slots++;
        }
        return slots;
    }

    @Test
    void manySlotsAndHighLoadsDoNotOverflow() {
        assertThat(Loss.erlangB(10_000, 9_000.0)).isBetween(0.0, 1e-10);
        assertThat(Loss.erlangB(200, 1e6)).isCloseTo(0.9998, within(1e-4));
    }

    @Test
    void withoutLoadNothingIsLostUnlessThereIsNoSlot() {
        assertThat(Loss.erlangB(0, 0.0)).isEqualTo(1);
        assertThat(Loss.erlangB(1, 0.0)).isZero();
        assertThat(Loss.erlangB(0.5, 0.0)).isZero();
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Loss.erlangB(-1, 1.0))
                .withMessageContaining("slots");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Loss.erlangB(1, Double.NaN))
                .withMessageContaining("load");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Loss.hayward(1, 1, 0))
                .withMessageContaining("peakedness");
    }

    @Property(tries = 300)
    void theIntegralMeetsTheRecursionAtWholeNumbers(
            @ForAll @IntRange(min = 0, max = 60) int slots, @ForAll @DoubleRange(min = 0.01, max = 80) double load) {
        double justAbove = Loss.erlangB(slots + 1e-6, load);

        assertThat(justAbove).isCloseTo(Loss.erlangB(slots, load), within(1e-3 * Loss.erlangB(slots, load) + 1e-12));
    }

    @Property(tries = 300)
    void lossFallsWithSlotsEverLessSteeply(
            @ForAll @DoubleRange(min = 0.01, max = 80) double load, @ForAll @DoubleRange(min = 1, max = 40) double z) {
        double[] curve = Loss.haywardCurve(load, z, 100);

        assertThat(curve[0]).isEqualTo(1);
        for (int slots = 1; slots < curve.length; slots++) {
            assertThat(curve[slots]).isBetween(0.0, curve[slots - 1]);
        }
        for (int slots = 1; slots < curve.length - 1; slots++) {
            assertThat(curve[slots - 1] - curve[slots])
                    .as("what slot %d is good for, and the one after it", slots)
                    .isGreaterThanOrEqualTo(curve[slots] - curve[slots + 1] - 1e-12);
        }
    }

    @Property(tries = 300)
    void theCurveIsWhatTheIntegralSays(
            @ForAll @DoubleRange(min = 0.05, max = 60) double load,
            @ForAll @DoubleRange(min = 1, max = 20) double z,
            @ForAll @IntRange(min = 0, max = 80) int slots) {
        double exact = Loss.hayward(slots, load, z);

        assertThat(Loss.haywardCurve(load, z, 80)[slots]).isCloseTo(exact, within(0.05 * exact + 1e-9));
    }

    @Property(tries = 300)
    void lossGrowsWithLoadAndWithPeakedness(
            @ForAll @DoubleRange(min = 0.1, max = 40) double load,
            @ForAll @DoubleRange(min = 1, max = 20) double z,
            @ForAll @IntRange(min = 1, max = 60) int slots) {
        assertThat(Loss.hayward(slots, load * 1.1, z)).isGreaterThan(Loss.hayward(slots, load, z));
        if (slots > load) {
            assertThat(Loss.hayward(slots, load, z * 1.1)).isGreaterThan(Loss.hayward(slots, load, z) * 0.999);
        }
    }
}
