package dev.pilotlight.domain.orphans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Ownership;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CensusTest {
    private static final Orphan ORPHAN = new Orphan(
            new Location("111122223333", "us-east-1"),
            new OwnedResource(
                    OwnedResource.Kind.MODEL,
                    "ml-sentiment-9f3c2a1b",
                    "arn",
                    new Ownership("c", "ml", "sentiment", "uid-1", Ownership.Role.PRIMARY, "9f3c2a1b", "d")));
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = FIRST.plus(Census.APART);

    private final Census census = new Census();

    @Test
    void anOwnerIsGoneWhenItWasMissedTwiceTenMinutesApart() {
        census.answered(ORPHAN, Answer.ABSENT, FIRST);
        assertThat(census.isMissed(ORPHAN)).isTrue();
        assertThat(census.isGone(ORPHAN)).isFalse();

        census.answered(ORPHAN, Answer.ABSENT, LATER.minus(Duration.ofMillis(1)));
        assertThat(census.isGone(ORPHAN)).as("too soon").isFalse();

        census.answered(ORPHAN, Answer.ABSENT, LATER);
        assertThat(census.isGone(ORPHAN)).isTrue();
    }

    @Test
    void anAnswerThatIsNoneStartsItAnew() {
        census.answered(ORPHAN, Answer.ABSENT, FIRST);
        census.answered(ORPHAN, Answer.UNKNOWN, FIRST.plusSeconds(300));
        census.answered(ORPHAN, Answer.ABSENT, LATER);
        assertThat(census.isGone(ORPHAN)).isFalse();
    }

    @Test
    void anOwnerThatIsBackIsNotGoneAnyMore() {
        census.answered(ORPHAN, Answer.ABSENT, FIRST);
        census.answered(ORPHAN, Answer.ABSENT, LATER);
        census.answered(ORPHAN, Answer.PRESENT, LATER);
        assertThat(census.isGone(ORPHAN)).isFalse();
        assertThat(census.isMissed(ORPHAN)).isFalse();
    }
}
