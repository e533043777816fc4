package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.DeletionPolicy;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end: nothing of ours left, nothing of others touched, and never let go blindly. */
class DeletionDeciderTest {
    private final Scene scene = Scene.serving();
    private boolean abandoned;

    private Decision delete() {
        boolean ours = scene.endpoints.containsKey(Scene.NAME)
                && scene.tags().containsValue(scene.desired().owner().uid())
                && scene.standing instanceof Standing.Granted;
        return delete(
                ours
                        ? Optional.empty()
                        : Optional.of(scene.ownedBy(scene.desired().owner().uid())));
    }

    private Decision delete(Optional<List<OwnedResource>> owned) {
        Decision decision = new DeletionDecider(Policy.DEFAULT)
                .decide(scene.desired(), scene.observed(), owned, abandoned, scene.status, scene.now);
        scene.apply(decision.step());
        return scene.report(decision);
    }

    @Test
    void theEndpointGoesFirstThenConfigThenModelThenTheObject() {
        List<Step> steps = new ArrayList<>();
        steps.add(delete().step());
        steps.add(delete().step());
        scene.awsFinishes();
        for (int pass = 0; pass < 3; pass++) {
            steps.add(delete().step());
        }

        assertThat(steps)
                .containsExactly(
                        new Step.Delete(Kind.ENDPOINT, Scene.NAME),
                        new Step.None(),
                        new Step.Delete(Kind.ENDPOINT_CONFIG, scene.desired().configName()),
                        new Step.Delete(Kind.MODEL, scene.desired().modelName()),
                        new Step.LetGo());
    }

    @ParameterizedTest
    @EnumSource(EndpointStatus.class)
    void whatAwsIsDoingIsWaitedOut(EndpointStatus state) {
        scene.move(Scene.NAME, state);

        Decision decision = delete();

        if (state.isMoving()) {
            assertThat(decision.step()).isEqualTo(new Step.None());
        } else {
            assertThat(decision.step()).isEqualTo(new Step.Delete(Kind.ENDPOINT, Scene.NAME));
        }
        assertThat(said(decision, ConditionTypes.TERMINATING)).startsWith("True/");
        assertThat(said(decision, ConditionTypes.READY)).startsWith("False/");
    }

    @Test
    void anObjectThatNeverReachedAwsIsLetGoAtOnce() {
        Scene fresh = new Scene();
        Decision decision = new DeletionDecider(Policy.DEFAULT)
                .decide(fresh.desired(), fresh.observed(), Optional.empty(), false, fresh.status, fresh.now);

        assertThat(decision.step()).isEqualTo(new Step.LetGo());
    }

    @Test
    void aForeignEndpointOfThatNameIsNoReasonToWaitOrToTouch() {
        scene.retagged(Scene.stranger().toTags());
        scene.configs.clear();
        scene.models.clear();

        assertThat(delete().step()).isEqualTo(new Step.LetGo());
    }

    @Test
    void theSuccessorsThingsAreNotOurs() {
        assertThat(delete(Optional.of(List.of(new OwnedResource(
                                Kind.MODEL, "m", "arn", scene.desired().owner().withContent("r", "d")))))
                        .step())
                .isInstanceOf(Step.Delete.class);
        scene.endpoints.clear();
        var successor = scene.wants(b -> b.uid("uid-2")).desired().owner().withContent("r", "d");
        scene.wants(b -> b.uid("uid-1"));

        assertThat(delete(Optional.of(List.of(new OwnedResource(Kind.MODEL, "m", "arn", successor))))
                        .step())
                .isEqualTo(new Step.LetGo());
    }

    @Test
    void whereNobodyCouldSearchNothingIsTakenForGone() {
        scene.standing = new Standing.Waiting(Reasons.IDENTITY_NOT_FOUND, "AWSIdentity ml does not exist.");

        Decision decision = delete(Optional.empty());

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(said(decision, ConditionTypes.TERMINATING)).isEqualTo("True/IdentityUnavailable");
        assertThat(Scene.verdict(decision, ConditionTypes.TERMINATING)
                        .orElseThrow()
                        .message())
                .contains("pilotlight.dev/abandon to uid-1");
    }

    @Test
    void anIdentityThatMovedToAnotherAccountDoesNotLetAnythingLeak() {
        scene.standing = new Standing.Granted("999999999999", Optional.empty());
        scene.endpoints.clear();

        Decision decision = delete(Optional.empty());

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(Scene.verdict(decision, ConditionTypes.TERMINATING)
                        .orElseThrow()
                        .message())
                .contains("999999999999", Scene.ACCOUNT);
    }

    @Test
    void anIdentityThatNoLongerAllowsTheNamespaceStillCleansUp() {
        scene.standing = new Standing.Waiting(Reasons.NAMESPACE_NOT_ALLOWED, "no");

        assertThat(delete(Optional.of(scene.ownedBy("uid-1"))).step()).isInstanceOf(Step.Delete.class);
    }

    @Test
    void anAbandonedObjectIsLetGoWithAListOfWhatMayBeLeft() {
        abandoned = true;
        scene.standing = new Standing.Waiting(Reasons.IDENTITY_NOT_FOUND, "gone");

        Decision decision = delete();

        assertThat(decision.step()).isEqualTo(new Step.LetGo());
        assertThat(decision.announcements())
                .singleElement()
                .satisfies(said -> assertThat(said.note()).contains(Scene.NAME, Scene.ACCOUNT));
    }

    @Test
    void retainTakesOurTagsOffAndChangesNothingElse() {
        scene.wants(b -> b.deletionPolicy(DeletionPolicy.RETAIN));
        List<Step> steps = new ArrayList<>();
        Decision decision = delete();
        while (!(decision.step() instanceof Step.LetGo)) {
            steps.add(decision.step());
            decision = delete();
        }

        assertThat(steps).hasSize(3).allSatisfy(step -> assertThat(step).isInstanceOf(Step.DeleteTags.class));
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(scene.tags()).isEmpty();
    }
}
