package dev.pilotlight.domain.warm.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArrivalReplayTest {

    @Test
    void aTimerWithShortRequestsNeedsOneSlot() {
        double[] arrivals = {0, 10, 20, 30};
        double[] durations = {5, 5, 5, 5};

        assertThat(ArrivalReplay.spillover(arrivals, durations, 1)).isZero();
        assertThat(ArrivalReplay.spillover(arrivals, durations, 0)).isEqualTo(1);
        assertThat(ArrivalReplay.slotsFor(arrivals, durations, 0, 10)).isEqualTo(1);
    }

    @Test
    void whatComesTogetherNeedsASlotEach() {
        double[] arrivals = {0, 0, 0, 0};
        double[] durations = {1, 1, 1, 1};

        assertThat(ArrivalReplay.spillover(arrivals, durations, 3)).isEqualTo(0.25);
        assertThat(ArrivalReplay.slotsFor(arrivals, durations, 0.25, 10)).isEqualTo(3);
        assertThat(ArrivalReplay.slotsFor(arrivals, durations, 0, 2)).isEqualTo(2);
    }

    @Test
    void poissonArrivalsLoseWhatErlangSaysWhateverTheDurations() {
        SplittableRandom random = new SplittableRandom(5);
        double[] arrivals = new double[400_000];
        double[] durations = new double[arrivals.length];
        double at = 0;
        for (int i = 0; i < arrivals.length; i++) {
            at += -Math.log(1 - random.nextDouble()) / 4;
            arrivals[i] = at;
            durations[i] = random.nextDouble() < 0.9 ? 0.5 : 5.5;
        }

        double load = 4 * Arrays.stream(durations).average().orElseThrow();
        for (int slots : new int[] {2, 4, 7, 10}) {
            assertThat(ArrivalReplay.spillover(arrivals, durations, slots))
                    .isCloseTo(Loss.erlangB(slots, load), within(0.005));
        }
    }
}
