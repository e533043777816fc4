package dev.pilotlight.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final Location HERE = new Location("111122223333", "us-east-1");
    private static final Location THERE = new Location("111122223333", "eu-west-1");
    private static final String CREATE = "sagemaker:CreateEndpoint";

    private final ManualScheduler time = new ManualScheduler(Instant.parse("2026-01-05T08:00:00Z"));
    private final RateLimiter limiter = new RateLimiter(RateSettings.defaults(), time.clock());

    private void pass(Duration duration) {
        time.advanceTo(time.clock().instant().plus(duration));
    }

    private boolean passes(Priority priority) {
        return refusal(limiter, priority) == null;
    }

    private static AwsException refusal(RateLimiter limiter, Priority priority) {
        return catchThrowableOfType(AwsException.class, () -> limiter.acquire(HERE, CREATE, priority));
    }

    private int drain(Priority priority) {
        int granted = 0;
        while (passes(priority)) {
            granted++;
        }
        return granted;
    }

    @Test
    void lowerPrioritiesLeaveTheLastTokensToHigherOnes() {
        assertThat(drain(Priority.DRIFT)).isEqualTo(14);
        assertThat(drain(Priority.CHANGE)).isEqualTo(4);
        assertThat(drain(Priority.DELETE)).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackAnHourFillsTheBucketFromThenOn() {
        drain(Priority.DELETE);
        limiter.throttled(HERE, CREATE);

        time.set(Duration.ofHours(-1));
        assertThat(passes(Priority.DELETE)).as("time that was counted already").isFalse();
        AwsException held = refusal(limiter, Priority.DELETE);
        assertThat(held.retryAt().orElseThrow()).isBefore(time.clock().instant().plusSeconds(30));
        time.advanceTo(held.retryAt().orElseThrow());
        assertThat(passes(Priority.DELETE)).isTrue();

        double rate = limiter.ratePerSecond(HERE, CREATE);
        limiter.throttled(HERE, CREATE);
        assertThat(limiter.ratePerSecond(HERE, CREATE))
                .as("it slows down again")
                .isLessThan(rate);
    }

    @Test
    void whoIsHeldBackIsToldWhenToComeAgainAndThenPasses() {
        drain(Priority.DELETE);

        AwsException held = refusal(limiter, Priority.DELETE);
        time.advanceTo(held.retryAt().orElseThrow());

        assertThat(held.kind()).isEqualTo(FailureKind.THROTTLED);
        assertThat(held.failure().code()).isEqualTo(RateLimiter.CODE);
        assertThat(passes(Priority.DELETE)).isTrue();
    }

    @Test
    void thoseWhoAreHeldBackAreNotAllSentForTheSameToken() {
        drain(Priority.DELETE);

        Instant first = refusal(limiter, Priority.DELETE).retryAt().orElseThrow();
        Instant second = refusal(limiter, Priority.DELETE).retryAt().orElseThrow();

        assertThat(Duration.between(first, second)).isGreaterThanOrEqualTo(Duration.ofMillis(90));
    }

    @Test
    void everyOperationAndEveryLocationHasABucketOfItsOwn() {
        drain(Priority.DELETE);

        limiter.acquire(HERE, "sagemaker:DescribeEndpoint", Priority.DRIFT);
        limiter.acquire(THERE, CREATE, Priority.DRIFT);
    }

    @Test
    void throttlingHalvesTheRateDownToTheFloorAndOnlyOnceASecond() {
        limiter.throttled(HERE, CREATE);
        limiter.throttled(HERE, CREATE);
        assertThat(limiter.ratePerSecond(HERE, CREATE)).isEqualTo(5);

        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(1));
            limiter.throttled(HERE, CREATE);
        }

        assertThat(limiter.ratePerSecond(HERE, CREATE)).isBetween(0.5, 0.6);
    }

    @Test
    void theRateRecoversSlowly() {
        limiter.throttled(HERE, CREATE);

        pass(Duration.ofSeconds(30));
        assertThat(limiter.ratePerSecond(HERE, CREATE)).isBetween(7.0, 8.0);
        pass(Duration.ofSeconds(60));
        assertThat(limiter.ratePerSecond(HERE, CREATE)).isEqualTo(10);
    }

    @Test
    void aListingThatWasBegunIsEndedOnCredit() {
        drain(Priority.DELETE);
        for (int page = 0; page < 20; page++) {
            limiter.acquireOnCredit(HERE, CREATE);
        }

        Instant due = refusal(limiter, Priority.DELETE).retryAt().orElseThrow();

        assertThat(Duration.between(time.clock().instant(), due))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void aBucketOfOneLetsEverybodyPass() {
        RateLimiter tiny = new RateLimiter(
                new RateSettings(new RateSettings.Rate(1, 1, 1), Map.of(), Duration.ofMinutes(1)), time.clock());

        assertThat(refusal(tiny, Priority.DRIFT)).isNull();
    }

    /** In no window more than what lay ready and what came back meanwhile, whatever the rhythm of calls and throttling. */
    @Property(tries = 200)
    void neverMoreThanRateTimesTimePlusBurst(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 400) Integer> gaps,
            @ForAll @IntRange(min = 1, max = 20) int rate,
            @ForAll @IntRange(min = 1, max = 30) int burst,
            @ForAll @IntRange(min = 1, max = 50) int throttledEvery,
            @ForAll Priority priority) {
        ManualScheduler clock = new ManualScheduler(Instant.EPOCH);
        RateLimiter limited = new RateLimiter(
                new RateSettings(new RateSettings.Rate(rate, burst, 0.5), Map.of(), Duration.ofSeconds(10)),
                clock.clock());
        List<Instant> granted = new ArrayList<>();
        int call = 0;
        for (int gap : gaps) {
            clock.advanceTo(clock.clock().instant().plusMillis(gap));
            for (int i = 0; i < 3; i++) {
                if (refusal(limited, priority) == null) {
                    granted.add(clock.clock().instant());
                }
                if (++call % throttledEvery == 0) {
                    limited.throttled(HERE, CREATE);
                }
            }
        }
        for (int from = 0; from < granted.size(); from += 7) {
            double seconds =
                    Duration.between(granted.get(from), granted.getLast()).toNanos() / 1e9;
            assertThat((double) granted.size() - from).isLessThanOrEqualTo(rate * seconds + burst + 1e-6);
        }
    }
}
