package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.isTrue;
import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Sighting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Housekeeping at rest: tags, history, suspension. */
class AtRestTest {

    private static void roll(Scene scene, String image) {
        scene.wants(b -> b.image(image)).settle();
        scene.awsFinishes().settle();
    }

    @Test
    void aQuietEndpointIsLeftAlone() {
        Scene scene = Scene.serving();
        var before = scene.status;

        assertThat(scene.after(java.time.Duration.ofDays(1)).pass().step()).isEqualTo(new Step.None());
        assertThat(scene.status).isEqualTo(before);
    }

    @Test
    void tagsReachEndpointConfigAndModelAndAreTakenBack() {
        Scene scene = Scene.serving();
        scene.wants(b -> b.tags(Map.of("team", "ml"))).settle();
        assertThat(scene.tags()).containsEntry("team", "ml");
        assertThat(scene.status.appliedTagKeys()).containsExactly("team");

        scene.wants(b -> b.tags(Map.of())).settle();
        assertThat(scene.tags()).doesNotContainKey("team");
        assertThat(scene.status.appliedTagKeys()).isEmpty();
        assertThat(((Sighting.Present<?>) scene.models.get(scene.desired().modelName())).tags())
                .doesNotContainKey("team");
    }

    @Test
    void aTagTakenBackHalfWayIsRemovedAllTheSame() {
        Scene scene = Scene.serving();
        scene.wants(b -> b.tags(Map.of("team", "ml")));
        assertThat(scene.pass().step()).isInstanceOf(Step.AddTags.class);

        scene.wants(b -> b.tags(Map.of())).settle();

        assertThat(scene.tags()).doesNotContainKey("team");
    }

    @Test
    void tagsOfOthersAreNeverRemoved() {
        Scene scene = Scene.serving();
        Map<String, String> tags = new java.util.HashMap<>(scene.tags());
        tags.put("billing", "them");
        scene.retagged(tags);

        assertThat(scene.wants(b -> b.tags(Map.of())).settle().step()).isEqualTo(new Step.None());
        assertThat(scene.tags()).containsKey("billing");
    }

    @Test
    void aConfigOrModelThatIsNotOursIsNeverTagged() {
        Scene scene = Scene.serving();
        String model = scene.desired().modelName();
        scene.models.put(
                model,
                new Sighting.Present<>(
                        scene.models.get(model).found().orElseThrow(),
                        Scene.stranger().toTags()));

        assertThat(scene.settle().step()).isEqualTo(new Step.None());
    }

    @Test
    void theOldestRevisionGoesConfigFirstWhenHistoryIsFull() {
        Scene scene = Scene.serving(b -> b.historyLimit(1));
        String first = scene.wanted();
        roll(scene, "2.0");
        scene.wants(b -> b.image("3.0")).settle();
        scene.awsFinishes();

        assertThat(scene.pass().step()).isInstanceOfSatisfying(Step.Delete.class, delete -> {
            assertThat(delete.kind()).isEqualTo(Kind.ENDPOINT_CONFIG);
            assertThat(delete.name()).contains(first);
        });
        assertThat(scene.pass().step())
                .isInstanceOfSatisfying(
                        Step.Delete.class, delete -> assertThat(delete.kind()).isEqualTo(Kind.MODEL));
        scene.settle();
        assertThat(scene.status.revisions())
                .hasSize(2)
                .extracting(RevisionRecord::name)
                .doesNotContain(first);
    }

    @Test
    void whatIsNotOursIsForgottenInsteadOfDeleted() {
        Scene scene = Scene.serving(b -> b.historyLimit(0));
        String model = scene.desired().modelName();
        String config = scene.desired().configName();
        scene.models.put(
                model,
                new Sighting.Present<>(
                        scene.models.get(model).found().orElseThrow(),
                        Scene.stranger().toTags()));
        scene.configs.put(
                config, new Sighting.Present<>(scene.configs.get(config).found().orElseThrow(), Map.of()));

        roll(scene, "2.0");

        assertThat(scene.models.get(model).found()).isPresent();
        assertThat(scene.configs.get(config).found()).isPresent();
        assertThat(scene.status.revisions()).hasSize(1);
    }

    @Test
    void whatWasNotLookedAtIsNotDeleted() {
        Scene scene = Scene.serving(b -> b.historyLimit(0));
        String config = scene.desired().configName();
        scene.wants(b -> b.image("2.0")).settle();
        scene.awsFinishes();
        scene.configs.put(config, new Sighting.Unseen<>());

        assertThat(scene.settle().step()).isEqualTo(new Step.None());
        assertThat(scene.status.revisions()).hasSize(2);
    }

