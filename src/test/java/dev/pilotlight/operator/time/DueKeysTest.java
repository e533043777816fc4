package dev.pilotlight.operator.time;

import static org.assertj.core.api.Assertions.assertThat;

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

class DueKeysTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualScheduler scheduler = new ManualScheduler(START);
    private final List<String> delivered = new ArrayList<>();
    private final DueKeys<String> keys = new DueKeys<>(scheduler, "look", delivered::add);

    @Test
    void aKeyIsDeliveredOnceWhenItsTimeComes() {
        keys.lookAt("a", after(10));
        scheduler.advanceTo(after(9));
        assertThat(delivered).isEmpty();
        scheduler.advanceTo(after(10));
        scheduler.advanceTo(after(1000));
        assertThat(delivered).containsExactly("a");
        assertThat(keys.pending()).isEmpty();
        assertThat(scheduler.nextDue()).isEmpty();
    }

    @Test
    void theEarlierOfTwoLooksCounts() {
        keys.lookAt("a", after(10));
        keys.lookAt("a", after(20));
        keys.lookAt("a", after(5));
        assertThat(keys.pending()).isEqualTo(Map.of("a", after(5)));
        scheduler.advanceTo(after(100));
        assertThat(delivered).containsExactly("a");
    }

    @Test
    void aClockThatIsSetHoldsUpNoLook() {
        keys.lookAt("back", after(3610));
        scheduler.set(Duration.ofHours(-1));
        keys.lookAt("back", after(20));
        assertThat(keys.pending()).as("taken along").isEqualTo(Map.of("back", after(10)));
        scheduler.advanceTo(after(10));
        assertThat(delivered).containsExactly("back");

        keys.lookAt("forward", after(600));
        scheduler.set(Duration.ofHours(1));
        keys.lookAt("forward", after(3605));
        scheduler.advanceTo(after(3605));
        assertThat(delivered).containsExactly("back", "forward");
    }

    @Test
    void aLookInThePastIsDueAtOnce() {
        keys.lookAt("a", after(-10));
        assertThat(scheduler.idle()).isFalse();
        scheduler.advanceTo(START);
        assertThat(delivered).containsExactly("a");
    }

    @Test
    void aForgottenKeyIsNotDelivered() {
        keys.lookAt("a", after(10));
        keys.lookAt("b", after(10));
        keys.forget("a");
        keys.forget("never asked for");
        scheduler.advanceTo(after(10));
        assertThat(delivered).containsExactly("b");
    }

    @Test
    void aKeyMayAskForItsNextLookWhileItIsDelivered() {
        List<Instant> seen = new ArrayList<>();
        List<DueKeys<String>> self = new ArrayList<>();
        self.add(new DueKeys<>(scheduler, "look", key -> {
            seen.add(scheduler.clock().instant());
            self.getFirst().lookAt(key, scheduler.clock().instant().plusSeconds(10));
        }));
        self.getFirst().lookAt("a", after(10));
        scheduler.advanceTo(after(35));
        assertThat(seen).containsExactly(after(10), after(20), after(30));
    }

    @Test
    void nothingIsDeliveredAfterClear() {
        keys.lookAt("a", after(1));
        keys.clear();
        scheduler.advanceTo(after(10));
        assertThat(delivered).isEmpty();
        assertThat(keys.pending()).isEmpty();
    }

    @Property
    void everyKeyComesExactlyOnceAtTheEarliestTimeAskedFor(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 399) Integer> asks) {
        ManualScheduler turned = new ManualScheduler(START);
        Map<Integer, Instant> came = new java.util.HashMap<>();
        DueKeys<Integer> due = new DueKeys<>(
                turned,
                "look",
                key -> assertThat(came.put(key, turned.clock().instant())).isNull());
        Map<Integer, Instant> expected = new java.util.HashMap<>();
        for (int ask : asks) {
            int key = ask % 7;
            Instant at = after(ask);
            due.lookAt(key, at);
            expected.merge(key, at, (a, b) -> a.isBefore(b) ? a : b);
        }
        assertThat(due.pending()).isEqualTo(expected);
        turned.advanceTo(after(1000));
        assertThat(came).isEqualTo(expected);
    }

    private static Instant after(long seconds) {
        return START.plusSeconds(seconds);
    }
}
