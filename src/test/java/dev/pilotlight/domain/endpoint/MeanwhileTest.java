package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.preflight.Reading;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A WarmPolicy goes on for the revision that serves while another one is wanted and does not get there. */
class MeanwhileTest {
    private static final Duration QUIET = Duration.ofMinutes(5);

    private static Step.UpdateConcurrency to(int max, int provisioned) {
        return new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(max, provisioned));
    }

    private static Concurrency has(Scene scene) {
        return scene.live().capacity().map(ServerlessCapacity::concurrency).orElseThrow();
    }

    private static Scene warm() {
        Scene scene = Scene.serving(b -> b.concurrency(10, null));
        scene.demands(2).settle();
        scene.awsFinishes().settle();
        return scene;
    }

    /** Revision 2.0 failed, and the first one serves. */
    private static Scene latched() {
        Scene scene = warm();
        scene.wants(b -> b.image("2.0").concurrency(20, null)).settle();
        assertThat(said(scene.awsRollsBack("no ping").settle(), ConditionTypes.STALLED))
                .isEqualTo("True/UpdateFailed");
        return scene.after(QUIET);
    }

    /** Revision 2.0 has no image. */
    private static Scene held() {
        Scene scene = warm();
        scene.image = new Reading.Absent<>();
        scene.wants(b -> b.image("2.0")).pass();
        scene.pass();
        assertThat(said(scene.after(QUIET).settle(), ConditionTypes.STALLED)).isEqualTo("True/PreflightFailed");
        return scene;
    }

    @Test
    void whatServesIsScaledWhileTheWantedRevisionIsLatched() {
        Scene scene = latched();

        Decision call = scene.demands(4).pass();

        assertThat(call.step())
                .as("the new maximum comes with the new revision")
                .isEqualTo(to(10, 4));
        assertThat(said(call, ConditionTypes.SCALING)).isEqualTo("True/UpdatingCapacity");
        assertThat(said(call, ConditionTypes.STALLED)).isEqualTo("True/UpdateFailed");
        Decision moving = scene.settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        assertThat(said(moving, ConditionTypes.STALLED)).isEqualTo("True/UpdateFailed");
        Decision done = scene.awsFinishes().settle();
        assertThat(said(done, ConditionTypes.STALLED)).isEqualTo("True/UpdateFailed");
        assertThat(said(done, ConditionTypes.SCALING)).isEmpty();
        assertThat(has(scene)).isEqualTo(new Concurrency(10, 4));
        assertThat(scene.status.effective().provisionedConcurrency()).isEqualTo(4);
    }

    @Test
    void whatServesIsScaledWhileSomethingHoldsTheWantedRevisionBack() {
        Scene scene = held();

        assertThat(scene.demands(4).pass().step()).isEqualTo(to(10, 4));
        Decision moving = scene.settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        assertThat(said(moving, ConditionTypes.STALLED)).isEqualTo("True/PreflightFailed");
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.STALLED)).isEqualTo("True/PreflightFailed");
        assertThat(has(scene)).isEqualTo(new Concurrency(10, 4));
    }

    @Test
    void aRevisionThatGetsOnTakesTheCapacityAlongByItself() {
        Scene scene = warm().after(QUIET);

        scene.demands(4).wants(b -> b.image("2.0")).settle();

        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        scene.awsFinishes().settle();
        assertThat(scene.live().configName()).isEqualTo("ml-sentiment-" + scene.wanted() + "-m10-p4");
    }

    @Test
    void whatAwsDoesNotDoIsAskedForAgainOnlyAfterAWhile() {
        Scene scene = latched();
        scene.demands(4).settle();
        Decision waits = scene.awsRollsBack("Capacity is short.").settle();

        assertThat(waits.step()).isEqualTo(new Step.None());
        assertThat(waits.nextLook()).hasValue(scene.now.plus(QUIET));
        assertThat(scene.after(QUIET).pass().step()).isEqualTo(to(10, 4));
    }

    @Test
    void aCallThatFailsIsNoNewsAboutTheWantedRevision() {
        Scene scene = latched();
        scene.demands(4);
        var before = scene.status;

        scene.failingPass(Failures.of(FailureKind.DENIED));

        assertThat(scene.status).isEqualTo(before);
    }

    @Test
    void whatTakesAnotherConfigWaitsForTheWantedRevision() {
        assertThat(latched().demands(0).pass().step()).isEqualTo(new Step.None());

        Scene none = latched();
        none.demands(2);
        none.livePathRefused = true;
        none.moved(0).after(QUIET);
        assertThat(none.pass().step()).isEqualTo(new Step.None());
    }
}
