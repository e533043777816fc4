package dev.pilotlight.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningClockTest {

    @Test
    void twoClocksOfTheSameNumbersShowTheSameTime() {
        Instant wall = Instant.now().minusSeconds(10);
        Instant origin = Instant.parse("2030-01-01T00:00:00Z");
        try (RunningClock one = new RunningClock(wall, origin, 60);
                RunningClock other = new RunningClock(wall, origin, 60)) {
            assertThat(one.now()).isAfterOrEqualTo(origin.plusSeconds(600));
            assertThat(Duration.between(one.now(), other.now())).isLessThan(Duration.ofMinutes(5));
        }
    }

    @Test
    void anEventOfAnHourAheadComesInAMomentWhenTimeRunsFast() throws InterruptedException {
        try (RunningClock fast = RunningClock.accelerated(100_000)) {
            CountDownLatch rang = new CountDownLatch(1);
            Instant due = fast.now().plus(Duration.ofHours(1));
            fast.at(due, rang::countDown);
            assertThat(rang.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(fast.now()).isAfterOrEqualTo(due);
        }
    }

    @Test
    void anEventMayBeFurtherAheadThanNanosecondsCanCount() {
        try (RunningClock clock = RunningClock.real()) {
            assertThatNoException().isThrownBy(() -> clock.at(Instant.parse("9999-12-31T00:00:00Z"), () -> {}));
        }
    }

    @Test
    void timeCannotStandStillOrRunBackwards() {
        assertThatIllegalArgumentException().isThrownBy(() -> RunningClock.accelerated(0));
        assertThatIllegalArgumentException().isThrownBy(() -> RunningClock.accelerated(Double.NaN));
    }
}
