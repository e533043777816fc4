package dev.pilotlight.operator.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.ManualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookEventSourceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ResourceID ID = new ResourceID("sentiment", "ml-prod");

    private final ManualScheduler scheduler = new ManualScheduler(START);
    private final LookEventSource<ConfigMap> source = new LookEventSource<>("look", scheduler);
    private final List<ResourceID> reconciled = new ArrayList<>();

    @BeforeEach
    void start() {
        source.setEventHandler((Event event) -> reconciled.add(event.getRelatedCustomResourceID()));
        source.start();
    }

    @Test
    void anObjectIsReconciledWhenItsLookIsDue() {
        source.lookAt(ID, START.plusSeconds(60));
        assertThat(source.pending()).containsEntry(ID, START.plusSeconds(60));
        scheduler.advanceTo(START.plusSeconds(59));
        assertThat(reconciled).isEmpty();
        scheduler.advanceTo(START.plusSeconds(60));
        assertThat(reconciled).containsExactly(ID);
    }

    @Test
    void wakingReconcilesAtOnceAndLeavesTheLook() {
        source.lookAt(ID, START.plusSeconds(60));
        source.wake(ID);
        assertThat(reconciled).containsExactly(ID);
        scheduler.advanceTo(START.plusSeconds(60));
        assertThat(reconciled).containsExactly(ID, ID);
    }

    @Test
    void aDeletedObjectIsLookedAtNoMore() {
        source.lookAt(ID, START.plusSeconds(60));
        source.onResourceDeleted(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("sentiment")
                .withNamespace("ml-prod")
                .endMetadata()
                .build());
        scheduler.advanceTo(START.plusSeconds(60));
        assertThat(reconciled).isEmpty();
    }

    @Test
    void aStoppedSourceHasNoLooks() {
        source.lookAt(ID, START.plusSeconds(60));
        source.stop();
        scheduler.advanceTo(START.plusSeconds(60));
        assertThat(reconciled).isEmpty();
        assertThat(source.pending()).isEmpty();
    }
}
