package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.Progress;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.endpoint.PreviewSlot;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.testing.ManualScheduler;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is, from the statuses of the objects. */
class PreviewSlotsTest {
    private static final Location HERE = new Location("111122223333", "us-east-1");
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final ManualScheduler time = new ManualScheduler(START);
    private final List<ServerlessEndpoint> queue = new ArrayList<>();
    private final PreviewSlots slots =
            new PreviewSlots(2, location -> location.equals(HERE) ? queue : List.of(), time.clock());

    @Test
    void asManyAsThereAreSlotsAndNoMore() {
        assertThat(slots.ask(HERE, endpoint("a"))).isInstanceOf(PreviewSlot.Free.class);
        assertThat(slots.ask(HERE, endpoint("a"))).as("it has it").isInstanceOf(PreviewSlot.Free.class);
        assertThat(slots.ask(HERE, endpoint("b"))).isInstanceOf(PreviewSlot.Free.class);
        assertThat(slots.ask(HERE, endpoint("c")))
                .isInstanceOfSatisfying(
                        PreviewSlot.Taken.class,
                        taken -> assertThat(taken.why()).contains("all 2 slots").contains("InPlace"));
        assertThat(slots.ask(new Location("111122223333", "eu-west-1"), endpoint("d")))
                .as("another Region has its own")
                .isInstanceOf(PreviewSlot.Free.class);
    }

    @Test
    void whatTheStatusesSayCountsAlsoAfterARestart() {
        queue.add(holding("a"));
        queue.add(holding("b"));

        assertThat(slots.ask(HERE, endpoint("c"))).isInstanceOf(PreviewSlot.Taken.class);
        queue.removeFirst();
        assertThat(slots.ask(HERE, endpoint("c"))).isInstanceOf(PreviewSlot.Free.class);
    }

    @Test
    void anEarlierPreviewOfTheSameObjectIsNotInItsWay() {
        queue.add(holding("a"));
        queue.add(holding("b"));
        queue.add(waiting("c", START.minusSeconds(10)));

        assertThat(slots.ask(HERE, queue.getFirst())).isInstanceOf(PreviewSlot.Free.class);
    }

    @Test
    void whoWaitsLongestGoesFirst() {
        queue.add(holding("a"));
        queue.add(waiting("late", START.minusSeconds(10)));
        queue.add(waiting("early", START.minusSeconds(20)));

        assertThat(slots.ask(HERE, endpoint("new"))).isInstanceOf(PreviewSlot.Taken.class);
        assertThat(slots.ask(HERE, queue.get(1))).isInstanceOf(PreviewSlot.Taken.class);
        assertThat(slots.next(HERE))
                .containsExactly(ResourceID.fromResource(queue.get(2)), ResourceID.fromResource(queue.get(1)));
        assertThat(slots.ask(HERE, queue.get(2))).isInstanceOf(PreviewSlot.Free.class);
    }

    @Test
    void aSlotThatWasNotUsedGoesBack() {
        slots.ask(HERE, endpoint("a"));
        slots.ask(HERE, endpoint("b"));
        time.advanceTo(START.plusSeconds(31));

        assertThat(slots.ask(HERE, endpoint("c"))).isInstanceOf(PreviewSlot.Free.class);
    }

    @Test
    void aClockThatIsSetBackHoldsNoSlot() {
        slots.ask(HERE, endpoint("a"));
        slots.ask(HERE, endpoint("b"));
        time.set(Duration.ofHours(-1));

        assertThat(slots.ask(HERE, endpoint("c"))).isInstanceOf(PreviewSlot.Free.class);
    }

    @Test
    void aQuotaThatHasNoRoomLetsOneTryAndTheOthersWaitUntilItSucceeds() {
        queue.add(holding("a"));
        slots.refused(HERE);

        assertThat(slots.ask(HERE, endpoint("b")))
                .isInstanceOfSatisfying(
                        PreviewSlot.Taken.class,
                        taken -> assertThat(taken.why()).contains("quota").contains("InPlace"));
        slots.made(HERE);
        assertThat(slots.ask(HERE, endpoint("b"))).isInstanceOf(PreviewSlot.Free.class);
    }

    private static ServerlessEndpoint endpoint(String name) {
        ServerlessEndpoint endpoint = new ServerlessEndpoint();
        endpoint.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ml")
                .withName(name)
                .withUid("uid-" + name)
                .build());
        return endpoint;
    }

    private static ServerlessEndpoint holding(String name) {
        ServerlessEndpoint endpoint = endpoint(name);
        RevisionRecord record = new RevisionRecord("9f3c2a1b", "model", "config", RevisionState.PENDING);
        endpoint.setStatus(new ServerlessEndpointStatusBuilder()
                .revisions(List.of(record.withPreview("preview")))
                .build());
        return endpoint;
    }

    private static ServerlessEndpoint waiting(String name, Instant since) {
        ServerlessEndpoint endpoint = endpoint(name);
        endpoint.setStatus(new ServerlessEndpointStatusBuilder()
                .progress(Progress.of(Reasons.WAITING_FOR_PREVIEW_SLOT, since.toString()))
                .build());
        return endpoint;
    }
}
