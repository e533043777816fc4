package dev.pilotlight.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.endpoint.Safeguards;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import org.junit.jupiter.api.Test;

/** A part of the fault matrix that is always the same; {@code make faults} runs all of it. */
@RealApiServer
class FaultMatrixApiServerTest {
    @Test
    void whateverGoesWrongTheInvariantsHold(KubeApi api) {
        Tally tally = new Tally(violation -> {});
        try (Lab lab = new Lab(api, Safeguards.ALL, Extent.SHORT, tally)) {
            Matrix.rows().forEach(row -> row.run(lab));
            System.out.println(tally.table());
            System.out.println(lab.latencies());
        }

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.rows().stream().filter(row -> tally.experiments(row) == 0))
                .as("rows without an experiment")
                .isEmpty();
    }
}
