package dev.pilotlight.domain.warm.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.metrics.Point;
import dev.pilotlight.domain.warm.ping.Bursts.Burst;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurstsTest {
    private static final Instant EIGHT = Instant.parse("2026-01-05T08:00:00Z");

    private static Instant at(int seconds) {
        return EIGHT.plusSeconds(seconds);
    }

    private static Point minute(int minute, double value) {
        return new Point(EIGHT.plusSeconds(60L * minute), value);
    }

    @Test
    void aBurstInWhoseMinuteAContainerStartedWasCold() {
        List<Burst> bursts = List.of(new Burst(at(0), 2), new Burst(at(241), 2), new Burst(at(480), 2));

        assertThat(Bursts.seen(bursts, List.of(minute(0, 2), minute(4, 2), minute(8, 2)), List.of(minute(8, 1))))
                .containsExactly(new Seen(Duration.ofMinutes(4), false), new Seen(Duration.ofMinutes(4), true));
    }

    @Test
    void whereOthersCalledNothingIsLearned() {
        List<Burst> bursts = List.of(new Burst(at(0), 1), new Burst(at(240), 1), new Burst(at(480), 1));

        assertThat(Bursts.seen(
                        bursts, List.of(minute(0, 1), minute(2, 5), minute(4, 1), minute(8, 1)), List.of(minute(8, 1))))
                .containsExactly(new Seen(Duration.ofMinutes(4), true));
        assertThat(Bursts.seen(bursts, List.of(minute(0, 1), minute(4, 1), minute(8, 3)), List.of()))
                .containsExactly(new Seen(Duration.ofMinutes(4), false));
    }

    @Test
    void aCallInTheMinuteAfterABurstIsSomebodyElses() {
        List<Burst> bursts = List.of(new Burst(at(0), 1), new Burst(at(240), 1));

        assertThat(Bursts.seen(bursts, List.of(minute(0, 1), minute(1, 1), minute(4, 1)), List.of(minute(1, 1))))
                .as("it kept the container warm")
                .isEmpty();
        assertThat(Bursts.cold(bursts, List.of(minute(0, 1), minute(1, 1), minute(4, 1)), List.of(minute(1, 1))))
                .as("and the start was its own")
                .isEmpty();
    }

    @Test
    void aGapThatBeganWithoutAnAnswerSaysNothing() {
        List<Burst> bursts = List.of(new Burst(at(0), 1), new Burst(at(120), 0), new Burst(at(240), 1));

        assertThat(Bursts.seen(bursts, List.of(minute(0, 1), minute(4, 1)), List.of(minute(4, 1))))
                .isEmpty();
        assertThat(Bursts.cold(bursts, List.of(minute(0, 1), minute(4, 1)), List.of(minute(4, 1))))
                .containsExactly(new Bursts.Cold(at(240), 1));
    }

    @Test
    void aBurstThatIsNotCountedYetIsNoWarmOne() {
        List<Burst> bursts = List.of(new Burst(at(0), 1), new Burst(at(240), 1));

        assertThat(Bursts.seen(bursts, List.of(minute(0, 1)), List.of())).isEmpty();
    }

    @Test
    void aBurstAtTheEndOfAMinuteMayBeCountedInTheNext() {
        List<Burst> bursts = List.of(new Burst(at(0), 1), new Burst(at(299), 1));

        assertThat(Bursts.seen(bursts, List.of(minute(0, 1), minute(5, 1)), List.of(minute(5, 1))))
                .containsExactly(new Seen(Duration.ofMinutes(5), true));
    }

    @Test
    void aStartIsOursOnlyWhereNobodyElseCanHaveMadeIt() {
        List<Burst> bursts = List.of(new Burst(at(0), 3), new Burst(at(240), 3), new Burst(at(480), 3));

        assertThat(Bursts.cold(
                        bursts,
                        List.of(minute(0, 3), minute(4, 4), minute(8, 9)),
                        List.of(minute(0, 3), minute(2, 1), minute(4, 2), minute(8, 4))))
                .containsExactly(new Bursts.Cold(at(0), 3), new Bursts.Cold(at(240), 1));
    }

    @Test
    void pingsAreHeldWhereTheyWouldDoNoGood() {
        assertThat(Hold.of(false, 0, 1, true, true)).contains(Hold.NOT_IN_SERVICE);
        assertThat(Hold.of(true, 1, 1, true, false)).contains(Hold.COVERED);
        assertThat(Hold.of(true, 1, 3, true, true)).isEmpty();
        assertThat(Hold.of(true, 0, 1, false, true)).contains(Hold.WINDOW_SHUT);
        assertThat(Hold.of(true, 0, 1, true, false)).contains(Hold.BUDGET_SPENT);
    }
}
