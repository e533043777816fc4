package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.isTrue;
import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose endpoint is it? */
class WhoseEndpointTest {

    @Test
    void anEndpointWhoseNameIsTakenIsStalledAndUntouched() {
        Scene scene = Scene.serving();
        scene.retagged(Scene.stranger().toTags());

        Decision decision = scene.pass();

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(said(decision, ConditionTypes.STALLED)).isEqualTo("True/NameTaken");
        assertThat(Scene.verdict(decision, ConditionTypes.STALLED).orElseThrow().message())
                .contains("cluster-2");
        assertThat(isTrue(decision, ConditionTypes.AVAILABLE))
                .as("somebody else's endpoint serves nothing of ours")
                .isFalse();
    }

    @Test
    void anUntaggedEndpointOfThatNameIsSomebodyElses() {
        Scene scene = Scene.serving();
        var live = scene.live();
        Scene other = new Scene();
        other.put(live, Map.of("team", "them"));

        Decision decision = other.pass();

        assertThat(said(decision, ConditionTypes.STALLED)).isEqualTo("True/NameTaken");
        assertThat(decision.step()).isEqualTo(new Step.None());
    }

    @Test
    void strippedTagsAreSetAgainOnTheEndpointTheStatusRemembers() {
        Scene scene = Scene.serving();
        scene.retagged(Map.of());

        Decision decision = scene.pass();

        assertThat(decision.step()).isInstanceOf(Step.AddTags.class);
        assertThat(decision.announcements()).hasSize(1);
        assertThat(said(scene.settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(Ownership.fromTags(scene.tags())).isPresent();
    }

    @Test
    void anUntaggedEndpointThatWasMadeAtAnotherTimeIsNotTheOneRemembered() {
        Scene scene = Scene.serving();
        var live = scene.live();
        scene.put(
                new dev.pilotlight.domain.hosting.EndpointSnapshot(
                        live.name(),
                        live.arn(),
                        live.status(),
                        live.creationTime().plusSeconds(1),
                        live.lastModifiedTime(),
                        live.configName(),
                        live.failureReason(),
                        live.variants()),
                Map.of());

        assertThat(said(scene.pass(), ConditionTypes.STALLED)).isEqualTo("True/NameTaken");
    }

    @Test
    void thePredecessorsEndpointIsTakenOverWithEverythingItUses() {
        Scene before = Scene.serving();
        Scene scene = new Scene().wants(b -> b.uid("uid-2"));
        scene.endpoints.putAll(before.endpoints);
        scene.models.putAll(before.models);
        scene.configs.putAll(before.configs);
        scene.now = before.now;

        assertThat(scene.pass().step()).as("first the account is written down").isEqualTo(new Step.None());
        Decision takeOver = scene.pass();
        assertThat(takeOver.step())
                .isInstanceOfSatisfying(
                        Step.AddTags.class, step -> assertThat(step.kind()).isEqualTo(Kind.ENDPOINT));
        assertThat(takeOver.announcements()).hasSize(1);

        Decision decision = scene.settle();
        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(scene.ownedBy("uid-1")).isEmpty();
        assertThat(scene.ownedBy("uid-2")).hasSize(2);
    }

    @Test
    void aPredecessorThatIsBeingDeletedIsWaitedOut() {
        Scene scene = Scene.serving();
        Map<String, String> tags = new HashMap<>(scene.tags());
        tags.put(Ownership.TAG_PREFIX + "uid", "uid-0");
        scene.retagged(tags);
        scene.move(Scene.NAME, EndpointStatus.DELETING);

        Decision decision = scene.pass();

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(said(decision, ConditionTypes.RECONCILING)).isEqualTo("True/PredecessorDeleting");
    }
}
