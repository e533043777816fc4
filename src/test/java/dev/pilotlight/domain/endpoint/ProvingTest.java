package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.isTrue;
import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A revision proves itself: on a preview, on the real endpoint, and again when it is asked to. */
class ProvingTest {
    private static final String EXPECT = "response.status == 200";

    private static Scene created() {
        Scene scene = new Scene().wants(b -> b.validatedBy(EXPECT));
        scene.settle();
        scene.awsFinishes().settle();
        return scene;
    }

    @Test
    void anEndpointIsNotReadyBeforeItsAnswersAreIn() {
        Scene scene = created();
        Decision running = scene.pass();
        assertThat(running.step()).isInstanceOf(Step.Validate.class);
        assertThat(said(running, ConditionTypes.VALIDATED)).isEqualTo("Unknown/Validating");
        assertThat(said(running, ConditionTypes.READY)).isEqualTo("False/Validating");

        Decision passed = scene.validationEnds(true).settle();
        assertThat(said(passed, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(said(passed, ConditionTypes.VALIDATED)).isEqualTo("True/Succeeded");
    }

    @Test
    void aFirstRevisionThatFailsStaysForAPersonToLookAt() {
        Scene scene = created();
        Decision failed = scene.validationEnds(false).settle();

        assertThat(failed.step()).isEqualTo(new Step.None());
        assertThat(said(failed, ConditionTypes.STALLED)).isEqualTo("True/ValidationFailed");
        assertThat(said(failed, ConditionTypes.AVAILABLE)).isEqualTo("False/NotServing");
        assertThat(scene.status.revision().deployed()).isNull();
    }

    @Test
    void whoeverMayNotAskHasNoAnswerAndTheRevisionWaitsForThePermission() {
        Scene scene = created();
        scene.refusedValidation = Optional.of(Failures.of(FailureKind.DENIED));

        Decision waits = scene.pass();
        assertThat(waits.step()).isInstanceOf(Step.Validate.class);
        assertThat(said(waits, ConditionTypes.RECONCILING)).isEqualTo("True/AccessDenied");
        Decision stalled = scene.after(Duration.ofMinutes(2)).pass();
        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/AccessDenied");
        assertThat(scene.status.attempt()).as("nothing has failed").isNull();

        scene.refusedValidation = Optional.empty();
        assertThat(said(scene.validationEnds(true).settle(), ConditionTypes.READY))
                .isEqualTo("True/Succeeded");
    }

    @Test
    void aRetryIsAnAttemptOfItsOwnAndTheOldResultIsNotTakenForIt() {
        Scene scene = created();
        scene.validationEnds(false).settle();
        scene.retry = "again";

        Decision running = scene.settle();

        assertThat(running.step()).isEqualTo(new Step.Validate(Scene.NAME, scene.wanted(), 2));
        assertThat(said(scene.validationEnds(true).settle(), ConditionTypes.READY))
                .isEqualTo("True/Succeeded");
    }

    @Test
    void changedRequestsAreSentAgainAndAFailureLeavesItServing() {
        Scene scene = created();
        scene.validationEnds(true).settle();
        scene.wants(b -> b.validatedBy("response.status == 201"));
        assertThat(scene.settle().step()).isInstanceOf(Step.Validate.class);

        Decision failed = scene.validationEnds(false).settle();

        assertThat(said(failed, ConditionTypes.STALLED)).isEqualTo("True/ValidationFailed");
        assertThat(said(failed, ConditionTypes.AVAILABLE)).isEqualTo("True/Serving");
    }

    @Test
    void inPlaceARevisionThatFailsGoesBackToTheLastGoodOneAndIsLatched() {
        Scene scene = created();
        scene.validationEnds(true).settle();
        String first = scene.wanted();
        scene.wants(b -> b.image("2.0")).settle();
        scene.awsFinishes().settle();

        scene.validationEnds(false);
        assertThat(scene.pass().step())
                .as("what failed is noted before anything else is lost")
                .isEqualTo(new Step.None());
        assertThat(scene.status.attempt().revision()).isEqualTo(scene.wanted());
        Decision back = scene.pass();
        assertThat(back.step())
                .isInstanceOfSatisfying(
                        Step.UpdateEndpoint.class,
                        update -> assertThat(update.configName()).contains(first));
        assertThat(said(back, ConditionTypes.READY)).isEqualTo("False/RollingBack");
        scene.settle();
        Decision stalled = scene.awsFinishes().settle();

        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/ValidationFailed");
        assertThat(said(stalled, ConditionTypes.AVAILABLE)).isEqualTo("True/Serving");
        assertThat(scene.live().configName()).contains(first);
    }

    @Test
    void withPreviewABadRevisionNeverServes() {
        Scene scene = Scene.serving(b -> b.preview().validatedBy(EXPECT));
        String serving = scene.live().configName();
        scene.wants(b -> b.image("2.0")).settle();
        String preview = scene.desired().previewName();
        assertThat(scene.endpoints).containsKey(preview);
        scene.awsFinishes(preview);
        assertThat(scene.settle().step()).isEqualTo(new Step.Validate(preview, scene.wanted(), 1));

        scene.validationEnds(false).settle();
        scene.awsFinishes(preview);
        Decision stalled = scene.settle();

        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/ValidationFailed");
        assertThat(scene.endpoints).doesNotContainKey(preview);
        assertThat(scene.live().configName()).isEqualTo(serving);
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.IN_SERVICE);
    }

    @Test
    void withPreviewAGoodRevisionIsProvenTwiceAndThePreviewGoes() {
        Scene scene = Scene.serving(b -> b.preview().validatedBy(EXPECT));
        scene.wants(b -> b.image("2.0")).settle();
        String preview = scene.desired().previewName();
        scene.awsFinishes(preview).settle();
        scene.validationEnds(true).settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        assertThat(scene.awsFinishes().settle().step()).isEqualTo(new Step.Validate(Scene.NAME, scene.wanted(), 1));
        scene.validationEnds(true).settle();
        Decision ready = scene.awsFinishes(preview).settle();

        assertThat(said(ready, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(scene.endpoints).containsOnlyKeys(Scene.NAME);
        assertThat(scene.configs.get(scene.desired().previewConfigName()).found())
                .isEmpty();
    }

    @Test
    void aPreviewThatIsNotOursIsNotTouched() {
        Scene scene = Scene.serving(b -> b.preview().validatedBy(EXPECT));
        scene.wants(b -> b.image("2.0"));
        String preview = scene.desired().previewName();
        scene.put(scene.live(), scene.tags());
        scene.endpoints.put(
                preview,
                new dev.pilotlight.domain.hosting.Sighting.Present<>(
                        scene.live(), Scene.stranger().toTags()));

        scene.settle();

        assertThat(said(scene.pass(), ConditionTypes.STALLED)).isEqualTo("True/NameTaken");
    }

    @Test
    void aPreviewThatDoesNotStartLatchesAndIsTakenDown() {
        Scene scene = Scene.serving(b -> b.preview().validatedBy(EXPECT));
        scene.wants(b -> b.image("2.0")).settle();
        String preview = scene.desired().previewName();
        scene.awsFails(preview, EndpointStatus.FAILED, "no ping");

        assertThat(scene.pass().step()).isEqualTo(new Step.Delete(Kind.ENDPOINT, preview));
        scene.awsFinishes(preview);
        assertThat(said(scene.settle(), ConditionTypes.STALLED)).isEqualTo("True/EndpointFailed");
    }

    @Test
    void aPreviewThatHasNoSlotWaitsWithoutACallAndItsDeadlineBeginsAfterTheQueue() {
        Scene scene = Scene.serving(b -> b.preview().validatedBy(EXPECT));
        scene.previewSlot = new PreviewSlot.Taken("all 1 slots are taken; set spec.rollout.strategy to InPlace.");
        Decision waiting = scene.wants(b -> b.image("2.0")).settle();

        assertThat(said(waiting, ConditionTypes.RECONCILING)).isEqualTo("True/" + Reasons.WAITING_FOR_PREVIEW_SLOT);
        assertThat(isTrue(waiting, ConditionTypes.AVAILABLE)).isTrue();
        assertThat(waiting.step()).isEqualTo(new Step.None());
        assertThat(PreviewQueue.holds(scene.status)).isFalse();
        assertThat(PreviewQueue.ticket(scene.status, "ml/sentiment")).isPresent();

        scene.after(Duration.ofMinutes(29)).settle();
        scene.previewSlot = new PreviewSlot.Free();
        Decision previewing = scene.settle();
        assertThat(PreviewQueue.holds(scene.status)).isTrue();
        assertThat(said(previewing, ConditionTypes.RECONCILING)).isEqualTo("True/Previewing");
        assertThat(said(scene.after(Duration.ofMinutes(29)).settle(), ConditionTypes.RECONCILING))
                .as("the time in the queue does not count")
                .isEqualTo("True/Previewing");
    }

    @Test
    void aQueueThatDoesNotMoveAsksForAPersonAfterTheDeadlineAndStillWaits() {
        Scene scene = Scene.serving(b -> b.preview().validatedBy(EXPECT));
        scene.previewSlot = new PreviewSlot.Taken("no room");
        scene.wants(b -> b.image("2.0")).settle();

        Decision stalled = scene.after(Duration.ofMinutes(31)).settle();

        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/" + Reasons.WAITING_FOR_PREVIEW_SLOT);
        assertThat(PreviewQueue.ticket(scene.status, "ml/sentiment")).isPresent();
    }

    @Test
    void noRoomForAPreviewIsWaitedFor() {
        Scene scene = Scene.serving(b -> b.preview().validatedBy(EXPECT));
        scene.wants(b -> b.image("2.0"));
        while (!(scene.decide().step() instanceof Step.CreateEndpoint)) {
            scene.pass();
        }

        Decision waiting = scene.failingPass(Failures.of(FailureKind.QUOTA_EXCEEDED));

        assertThat(said(waiting, ConditionTypes.RECONCILING)).isEqualTo("True/" + Reasons.WAITING_FOR_PREVIEW_SLOT);
        assertThat(isTrue(waiting, ConditionTypes.AVAILABLE)).isTrue();
    }

    /** In place, a revision serves that did not answer as expected, and AWS was told to go back. */
    private static Scene goingBack() {
        Scene scene = created();
        scene.validationEnds(true).settle();
        scene.wants(b -> b.image("2.0")).settle();
        scene.awsFinishes().settle();
        scene.validationEnds(false).settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        return scene;
    }

    @Test
    void aWayBackThatAwsGivesUpIsForAPersonAndNotTriedAgainAndAgain() {
        Scene scene = goingBack();
        String first = scene.status.revision().deployed();

        Decision stalled = scene.awsRollsBack("Capacity is short.").settle();

        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/RollbackFailed");
        assertThat(Scene.verdict(stalled, ConditionTypes.STALLED).orElseThrow().message())
                .contains("HTTP 500", first, "Capacity is short.", "pilotlight.dev/retry");
        assertThat(scene.status.revision().deployed()).isEqualTo(first);
        var before = scene.status;
        assertThat(scene.after(Duration.ofDays(1)).settle().step()).isEqualTo(new Step.None());
        assertThat(scene.status).isEqualTo(before);

        scene.retry = "1";
        scene.settle();
        scene.validationEnds(false).settle();
        Decision back = scene.awsFinishes().settle();
        assertThat(said(back, ConditionTypes.STALLED)).isEqualTo("True/ValidationFailed");
        assertThat(scene.live().configName()).contains(first);
    }

    @Test
    void anEndpointThatLooksUntouchedOnItsWayBackIsAStaleReadForAMinute() {
        Scene scene = goingBack();
        scene.looksUntouched();

        Decision stale = scene.after(Duration.ofSeconds(5)).pass();
        assertThat(stale.step()).isEqualTo(new Step.None());
        assertThat(said(stale, ConditionTypes.RECONCILING)).isEqualTo("True/RollingBack");
        assertThat(stale.nextLook()).isPresent();

        Decision late = scene.after(Duration.ofSeconds(61)).pass();
        assertThat(said(late, ConditionTypes.STALLED)).isEqualTo("True/RollbackFailed");
    }

    @Test
    void aWayBackThatAwsRefusedToBeginIsTriedAgain() {
        Scene scene = created();
        scene.validationEnds(true).settle();
        scene.wants(b -> b.image("2.0")).settle();
        scene.awsFinishes().settle();
        scene.validationEnds(false).pass();

        scene.failingPass(Failures.of(FailureKind.RETRIABLE));

        assertThat(scene.after(Duration.ofMinutes(5)).pass().step()).isInstanceOf(Step.UpdateEndpoint.class);
    }

    @Test
    void aRevisionThatFailedIsTriedAgainWhenSomethingElseIsExpectedOfIt() {
        Scene scene = goingBack();
        scene.awsFinishes().settle();
        assertThat(scene.status.attempt()).isNotNull();

        scene.wants(b -> b.tags(java.util.Map.of("team", "ml"))).settle();
        assertThat(scene.live().status()).as("a tag is no reason to try again").isEqualTo(EndpointStatus.IN_SERVICE);
        scene.wants(b -> b.validatedBy("response.status == 201")).settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        scene.awsFinishes().settle();

        assertThat(said(scene.validationEnds(true).settle(), ConditionTypes.READY))
                .isEqualTo("True/Succeeded");
        assertThat(scene.live().configName()).contains(scene.wanted());
    }

    /** Revision 2.0 serves unproven, since 3.0 was wanted before it could be proven, and 3.0 does not start. */
    private static Scene somethingUnprovenServes() {
        Scene scene = Scene.serving(b -> b.preview().validatedBy(EXPECT));
        scene.wants(b -> b.image("2.0")).settle();
        String second = scene.desired().previewName();
        scene.awsFinishes(second).settle();
        scene.validationEnds(true).settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        scene.wants(b -> b.image("3.0")).settle();
        scene.awsFinishes().settle();
        scene.awsFinishes(second).settle();
        String third = scene.desired().previewName();
        scene.awsFails(third, EndpointStatus.FAILED, "no ping").settle();
        scene.awsFinishes(third);
        return scene;
    }

    @Test
    void whatServesUnprovenGivesWayToTheLastProvenRevisionWhenItsSuccessorFails() {
        Scene scene = somethingUnprovenServes();
        String first = scene.status.revision().deployed();
        scene.settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);

        Decision stalled = scene.awsFinishes().settle();

        assertThat(scene.live().configName()).contains(first);
        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/EndpointFailed");
        assertThat(Scene.verdict(stalled, ConditionTypes.STALLED).orElseThrow().message())
                .contains(first + " keeps serving");
        assertThat(scene.after(Duration.ofDays(1)).settle().step()).isEqualTo(new Step.None());
    }

    @Test
    void theWayBackFromWhatServesUnprovenIsTriedOnceToo() {
        Scene scene = somethingUnprovenServes();
        scene.settle();

        Decision stalled = scene.awsRollsBack("Capacity is short.").settle();

        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/RollbackFailed");
        assertThat(scene.after(Duration.ofDays(1)).settle().step()).isEqualTo(new Step.None());
    }

    @Test
    void aPreviewThatFailsForACauseThatPassesIsMadeAgainLaterAndLater() {
        Scene scene = Scene.serving(b -> b.preview().validatedBy(EXPECT));
        scene.wants(b -> b.image("2.0")).settle();
        String preview = scene.desired().previewName();
        java.util.List<Duration> waits = new java.util.ArrayList<>();
        for (int attempt = 0; attempt < 5; attempt++) {
            scene.awsFails(preview, EndpointStatus.FAILED, "Unable to assume the role.");
            var failedAt = scene.now;
            Decision decision = scene.pass();
            while (!(decision.step() instanceof Step.Delete)) {
                scene.now = decision.nextLook().orElseThrow();
                decision = scene.pass();
            }
            waits.add(Duration.between(failedAt, scene.now));
            scene.awsFinishes(preview).settle();
        }

        assertThat(waits).isSorted().last().isEqualTo(Duration.ofMinutes(5));
    }
}
