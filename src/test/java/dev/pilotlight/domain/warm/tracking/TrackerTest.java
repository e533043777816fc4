package dev.pilotlight.domain.warm.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.TargetTracking;
import dev.pilotlight.domain.metrics.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Capacity that follows use: what adds to it, what takes from it, and what is not believed. */
final class TrackerTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final int MAX_CONCURRENCY = 50;
    private static final TargetTracking SPEC = new TargetTracking(1, 20, 70, 300, 60);

    @Test
    void whatLastsIsMetAtTheTarget() {
        assertThat(decide(busy(7, 7, 7, 7, 7, 7), has(5)).capacity()).isEqualTo(10);
    }

    @Test
    void allOfTheTargetInUseAsksForNothingMore() {
        assertThat(decide(busy(7, 7, 7, 7, 7, 7), has(10)).capacity()).isEqualTo(10);
    }

    @Test
    void aMinuteThatBurstsIsNoReasonYet() {
        assertThat(decide(busy(3, 3, 3, 3, 3, 3), has(5)).capacity()).isEqualTo(5);
        assertThat(decide(busy(3, 3, 3, 3, 3, 4), has(5)).capacity())
                .as("one more, as the last minutes needed six")
                .isEqualTo(6);
    }

    @Test
    void whatNeedsTwiceWhatThereIsDoesNotWait() {
        Tracked justChanged = new Tracked(4, NOW.minusSeconds(5), Optional.empty());

        assertThat(decide(busy(1, 1, 1, 1, 1, 9), Optional.of(justChanged)).capacity())
                .isEqualTo(13);
    }

    @Test
    void whatSpillsOverNeedsOneMoreAtLeast() {
        Measured.Series full =
                new Measured.Series(busy(2, 2, 2, 2, 2, 2).executions(), List.of(), series(0, 0, 0, 0, 0, 3));

        assertThat(decide(full, has(3)).capacity()).isEqualTo(4);
    }

    @Test
    void usageOfAllKindsCountsWhereItIsHigher() {
        Measured.Series spilling =
                new Measured.Series(series(2, 2, 2, 2, 2, 2), series(0.28, 0.28, 0.28, 0.28, 0.28, 0.28), List.of());

        assertThat(decide(spilling, has(2)).capacity()).isEqualTo(20);
    }

    @Test
    void capacityIsTakenAwayByHalfAfterAWholeCooldownOfLess() {
        assertThat(decide(busy(1, 1, 1, 1, 1, 1), has(16)).capacity()).isEqualTo(8);
        assertThat(decide(busy(1, 1, 1, 6, 1, 1), has(16)).capacity())
                .as("a minute of the cooldown needed nine")
                .isEqualTo(9);
    }

    @Test
    void aLittleIsTakenAwayOnlyWhenNothingHasMovedForAnHour() {
        Tracked lately = new Tracked(10, NOW.minus(Duration.ofMinutes(59)), Optional.empty());
        Measured.Series nine = busy(6, 6, 6, 6, 6, 6);
        Measured.Series eight = busy(5.5, 5.5, 5.5, 5.5, 5.5, 5.5);

        assertThat(decide(nine, Optional.of(lately)).capacity()).isEqualTo(10);
        assertThat(decide(eight, Optional.of(lately)).capacity())
                .as("a fifth is not little")
                .isEqualTo(8);
        assertThat(decide(nine, has(10)).capacity()).as("an hour ago").isEqualTo(9);
    }

    @Test
    void nothingIsTakenAwayRightAfterAChange() {
        Tracked justChanged = new Tracked(16, NOW.minusSeconds(200), Optional.empty());

        assertThat(decide(busy(1, 1, 1, 1, 1, 1), Optional.of(justChanged)).capacity())
                .isEqualTo(16);
    }

    @Test
    void aClockThatWasSetBackDoesNotHoldACooldownForEver() {
        Tracked inTheFuture = new Tracked(16, NOW.plus(Duration.ofHours(1)), Optional.empty());

        assertThat(decide(busy(1, 1, 1, 1, 1, 1), Optional.of(inTheFuture)).capacity())
                .isEqualTo(8);
    }

    @Test
    void gapsAreNotSilence() {
        Measured.Series sparse = new Measured.Series(
                List.of(new Point(NOW.minusSeconds(60), 0), new Point(NOW.minusSeconds(300), 0)), List.of(), List.of());

        assertThat(decide(sparse, has(8)).capacity()).isEqualTo(8);
        assertThat(decide(busy(0, 0, 0, 0, 0, 0), has(8)).capacity())
                .as("a zero that is said is one")
                .isEqualTo(4);
    }

    @Test
    void noValuesKeepWhatThereIs() {
        Tracked kept = decide(new Measured.Series(List.of(), List.of(), List.of()), has(8));

        assertThat(kept.capacity()).isEqualTo(8);
        assertThat(kept.distrust()).hasValueSatisfying(why -> assertThat(why).contains("no values"));
    }

    @Test
    void oldValuesKeepWhatThereIs() {
        List<Point> old = IntStream.range(6, 12)
                .mapToObj(m -> new Point(NOW.minus(Duration.ofMinutes(m)), 0))
                .toList();

        assertThat(decide(new Measured.Series(old, List.of(), List.of()), has(8))
                        .capacity())
                .isEqualTo(8);
    }

    @Test
    void aReadThatFailedKeepsWhatThereIs() {
        Tracked kept = Tracker.decide(SPEC, MAX_CONCURRENCY, new Measured.Failed("denied"), has(8), NOW);

        assertThat(kept).isEqualTo(new Tracked(8, NOW.minus(Duration.ofHours(1)), Optional.of("denied")));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 201, 1e300})
    void anImpossibleValueKeepsWhatThereIs(double value) {
        Tracked kept = decide(busy(1, 1, 1, value, 1, 1), has(8));

        assertThat(kept.capacity()).isEqualTo(8);
        assertThat(kept.distrust()).isPresent();
    }

    @Test
    void valuesFromTheFutureAreNotBelieved() {
        Measured.Series ahead =
                new Measured.Series(List.of(new Point(NOW.plus(Duration.ofMinutes(10)), 9)), List.of(), List.of());

        assertThat(decide(ahead, has(3)).distrust())
                .hasValueSatisfying(why -> assertThat(why).contains("clocks"));
    }

    @Test
    void withNothingRememberedTheLastMinutesSayWhatIsSafe() {
        assertThat(decide(busy(1, 6, 1, 1, 1, 1), Optional.empty()).capacity()).isEqualTo(9);
        assertThat(decide(new Measured.Series(List.of(), List.of(), List.of()), Optional.empty())
                        .capacity())
                .as("nothing is known at all")
                .isEqualTo(1);
    }

    /** F28: whatever the source says, the cap holds, and so does the floor. */
    @Test
    void noSourceMovesCapacityOutOfItsLimits() {
        long seed = 20_260_302;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double[] odd = {Double.NaN, -5, 0, 1e9, Double.POSITIVE_INFINITY, 3, 40, 199, 0.5};
        for (int i = 0; i < 20_000; i++) {
            Measured.Series noise = new Measured.Series(noise(random, odd), noise(random, odd), noise(random, odd));
            Optional<Tracked> before = random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(new Tracked(
                            random.nextInt(-5, 300), NOW.minusSeconds(random.nextInt(-600, 600)), Optional.empty()));
            Tracked next = Tracker.decide(SPEC, MAX_CONCURRENCY, noise, before, NOW);
            assertThat(next.capacity()).as("seed %s, round %s", seed, i).isBetween(1, 20);
            if (next.distrust().isPresent() && before.isPresent()) {
                assertThat(next.capacity())
                        .as("seed %s, round %s", seed, i)
                        .isEqualTo(Math.clamp(before.get().capacity(), 1, 20));
            }
        }
    }

    /** A day of noisy traffic: the number moves, but not to and fro. */
    @Test
    void noisyTrafficDoesNotMakeItFlap() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        List<Point> points = new ArrayList<>();
        Optional<Tracked> tracked = Optional.empty();
        int changes = 0;
        int turns = 0;
        int direction = 0;
        for (int minute = 0; minute < 1440; minute++) {
            Instant at = NOW.plus(Duration.ofMinutes(minute));
            points.add(new Point(at, 5 + random.nextInt(3)));
            List<Point> seen = points.subList(Math.max(0, points.size() - 10), points.size());
            Tracked next = Tracker.decide(
                    SPEC,
                    MAX_CONCURRENCY,
                    new Measured.Series(seen, List.of(), List.of()),
                    tracked,
                    at.plusSeconds(60));
            if (tracked.isPresent() && next.capacity() != tracked.get().capacity()) {
                int way = Integer.signum(next.capacity() - tracked.get().capacity());
                turns += way == -direction ? 1 : 0;
                direction = way;
                changes++;
            }
            tracked = Optional.of(next);
        }
        assertThat(changes).isLessThan(50);
        assertThat(turns).as("to and fro once an hour at most").isLessThanOrEqualTo(2 * 24);
        assertThat(tracked.orElseThrow().capacity()).isBetween(8, 11);
    }

    private static List<Point> noise(RandomGenerator random, double[] odd) {
        List<Point> points = new ArrayList<>();
        for (int minute = random.nextInt(0, 12); minute > 0; minute--) {
            if (random.nextInt(4) > 0) {
                double value = random.nextInt(3) == 0 ? odd[random.nextInt(odd.length)] : random.nextDouble() * 60;
                points.add(new Point(NOW.minus(Duration.ofMinutes(minute)), value));
            }
        }
        return points;
    }

    private static Tracked decide(Measured.Series series, Optional<Tracked> before) {
        return Tracker.decide(SPEC, MAX_CONCURRENCY, series, before, NOW);
    }

    private static Optional<Tracked> has(int capacity) {
        return Optional.of(new Tracked(capacity, NOW.minus(Duration.ofHours(1)), Optional.empty()));
    }

    /** The last six minutes, oldest first. */
    private static Measured.Series busy(double... executions) {
        return new Measured.Series(series(executions), List.of(), List.of());
    }

    private static List<Point> series(double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new Point(NOW.minus(Duration.ofMinutes(values.length - (long) i)), values[i]))
                .toList();
    }
}