    @Test
    void theLiveConfigsRecordIsMadeAgainWhenTheStatusLostIt() {
        Scene scene = Scene.serving();
        scene.status = new dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder(scene.status)
                .revisions(List.of())
                .build();

        scene.settle();

        assertThat(scene.status.revisions())
                .extracting(RevisionRecord::endpointConfigName)
                .containsExactly(scene.live().configName());
    }

    @Test
    void suspensionHoldsBackChangesAndSaysSo() {
        Scene scene = Scene.serving();
        Decision quiet = scene.wants(b -> b.suspend(true)).pass();
        assertThat(said(quiet, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(isTrue(quiet, ConditionTypes.SUSPENDED)).isTrue();

        Decision held = scene.wants(b -> b.image("2.0")).settle();
        assertThat(held.step()).isEqualTo(new Step.None());
        assertThat(said(held, ConditionTypes.READY)).isEqualTo("False/Suspended");
        assertThat(said(held, ConditionTypes.AVAILABLE)).isEqualTo("True/Serving");
        assertThat(isTrue(held, ConditionTypes.STALLED)).isFalse();

        scene.wants(b -> b.suspend(false)).settle();
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
    }

    @Test
    void aSuspendedEndpointIsReadyOnlyWhileItsOwnEndpointServesTheWantedRevision() {
        Scene foreign = Scene.serving().wants(b -> b.suspend(true));
        foreign.retagged(Scene.stranger().toTags());
        assertThat(isTrue(foreign.pass(), ConditionTypes.READY)).isFalse();

        Scene otherConfig = Scene.serving().wants(b -> b.suspend(true));
        otherConfig.apply(new Step.UpdateEndpoint(Scene.NAME, "made-by-hand"));
        otherConfig.config(
                "made-by-hand", otherConfig.desired().configRequest("v", "m").capacity(), Map.of());
        otherConfig.awsFinishes();
        assertThat(isTrue(otherConfig.pass(), ConditionTypes.READY)).isFalse();

        Scene gone = Scene.serving().wants(b -> b.suspend(true));
        gone.endpoints.clear();
        Decision decision = gone.pass();
        assertThat(isTrue(decision, ConditionTypes.READY)).isFalse();
        assertThat(decision.step()).isEqualTo(new Step.None());
    }

    @Test
    void aRevisionWhosePreviewCannotBeDeletedYetStaysInTheHistory() {
        Scene scene = Scene.serving(b -> b.preview().historyLimit(0));
        scene.wants(b -> b.image("2.0")).settle();
        String preview = scene.desired().previewName();
        assertThat(scene.endpoints).containsKey(preview);

        scene.wants(b -> b.image("1.0")).settle();
        assertThat(scene.status.revisions()).hasSize(2);

        scene.awsFinishes(preview).settle();
        scene.awsFinishes(preview).settle();
        assertThat(scene.endpoints).containsOnlyKeys(Scene.NAME);
        assertThat(scene.status.revisions()).hasSize(1);
    }

    @Test
    void anEndpointThatWasChangedOnTheLivePathIsAsWanted() {
        Scene scene = Scene.serving();
        scene.wants(b -> b.concurrency(20, null)).settle();
        assertThat(scene.desired().isMetBy(scene.live(), scene.status.revisions()))
                .isFalse();

        scene.awsFinishes().settle();

        assertThat(scene.live().configName()).isNotEqualTo(scene.desired().configName());
        assertThat(scene.desired().isMetBy(scene.live(), scene.status.revisions()))
                .isTrue();
        scene.wants(b -> b.image("2.0"));
        assertThat(scene.desired().isMetBy(scene.live(), scene.status.revisions()))
                .isFalse();
    }

    @Test
    void anEndpointThatWasAdoptedAsItIsIsAsWanted() {
        Scene scene = Scene.serving();
        RevisionRecord came = new RevisionRecord(
                scene.wanted(),
                "theirs",
                "made-by-hand",
                List.of(),
                null,
                dev.pilotlight.api.v1alpha1.RevisionState.DEPLOYED,
                null,
                null,
                true);
        scene.config("made-by-hand", scene.desired().configRequest("v", "m").capacity(), Map.of());
        scene.apply(new Step.UpdateEndpoint(Scene.NAME, "made-by-hand"));
        scene.awsFinishes();

        assertThat(scene.desired().isMetBy(scene.live(), List.of(came))).isTrue();
        assertThat(scene.desired().isMetBy(scene.live(), List.of())).isFalse();
    }
}
