package dev.pilotlight.domain.warm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.Progress;
import dev.pilotlight.api.v1alpha1.Reasons;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How early capacity is asked for, and what is no reason to ask earlier. */
final class LeadTest {
    private static final Instant NINE = Instant.parse("2026-03-11T09:00:00Z");

    @Test
    void provisioningThatTakesLongerIsAskedForEarlierAtOnceAndLaterSlowly() {
        Duration lead = Lead.after(Lead.LEAST, Duration.ofSeconds(421));

        assertThat(lead).isEqualTo(Duration.ofMinutes(8));
        assertThat(Lead.after(lead, Duration.ofSeconds(30))).isEqualTo(Duration.ofMinutes(7));
        assertThat(Lead.after(Lead.LEAST, Duration.ofSeconds(30))).isEqualTo(Lead.LEAST);
        assertThat(Lead.reported(null)).isEqualTo(Lead.LEAST);
        assertThat(Lead.reported(-7)).isEqualTo(Lead.LEAST);
    }

    @Test
    void anOutageIsNoProvisioning() {
        assertThat(Lead.after(Lead.LEAST, Duration.ofDays(3))).isEqualTo(Lead.LEAST);
        assertThat(Lead.after(Duration.ofMinutes(8), Duration.ofMinutes(61))).isEqualTo(Duration.ofMinutes(8));
        assertThat(Lead.after(Duration.ofMinutes(8), Duration.ofMinutes(-2)))
                .as("a clock that went back")
                .isEqualTo(Duration.ofMinutes(8));
    }

    @Test
    void oneSlowMorningIsForgottenWithinAWeek() {
        Duration lead = Lead.after(Lead.LEAST, Duration.ofHours(1));
        assertThat(lead).isEqualTo(Duration.ofHours(1));
        for (int day = 0; day < 7; day++) {
            lead = Lead.after(lead, Duration.ofMinutes(3));
        }
        assertThat(lead).isEqualTo(Lead.LEAST);
    }

    @Test
    void itCountsFromWhenAwsWasAskedLast() {
        Rise asked =
                Rise.to(4).seen(scaling(4, NINE.minus(Duration.ofMinutes(50)))).seen(scaling(4, NINE));

        assertThat(asked.lead(Lead.LEAST, NINE.plus(Duration.ofMinutes(9)))).isEqualTo(Duration.ofMinutes(9));
    }

    @Test
    void whatARolloutOrASuspendedEndpointHeldUpTeachesNothing() {
        Rise heldUp = Rise.to(4)
                .seen(null)
                .seen(Progress.of(Reasons.UPDATING_ENDPOINT, NINE.toString()))
                .seen(scaling(2, NINE));

        assertThat(heldUp.lead(Lead.LEAST, NINE.plus(Duration.ofMinutes(40)))).isEqualTo(Lead.LEAST);
    }

    private static Progress scaling(int provisioned, Instant since) {
        return new Progress(Reasons.UPDATING_CAPACITY, since.toString(), 20, provisioned);
    }
}
