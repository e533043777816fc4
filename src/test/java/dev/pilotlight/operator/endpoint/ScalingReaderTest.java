package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.endpoint.Demand;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.DesiredBuilder;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalingRules;
import dev.pilotlight.domain.scaling.ScalingView;
import dev.pilotlight.operator.endpoint.EndpointMemories.Memory;
import dev.pilotlight.testing.FakeAwsSessions;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When Application Auto Scaling is asked. */
class ScalingReaderTest {
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Range RANGE = new Range(1, 4);
    private static final SessionRequest SESSION = FakeAwsSessions.requestOfATeam();

    private final ManualScheduler time = new ManualScheduler(Instant.parse("2026-03-02T08:00:00Z"));
    private final FakeAwsSessions aws = new FakeAwsSessions(time.clock());
    private final ScalingReader reader = new ScalingReader(aws, PERIOD, time.clock());
    private final Memory memory = new EndpointMemories().of("uid-1");
    private final Desired desired = new DesiredBuilder()
            .build()
            .under(
                    Optional.of(new Demand.Ranged("office", RANGE, new ScalingRules(Optional.empty(), RANGE))),
                    Optional.empty());

    @Test
    void whatWasSeenCountsForAPeriod() {
        seenNow();
        assertThat(asked()).isFalse();

        time.advanceTo(time.clock().instant().plus(PERIOD));
        assertThat(asked()).isTrue();
    }

    @Test
    void aClockThatIsSetBackADayHoldsNoLookUpForThatDay() {
        seenNow();
        time.set(Duration.ofDays(-1));

        assertThat(asked()).isTrue();
    }

    private void seenNow() {
        memory.scaling(Optional.of(new ScalingView(
                Optional.empty(), List.of(), List.of(), time.clock().instant())));
    }

    /** That AWS refuses is as good an answer as any. */
    private boolean asked() {
        aws.deny("ml");
        Instant now = time.clock().instant();
        EndpointSnapshot live = new EndpointSnapshot(
                desired.endpointName(),
                "arn",
                EndpointStatus.IN_SERVICE,
                now,
                now,
                "config",
                Optional.empty(),
                List.of());
        reader.look(
                SESSION,
                desired,
                new ServerlessEndpointStatusBuilder().build(),
                new Sighting.Present<>(live, desired.owner().toTags()),
                memory);
        return !aws.drainOpened().isEmpty();
    }
}
