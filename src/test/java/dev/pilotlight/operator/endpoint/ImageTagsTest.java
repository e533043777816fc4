package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.testing.FakeAwsSessions;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How often a registry is asked what a tag means. */
class ImageTagsTest {
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final SessionRequest SESSION = FakeAwsSessions.requestOfATeam();

    private final ManualScheduler time = new ManualScheduler(Instant.parse("2026-03-02T08:00:00Z"));
    private final FakeAwsSessions aws = new FakeAwsSessions(time.clock());
    private final ImageTags tags = new ImageTags(aws, PERIOD, time.clock());

    @Test
    void aTagIsAskedForOncePerPeriodAndNotAtOnceAfterAStart() {
        aws.deny("ml");
        assertThat(asked()).isFalse();
        time.advanceTo(time.clock().instant().plus(PERIOD));
        assertThat(asked()).isTrue();
        assertThat(asked()).isFalse();
        time.advanceTo(time.clock().instant().plus(PERIOD));
        assertThat(asked()).isTrue();
    }

    @Test
    void aClockThatIsSetBackADayHoldsNoLookUpForThatDay() {
        aws.deny("ml");
        asked();
        time.advanceTo(time.clock().instant().plus(PERIOD));
        asked();

        time.set(Duration.ofDays(-1));
        time.advanceTo(time.clock().instant().plus(PERIOD));

        assertThat(asked()).isTrue();
    }

    private boolean asked() {
        tags.look(SESSION, "111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1");
        return !aws.drainOpened().isEmpty();
    }
}
