package dev.pilotlight.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final int SEED = 10;
    private static final int OTHER = 7;

    private final Families families = Families.read();

    @Test
    void theSameSeedGivesTheSameRequests() {
        Generator generator = new Generator(families);
        for (String family : List.of("weekly", "rare-bursts")) {
            Workload once = generator.generate(family, SEED);
            Workload again = generator.generate(family, SEED);

            assertThat(Arrays.equals(again.arrivals(), once.arrivals()))
                    .as(family)
                    .isTrue();
            assertThat(Arrays.equals(again.durations(), once.durations()))
                    .as(family)
                    .isTrue();
            assertThat(generator.generate(family, OTHER).arrivals().length)
                    .as(family)
                    .isNotEqualTo(once.arrivals().length);
        }
    }

    @Test
    void requestsAreInOrderAndWithinTheirWeeks() {
        for (String family : families.names()) {
            Workload workload = new Generator(families).generate(family, SEED);

            assertThat(isAscending(workload.arrivals())).as(family).isTrue();
            assertThat(workload.arrivals()[0]).isNotNegative();
            assertThat(workload.arrivals()[workload.arrivals().length - 1]).isLessThan(workload.end());
            assertThat(workload.arrivals()[workload.first()]).isGreaterThanOrEqualTo(workload.start());
            assertThat(workload.arrivals()[workload.first() - 1]).isLessThan(workload.start());
        }
    }

    /** AssertJ would box every one of millions. */
    private static boolean isAscending(double[] values) {
        return IntStream.range(1, values.length).allMatch(i -> values[i - 1] <= values[i]);
    }

    @Test
    void noSeedIsBothLookedAtAndHeldOut() {
        assertThat(families.tuningSeeds()).hasSize(30).doesNotContainAnyElementsOf(families.heldOutSeeds());
        assertThat(families.heldOutSeeds()).hasSize(30);
    }

    /** What was measured on the traces: 1.4, 3.9 and 16 for the one, 13, 72 and 164 for the other. */
    @Test
    void theLawsDisperseAsTheTracesDo() {
        double[] conversation = constantRate("conversation", 5.53);
        assertThat(dispersion(conversation, 1)).isCloseTo(1.4, within(0.2));
        assertThat(dispersion(conversation, 10)).isCloseTo(3.9, within(1.2));
        assertThat(dispersion(conversation, 60)).isCloseTo(16, within(9.0));

        double[] code = constantRate("code", 2.57);
        assertThat(dispersion(code, 1)).isCloseTo(13, within(3.0));
        assertThat(dispersion(code, 10)).isCloseTo(72, within(20.0));
        assertThat(dispersion(code, 60)).isCloseTo(164, within(50.0));
    }

    private double[] constantRate(String law, double perSecond) {
        double[] rates = new double[2 * 24 * 60];
        Arrays.fill(rates, perSecond);
        return families.law(law).arrivals(rates, new Dice(11));
    }

    /** Variance over mean of the counts in windows. */
    private static double dispersion(double[] arrivals, int windowSeconds) {
        int[] counts = new int[2 * 24 * 3600 / windowSeconds];
        for (double arrival : arrivals) {
            counts[(int) (arrival / windowSeconds)]++;
        }
        double mean = (double) arrivals.length / counts.length;
        double variance = Arrays.stream(counts)
                .mapToDouble(n -> (n - mean) * (n - mean))
                .average()
                .orElseThrow();
        return variance / mean;
    }
}
