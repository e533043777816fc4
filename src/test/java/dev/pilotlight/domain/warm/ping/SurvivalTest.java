package dev.pilotlight.domain.warm.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurvivalTest {

    private static Seen warm(int seconds) {
        return new Seen(Duration.ofSeconds(seconds), false);
    }

    private static Seen cold(int seconds) {
        return new Seen(Duration.ofSeconds(seconds), true);
    }

    private static double after(Survival survival, int seconds) {
        return survival.after(Duration.ofSeconds(seconds));
    }

    @Test
    void aColdAnswerSaysNothingOfShorterGaps() {
        Survival survival = Survival.of(List.of(warm(100), warm(100), cold(400)));

        assertThat(after(survival, 100)).isEqualTo(1);
        assertThat(after(survival, 50)).isEqualTo(1);
        // Somewhere after 100 it died; nobody saw when.
        assertThat(after(survival, 101)).isZero();
        assertThat(survival.longest(0.9)).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void theEstimateNeverRises() {
        Survival survival = Survival.of(List.of(warm(100), cold(100), warm(200), warm(200), cold(300)));

        assertThat(after(survival, 100)).isEqualTo(0.75);
        assertThat(after(survival, 200)).isEqualTo(0.75);
        assertThat(after(survival, 300)).isZero();
    }

    @Test
    void whatWasNeverTriedIsNotTrusted() {
        assertThat(after(Survival.of(List.of(warm(240))), 241)).isZero();
        assertThat(Survival.of(List.of()).longest(0.5)).isEqualTo(Duration.ZERO);
    }

    @Test
    void itFindsTheLawBehindManyAnswers() {
        Random random = new Random(7);
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int gap = 10 * (1 + random.nextInt(120));
            // Lives are exponential with a mean of 600 s.
            double life = -600 * Math.log(1 - random.nextDouble());
            seen.add(new Seen(Duration.ofSeconds(gap), life < gap));
        }
        Survival survival = Survival.of(seen);

        for (int gap : new int[] {120, 300, 600, 900}) {
            assertThat(after(survival, gap)).as("gap %d", gap).isCloseTo(Math.exp(-gap / 600.0), within(0.06));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 200, 300, 420, 900, 3000})
    void theIntervalComesCloseToWhatContainersLiveAndStaysBelow(int lives) {
        Duration interval = Duration.ofMinutes(4);
        List<Seen> seen = new ArrayList<>();
        int colds = 0;
        for (int burst = 0; burst < 600; burst++) {
            boolean cold = interval.toSeconds() > lives;
            colds += cold ? 1 : 0;
            seen.add(new Seen(interval, cold));
            interval = LearnedInterval.next(interval, seen);
        }

        assertThat(interval.toSeconds()).isBetween(Math.round(lives * 0.7), (long) lives);
        assertThat(colds).as("cold pings that learning cost").isLessThanOrEqualTo(10);
    }

    @Test
    void theIntervalStaysWithinItsBounds() {
        List<Seen> always = List.of(cold(30));
        assertThat(LearnedInterval.next(Duration.ofSeconds(30), always)).isEqualTo(LearnedInterval.SHORTEST);
        List<Seen> never = Collections.nCopies(20, warm(3600));
        assertThat(LearnedInterval.next(Duration.ofHours(1), never)).isEqualTo(LearnedInterval.LONGEST);
        assertThat(LearnedInterval.next(Duration.ofMinutes(4), List.of())).isEqualTo(Duration.ofMinutes(4));
    }
}
