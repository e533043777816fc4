package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A new revision on an endpoint that serves: told, moved, latched when it fails, and never looped. */
class ChangingTest {
    private final Scene scene = Scene.serving();
    private final String first = scene.wanted();

    private void updateStarts() {
        scene.wants(b -> b.image("2.0"));
        while (!(scene.pass().step() instanceof Step.UpdateEndpoint)) {
            assertThat(scene.live().status()).isEqualTo(EndpointStatus.IN_SERVICE);
        }
    }

    @Test
    void aNewRevisionIsSaidBeforeAwsIsCalledAndServesInTheEnd() {
        scene.wants(b -> b.image("2.0"));
        Decision said = scene.pass();
        assertThat(said.step()).isEqualTo(new Step.None());
        assertThat(said(said, ConditionTypes.READY)).isEqualTo("False/PreparingRevision");
        assertThat(said(said, ConditionTypes.AVAILABLE)).isEqualTo("True/Serving");

        scene.settle();
        Decision ready = scene.awsFinishes().settle();

        assertThat(said(ready, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(scene.status.revisions())
                .extracting(RevisionRecord::name, RevisionRecord::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(scene.wanted(), RevisionState.DEPLOYED),
                        org.assertj.core.groups.Tuple.tuple(first, RevisionState.SUPERSEDED));
    }

    @Test
    void anEndpointThatLooksUntouchedAfterAnUpdateIsAStaleReadForAMinute() {
        updateStarts();
        scene.put(
                new dev.pilotlight.domain.hosting.EndpointSnapshot(
                        scene.live().name(),
                        scene.live().arn(),
                        EndpointStatus.IN_SERVICE,
                        scene.live().creationTime(),
                        java.time.Instant.parse(scene.status.aws().lastModifiedTime()),
                        scene.live().configName(),
                        scene.live().failureReason(),
                        scene.live().variants()),
                scene.tags());

        Decision stale = scene.pass();
        assertThat(stale.step()).isEqualTo(new Step.None());
        assertThat(said(stale, ConditionTypes.READY)).isEqualTo("False/UpdatingEndpoint");
        assertThat(stale.nextLook()).isPresent();

        Decision late = scene.after(Duration.ofSeconds(61)).pass();
        assertThat(said(late, ConditionTypes.STALLED)).isEqualTo("True/UpdateFailed");
    }

    @Test
    void anUpdateThatRolledBackIsLatchedWithAwssReasonAndNotTriedAgain() {
        updateStarts();
        scene.settle();
        Decision stalled = scene.awsRollsBack("The container for production variant did not pass the ping.")
                .settle();

        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/UpdateFailed");
        assertThat(said(stalled, ConditionTypes.AVAILABLE)).isEqualTo("True/Serving");
        assertThat(scene.status.attempt().message()).contains("did not pass the ping");
        assertThat(scene.status.revision().deployed()).isEqualTo(first);
        assertThat(scene.after(Duration.ofDays(1)).pass().step()).isEqualTo(new Step.None());
    }

    @Test
    void aRetryAnnotationLiftsTheLatchOnce() {
        updateStarts();
        scene.settle();
        scene.awsRollsBack("no").settle();
        scene.retry = "1";

        assertThat(scene.pass().step()).isInstanceOf(Step.UpdateEndpoint.class);
        scene.settle();
        scene.awsRollsBack("no again");

        assertThat(said(scene.settle(), ConditionTypes.STALLED)).isEqualTo("True/UpdateFailed");
    }

    @Test
    void goingBackInTheSpecMakesAnEndpointWithALatchReadyAgain() {
        updateStarts();
        scene.settle();
        scene.awsRollsBack("no").settle();

        Decision decision = scene.wants(b -> b.image("1.0")).settle();

        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(scene.status.attempt()).isNull();
    }

    @Test
    void theSpecThatWasChangedBackDuringAnUpdateIsNotBlamedForIt() {
        updateStarts();
        scene.wants(b -> b.image("1.0"));
        Decision waiting = scene.settle();
        assertThat(said(waiting, ConditionTypes.READY)).isEqualTo("False/WaitingForEndpoint");

        scene.awsFinishes();
        scene.settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        Decision decision = scene.awsFinishes().settle();

        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(scene.status.revision().deployed()).isEqualTo(first);
    }

    @Test
    void onlyTheLatestSpecWinsAfterAnUpdateInFlight() {
        updateStarts();
        scene.settle();
        scene.wants(b -> b.image("3.0")).settle();
        scene.awsFinishes().settle();
        Decision decision = scene.awsFinishes().settle();

        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(scene.live().configName()).isEqualTo(scene.desired().configName());
    }

    @Test
    void anEndpointThatFailedOnItsOwnIsMadeAgainWithWhatServed() {
        scene.awsFails(EndpointStatus.FAILED, "Request to service failed.");

        Decision delete = scene.pass();
        assertThat(delete.step()).isEqualTo(new Step.Delete(Kind.ENDPOINT, Scene.NAME));
        assertThat(delete.announcements()).hasSize(1);
        scene.settle();
        scene.awsFinishes().settle();
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
    }

    @Test
    void aLateLookAtTheFailedEndpointIsNotASecondFailure() {
        scene.awsFails(EndpointStatus.FAILED, "gone bad");
        Decision delete = scene.decide();
        scene.report(delete);

        assertThat(scene.after(Duration.ofSeconds(2)).pass().step())
                .isEqualTo(new Step.Delete(Kind.ENDPOINT, Scene.NAME));
    }

    @Test
    void makingItAgainIsTriedOnceAndANewSpecIsTriedAfterThat() {
        scene.awsFails(EndpointStatus.FAILED, "gone bad");
        scene.settle();
        scene.awsFinishes().settle();
        Decision stalled = scene.awsFails(EndpointStatus.FAILED, "bad again").settle();
        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/RecreationFailed");

        scene.wants(b -> b.image("2.0"));
        assertThat(scene.pass().step()).isEqualTo(new Step.Delete(Kind.ENDPOINT, Scene.NAME));
        scene.awsFinishes().settle();
        Decision decision = scene.awsFinishes().settle();
        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(scene.live().configName()).isEqualTo(scene.desired().configName());
    }

    @Test
    void makingItAgainIsTriedOnceAndARetryAnnotationTriesAgain() {
        scene.awsFails(EndpointStatus.FAILED, "gone bad");
        scene.settle();
        scene.awsFinishes().settle();
        scene.awsFails(EndpointStatus.FAILED, "bad again").settle();

        scene.retry = "please";
        scene.settle();
        scene.awsFinishes().settle();
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
    }

    @Test
    void anUpdateWhoseRollbackFailedBringsTheLastProvenRevisionBackAndLatches() {
        updateStarts();
        scene.settle();
        scene.awsFails(EndpointStatus.UPDATE_ROLLBACK_FAILED, "worse");
        scene.settle();
        scene.awsFinishes().settle();

        assertThat(scene.live().configName()).contains(first);
        Decision decision = scene.awsFinishes().settle();
        assertThat(said(decision, ConditionTypes.STALLED)).isEqualTo("True/UpdateFailed");
        assertThat(said(decision, ConditionTypes.AVAILABLE)).isEqualTo("True/Serving");
        assertThat(scene.live().configName()).contains(first);
    }

    @Test
    void aRevisionThatBroughtTheEndpointDownIsNotedBeforeTheEndpointIsDeleted() {
        updateStarts();
        scene.settle();
        scene.awsFails(EndpointStatus.UPDATE_ROLLBACK_FAILED, "worse");

        assertThat(scene.pass().step()).isEqualTo(new Step.None());
        assertThat(scene.status.attempt().revision()).isEqualTo(scene.wanted());

        scene.endpoints.remove(Scene.NAME);
        assertThat(scene.pass().step())
                .as("whoever lost the pass that deletes still makes the last good one")
                .isInstanceOfSatisfying(
                        Step.CreateEndpoint.class,
                        create -> assertThat(create.configName()).contains(first));
    }

    @Test
    void aSpecThatWasNeverTriedIsNotBlamedForAnEndpointThatFailed() {
        scene.awsFails(EndpointStatus.FAILED, "gone bad");
        scene.wants(b -> b.image("2.0"));
        scene.settle();
        assertThat(scene.status.attempt()).isNull();

        scene.awsFinishes().settle();
        assertThat(scene.live().configName()).contains(first);
        scene.awsFinishes().settle();
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
    }

    @Test
    void theLastProvenRevisionIsNotRestoredFromAConfigThatIsGone() {
        updateStarts();
        scene.settle();
        scene.awsFails(EndpointStatus.UPDATE_ROLLBACK_FAILED, "worse");
        scene.settle();
        scene.configs.keySet().removeIf(name -> name.contains(first));
        scene.awsFinishes();

        assertThat(scene.pass().step())
                .isInstanceOfSatisfying(
                        Step.CreateEndpoint.class,
                        create -> assertThat(create.configName())
                                .isEqualTo(scene.desired().configName()));
    }

    @Test
    void awsBeingAwayDuringAnUpdateDoesNotMakeItForgetThatItTried() {
        updateStarts();
        scene.pass();
        scene.blindPass(Failures.of(dev.pilotlight.domain.failure.FailureKind.RETRIABLE));
        assertThat(scene.status.progress().reason()).isEqualTo(Reasons.UPDATING_ENDPOINT);

        assertThat(said(scene.awsRollsBack("no").settle(), ConditionTypes.STALLED))
                .isEqualTo("True/UpdateFailed");
    }

    @Test
    void whatServedComesBackBeforeWhatWasNeverProven() {
        scene.wants(b -> b.image("2.0"));
        scene.settle();
        scene.awsFinishes().settle();
        String second = scene.wanted();
        scene.wants(b -> b.image("3.0"));
        scene.endpoints.clear();
        scene.pass();

        assertThat(scene.live().configName()).contains(second);
        scene.awsFinishes().settle();
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(scene.live().configName()).contains(scene.wanted());
    }

    @Test
    void whatServedComesBackAlsoAfterAnotherWaitCameBetween() {
        updateStarts();
        scene.settle();
        scene.awsFails(EndpointStatus.UPDATE_ROLLBACK_FAILED, "worse");
        scene.settle();
        scene.wants(b -> b.image("3.0"));
        scene.pass();
        scene.failingPass(Failures.of(dev.pilotlight.domain.failure.FailureKind.DENIED));
        scene.awsFinishes();

        assertThat(scene.pass().step())
                .isInstanceOfSatisfying(
                        Step.CreateEndpoint.class,
                        create -> assertThat(create.configName()).contains(first));
    }

    @Test
    void aRevisionThatServedBeforeNeedsNoOtherToComeBackFirst() {
        updateStarts();
        scene.settle();
        scene.awsFinishes().settle();
        scene.wants(b -> b.image("1.0"));
        scene.pass();
        scene.endpoints.clear();

        scene.settle();

        assertThat(scene.live().configName()).contains(first);
    }

    @Test
    void aConfigThatCameWithTheEndpointAndIsGoneIsNotRestored() {
        scene.status = new dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder(scene.status)
                .revisions(java.util.List.of(new RevisionRecord(
                        first,
                        "theirs",
                        "made-by-hand",
                        java.util.List.of(),
                        null,
                        RevisionState.DEPLOYED,
                        Reasons.ADOPTED,
                        "came with the adopted endpoint",
                        true)))
                .build();
        scene.wants(b -> b.image("2.0"));
        scene.endpoints.clear();

        scene.settle();

        assertThat(scene.live().configName()).isEqualTo(scene.desired().configName());
    }
}
