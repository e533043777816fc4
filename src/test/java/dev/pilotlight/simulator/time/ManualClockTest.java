package dev.pilotlight.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final List<String> ran = new ArrayList<>();

    @Test
    void timeStandsStillUntilItIsTurned() {
        assertThat(clock.now()).isEqualTo(START);
        clock.advanceTo(START.plusSeconds(5));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(5));
        clock.advanceTo(START);
        assertThat(clock.now()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void eventsRunInTheOrderOfTheirDueTimes() {
        clock.at(START.plusSeconds(3), () -> ran.add("third at " + clock.now()));
        clock.at(START.plusSeconds(1), () -> ran.add("first at " + clock.now()));
        clock.at(START.plusSeconds(1), () -> ran.add("second at " + clock.now()));
        assertThat(clock.nextDue()).contains(START.plusSeconds(1));
        clock.advanceTo(START.plusSeconds(10));
        assertThat(ran)
                .containsExactly(
                        "first at 2026-01-01T00:00:01Z",
                        "second at 2026-01-01T00:00:01Z",
                        "third at 2026-01-01T00:00:03Z");
        assertThat(clock.nextDue()).isEmpty();
    }

    @Test
    void whatAnEventPlacesRunsInTheSameTurn() {
        clock.at(START.plusSeconds(1), () -> clock.at(START.plusSeconds(2), () -> ran.add("nested")));
        clock.advanceTo(START.plusSeconds(2));
        assertThat(ran).containsExactly("nested");
    }

    @Test
    void whatIsNotDueWaits() {
        clock.at(START.plusSeconds(2), () -> ran.add("late"));
        clock.advanceTo(START.plusSeconds(1));
        assertThat(ran).isEmpty();
    }

    @Test
    void anOverdueEventRunsAtTheNextTurnWithoutTimePassing() {
        clock.at(START.minusSeconds(5), () -> ran.add("overdue"));
        assertThat(ran).isEmpty();
        clock.advanceTo(clock.now());
        assertThat(ran).containsExactly("overdue");
        assertThat(clock.now()).isEqualTo(START);
    }
}
