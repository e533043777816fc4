package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A new revision while a WarmPolicy decides the capacity: it comes with what is demanded, and a change of the demand waits for it. */
class DemandedRevisionTest {
    private final Scene scene = Scene.serving(b -> b.concurrency(10, 2));

    private Concurrency has() {
        return scene.live().capacity().map(ServerlessCapacity::concurrency).orElseThrow();
    }

    @Test
    void whatIsDemandedIsCarriedAlong() {
        scene.demands(4).settle();
        scene.awsFinishes().settle();

        scene.wants(b -> b.image("2.0")).settle();
        scene.awsFinishes().settle();

        assertThat(scene.live().configName()).isEqualTo("ml-sentiment-" + scene.wanted() + "-m10-p4");
        assertThat(has()).isEqualTo(new Concurrency(10, 4));
    }

    @Test
    void aChangeOfTheDemandDuringTheUpdateFollowsItOnTheLivePath() {
        scene.demands(4).settle();
        scene.awsFinishes().settle();
        scene.wants(b -> b.image("2.0")).settle();
        assertThat(scene.demands(6).settle().step()).isEqualTo(new Step.None());

        Decision decision = scene.awsFinishes().pass();

        assertThat(decision.step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 6)));
        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(decision.announcements()).as("no drift").isEmpty();
    }

    @Test
    void whatAGonePolicyLeftBehindIsCarriedAlongToo() {
        scene.demands(4).settle();
        scene.awsFinishes().settle();
        scene.demandsNothing().settle();

        scene.wants(b -> b.image("2.0")).settle();
        scene.awsFinishes().settle();

        assertThat(has()).isEqualTo(new Concurrency(10, 4));
        scene.after(Duration.ofMinutes(8)).settle();
        scene.awsFinishes().settle();
        assertThat(has()).isEqualTo(new Concurrency(10, 2));
    }

    @Test
    void anEndpointThatFailedComesBackWithWhatIsDemanded() {
        scene.demands(4).settle();
        scene.awsFinishes().settle();
        scene.awsFails(EndpointStatus.FAILED, "hardware").settle();
        scene.awsFinishes().settle();
        scene.awsFinishes().settle();

        assertThat(has()).isEqualTo(new Concurrency(10, 4));
    }
}
