package dev.pilotlight.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The experiments are worth something: an operator that lacks a rule does not get through them. */
@RealApiServer
class MutationApiServerTest {
    @ParameterizedTest
    @EnumSource(Mutant.class)
    void anOperatorWithoutTheRuleIsFoundOut(Mutant mutant, KubeApi api) {
        Tally tally = mutant.run(api, Extent.SHORT);

        assertThat(tally.experiments()).isPositive();
        assertThat(tally.violations()).isNotEmpty();
        System.out.println("without " + mutant + ": " + tally.violations().getFirst());
    }
}
