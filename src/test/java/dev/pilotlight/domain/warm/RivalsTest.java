package dev.pilotlight.domain.warm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.warm.Rivals.Rival;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several policies name one endpoint: one has its say. */
class RivalsTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T08:00:00Z");

    private final Rival old = new Rival("z-old", "uid-1", MONDAY, false, false, true);
    private final Rival young = new Rival("a-young", "uid-2", MONDAY.plusSeconds(1), false, false, true);

    @Test
    void theOldestHoldsTheEndpointAndIsInForce() {
        Rivals rivals = Rivals.of(List.of(young, old));

        assertThat(rivals.holder()).contains(old);
        assertThat(rivals.inForce()).contains(old);
        assertThat(rivals.before("uid-2")).contains(old);
        assertThat(rivals.before("uid-1")).isEmpty();
    }

    @Test
    void ofTheSameSecondTheNameDecides() {
        Rival twin = new Rival("a-twin", "uid-3", MONDAY, false, false, true);

        assertThat(Rivals.of(List.of(old, twin)).holder()).contains(twin);
    }

    @Test
    void whatIsDeletedOrSuspendedTakesNoPart() {
        Rival leaving = new Rival("z-old", "uid-1", MONDAY, true, false, true);
        Rival resting = new Rival("z-old", "uid-1", MONDAY, false, true, true);

        for (Rival older : List.of(leaving, resting)) {
            Rivals rivals = Rivals.of(List.of(older, young));
            assertThat(rivals.holder()).contains(young);
            assertThat(rivals.inForce()).contains(young);
            assertThat(rivals.before("uid-1"))
                    .as("it is not refused, it does not ask")
                    .isEmpty();
            assertThat(rivals.before("uid-2")).isEmpty();
        }
    }

    @Test
    void untilTheHolderDemandsSomethingTheDemandBeforeStays() {
        Rival silent = new Rival("z-old", "uid-1", MONDAY, false, false, false);
        Rivals rivals = Rivals.of(List.of(silent, young));

        assertThat(rivals.holder()).contains(silent);
        assertThat(rivals.before("uid-2")).contains(silent);
        assertThat(rivals.inForce()).contains(young);
    }

    @Test
    void nobodyIsAnAnswerToo() {
        assertThat(Rivals.of(List.of()).holder()).isEqualTo(Optional.empty());
        assertThat(Rivals.of(List.of()).inForce()).isEqualTo(Optional.empty());
    }
}
