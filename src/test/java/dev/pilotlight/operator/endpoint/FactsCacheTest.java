package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.preflight.Reading;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is shared, for how long, and what is still known while it is read anew. */
class FactsCacheTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualScheduler time = new ManualScheduler(Instant.parse("2026-03-02T08:00:00Z"));
    private final FactsCache<String, Integer> cache = new FactsCache<>(time.clock(), HOUR);
    private int reads;

    private Reading<Integer> ask(Reading<Integer> answer) {
        return cache.get("quota", false, () -> {
            reads++;
            return answer;
        });
    }

    private static Reading<Integer> failed() {
        return new Reading.Unavailable<>(
                new AwsFailure(FailureKind.THROTTLED, "servicequotas:List", "Throttling", "slow down", "r"));
    }

    @Test
    void whatOneHasReadTheOthersAreSpared() {
        ask(new Reading.Seen<>(7));
        time.advanceTo(time.clock().instant().plus(HOUR).minusSeconds(1));
        assertThat(ask(new Reading.Seen<>(8))).isEqualTo(new Reading.Seen<>(7));
        assertThat(reads).isEqualTo(1);

        time.advanceTo(time.clock().instant().plusSeconds(1));
        assertThat(ask(new Reading.Seen<>(8))).isEqualTo(new Reading.Seen<>(8));
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void whatIsToBeReadAnewIsKnownUntilItIs() {
        ask(new Reading.Seen<>(7));
        cache.forget("quota");
        assertThat(cache.last("quota")).contains(7);

        assertThat(ask(failed())).isEqualTo(failed());
        assertThat(cache.last("quota")).as("AWS was away").contains(7);

        ask(new Reading.Seen<>(8));
        assertThat(cache.last("quota")).contains(8);
        assertThat(reads).isEqualTo(3);
    }

    @Test
    void whatIsNotThereAnyMoreIsNotKnown() {
        ask(new Reading.Seen<>(7));
        cache.forget("quota");
        ask(new Reading.Absent<>());

        assertThat(cache.last("quota")).isEmpty();
    }

    @Test
    void aClockThatIsSetBackMakesNothingLastLonger() {
        ask(new Reading.Seen<>(7));
        time.set(Duration.ofDays(-1));

        assertThat(ask(new Reading.Seen<>(8))).isEqualTo(new Reading.Seen<>(8));
    }
}
