package dev.pilotlight.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.fuzz.Tally.Outcome;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import org.junit.jupiter.api.Test;

/** A short run, always the same one; {@code make fuzz} is the long one. */
@RealApiServer
class BadSpecFuzzApiServerTest {
    private static final long SEED = 20261124;
    private static final int TRANSITIONS = 300;

    @Test
    void threeHundredBadSpecsAndNothingStopsServing(KubeApi api) {
        Tally tally = BadSpecFuzz.run(api, SEED, TRANSITIONS, round -> {});

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.transitions()).isEqualTo(TRANSITIONS);
        assertThat(tally.count(Outcome.REFUSED)).as("refused").isPositive();
        assertThat(tally.count(Outcome.READY)).as("become Ready").isPositive();
        assertThat(tally.count(Outcome.STALLED)).as("Stalled").isPositive();
        System.out.println("fuzz: " + tally.inWords());
    }
}
