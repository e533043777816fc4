package dev.pilotlight.simulator.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.simulator.cloudwatch.AlarmBook.Alarm;
import dev.pilotlight.simulator.cloudwatch.AlarmBook.State;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Measurements;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who evaluates an alarm has looked at it before, and it may have changed or gone meanwhile. */
class AlarmBookTest {
    private static final Scope SCOPE = new Scope("111122223333", "us-east-1");
    private static final Instant LATER = Instant.parse("2026-01-01T00:05:00Z");

    private final AlarmBook book = new AlarmBook();

    private static Alarm alarm(double threshold) {
        return new Alarm(
                "high",
                "arn:aws:cloudwatch:us-east-1:111122223333:alarm:high",
                new Measurements.Variant("e", "main"),
                "ServerlessProvisionedConcurrencyUtilization",
                "GreaterThanThreshold",
                threshold,
                3,
                "arn:of-the-policy",
                State.INSUFFICIENT_DATA,
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void aNewStateLeavesWhatWasChangedMeanwhile() {
        book.put(SCOPE, alarm(0.7));
        book.put(SCOPE, alarm(0.5));

        book.enter(SCOPE, "high", State.ALARM, LATER);

        assertThat(book.list(SCOPE)).containsExactly(alarm(0.5).in(State.ALARM, LATER));
    }

    @Test
    void aNewStateDoesNotBringBackAnAlarmThatIsGone() {
        book.put(SCOPE, alarm(0.7));
        book.remove(SCOPE, "high");

        book.enter(SCOPE, "high", State.OK, LATER);

        assertThat(book.list(SCOPE)).isEmpty();
    }
}
