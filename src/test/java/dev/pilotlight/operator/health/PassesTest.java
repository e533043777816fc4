package dev.pilotlight.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.ManualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PassesTest {
    private final ManualScheduler time = new ManualScheduler(Instant.parse("2026-01-01T00:00:00Z"));
    private final Passes passes = new Passes(time.clock());

    private static ConfigMap object(String uid) {
        return object(uid, "7");
    }

    private static ConfigMap object(String uid, String version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withUid(uid)
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }

    private void pass(String uid, boolean good) {
        try (Passes.Pass pass = passes.begin("c", object(uid))) {
            if (good) {
                pass.succeeded();
            }
        }
    }

    private void later(long seconds) {
        time.advanceTo(time.clock().instant().plusSeconds(seconds));
    }

    @Test
    void theOldestObjectWithoutAGoodPassIsSeen() {
        pass("bad", false);
        later(10);
        pass("bad", false);
        pass("worse", false);
        later(10);

        assertThat(passes.oldestUnreconciled()).isEqualTo(Duration.ofSeconds(20));
        pass("bad", true);
        assertThat(passes.oldestUnreconciled()).isEqualTo(Duration.ofSeconds(10));
        pass("worse", true);
        assertThat(passes.oldestUnreconciled()).isZero();
    }

    @Test
    void aPassThatHangsIsSeenWhileItHangs() {
        try (Passes.Pass pass = passes.begin("c", object("a"))) {
            later(60);
            assertThat(passes.oldestUnreconciled()).isEqualTo(Duration.ofMinutes(1));
            assertThat(passes.running()).isEqualTo(1);
            assertThat(pass.controller()).isEqualTo("c");
        }
        assertThat(passes.running()).isZero();
    }

    @Test
    void anObjectThatIsGoneIsWaitedForByNobody() {
        pass("a", false);
        later(60);
        passes.forget("a");

        assertThat(passes.oldestUnreconciled()).isZero();
        assertThat(passes.lastVersion("a")).isEmpty();
    }

    @Test
    void anObjectLetGoInItsLastPassLeavesNothingBehind() {
        try (Passes.Pass pass = passes.begin("c", object("a"))) {
            passes.forget("a");
            pass.succeeded();
        }

        assertThat(passes.lastVersion("a")).isEmpty();
        assertThat(passes.oldestUnreconciled()).isZero();
    }

    @Test
    void passesAreCounted() {
        pass("a", true);
        pass("a", false);

        assertThat(passes.total()).isEqualTo(2);
        assertThat(passes.failed()).isEqualTo(1);
        assertThat(passes.lastVersion("a")).contains("7");
    }

    @Test
    void aPassOverAnOldVersionIsNoFailureAndLeavesTheObjectWaitingForTheNewerOne() {
        try (Passes.Pass pass = passes.begin("c", object("a", "7"))) {
            pass.overtaken(9);
        }
        later(10);

        assertThat(passes.failed()).isZero();
        assertThat(passes.oldestUnreconciled()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aPassOverAnOldVersionThatGotItsTurnLateLeavesNothingWaiting() {
        try (Passes.Pass pass = passes.begin("c", object("a", "9"))) {
            pass.succeeded();
        }
        try (Passes.Pass pass = passes.begin("c", object("a", "7"))) {
            pass.overtaken(9);
        }
        later(10);

        assertThat(passes.failed()).isZero();
        assertThat(passes.lastVersion("a")).contains("9");
        assertThat(passes.oldestUnreconciled()).isZero();
    }
}
