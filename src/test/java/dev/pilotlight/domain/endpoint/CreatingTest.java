package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.isTrue;
import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.preflight.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** From nothing to Ready, and what stands in the way. */
class CreatingTest {

    @Test
    void nothingIsAskedOfAwsBeforeTheStatusSaysWhichAccount() {
        Scene scene = new Scene();

        Decision first = scene.pass();

        assertThat(first.step()).isEqualTo(new Step.None());
        assertThat(scene.status.accountID()).isEqualTo(Scene.ACCOUNT);
        assertThat(said(first, ConditionTypes.READY)).isEqualTo("False/CreatingEndpoint");
        assertThat(isTrue(first, ConditionTypes.RECONCILING)).isTrue();
    }

    @Test
    void modelConfigAndEndpointAreMadeInThatOrderAndThenWaitedFor() {
        Scene scene = new Scene();
        List<Class<?>> steps = new ArrayList<>();
        for (int pass = 0; pass < 6; pass++) {
            steps.add(scene.pass().step().getClass());
        }

        assertThat(steps)
                .containsExactly(
                        Step.None.class,
                        Step.CreateModel.class,
                        Step.CreateEndpointConfig.class,
                        Step.CreateEndpoint.class,
                        Step.None.class,
                        Step.None.class);
    }

    @Test
    void anEndpointInServiceWithTheWantedConfigIsReady() {
        Scene scene = new Scene();
        scene.settle();
        Decision decision = scene.awsFinishes().settle();

        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(said(decision, ConditionTypes.AVAILABLE)).isEqualTo("True/Serving");
        assertThat(scene.status.revision().deployed()).isEqualTo(scene.wanted());
        assertThat(scene.status.progress()).isNull();
        assertThat(scene.status.effective().maxConcurrency()).isEqualTo(10);
        assertThat(scene.status.revisions()).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(RevisionState.DEPLOYED);
            assertThat(record.endpointConfigName()).isEqualTo(scene.live().configName());
        });
    }

    @Test
    void theModelIsMadeWithTheDigestTheTagMeant() {
        Scene scene = new Scene();
        scene.pass();

        assertThat(scene.pass().step())
                .isInstanceOfSatisfying(
                        Step.CreateModel.class,
                        create -> assertThat(create.request().image()).isEqualTo("repository@sha256:abc"));
    }

    @Test
    void anImageThatDoesNotExistIsWaitedForAndThenAPersonIsAsked() {
        Scene scene = new Scene();
        scene.image = new Reading.Absent<>();
        scene.pass();

        Decision early = scene.pass();
        assertThat(early.step()).isEqualTo(new Step.None());
        assertThat(said(early, ConditionTypes.RECONCILING)).isEqualTo("True/PreflightFailed");

        Decision late = scene.after(Duration.ofMinutes(2)).pass();
        assertThat(said(late, ConditionTypes.STALLED)).isEqualTo("True/PreflightFailed");
        assertThat(isTrue(late, ConditionTypes.RECONCILING)).isFalse();

        scene.image = Scene.image("repository@sha256:abc");
        assertThat(scene.pass().step()).isInstanceOf(Step.CreateModel.class);
    }

    @Test
    void aRegistryThatCannotBeReadLosesTheDigestButNotTheEndpoint() {
        Scene scene = new Scene();
        scene.image = new Reading.Refused<>(
                new AwsFailure(FailureKind.DENIED, "ecr:DescribeImages", "AccessDeniedException", "no", "r-1"));
        scene.pass();

        Decision decision = scene.pass();

        assertThat(decision.step()).isInstanceOf(Step.CreateModel.class);
        assertThat(decision.announcements())
                .extracting(Announcement::reason)
                .containsExactly(ConditionTypes.PREFLIGHT_PASSED, Reasons.IMAGE_NOT_RESOLVED);
        assertThat(said(decision, ConditionTypes.PREFLIGHT_PASSED)).isEqualTo("True/PassedWithFindings");
    }

    @Test
    void aMissingIdentityStallsOnlyWhenItLasts() {
        Scene scene = new Scene();
        scene.standing = new Standing.Waiting(Reasons.IDENTITY_NOT_FOUND, "there is none");

        assertThat(said(scene.pass(), ConditionTypes.RECONCILING)).isEqualTo("True/IdentityNotFound");
        assertThat(said(scene.after(Duration.ofMinutes(2)).pass(), ConditionTypes.STALLED))
                .isEqualTo("True/IdentityNotFound");
        scene.standing = new Standing.Granted(Scene.ACCOUNT, Optional.empty());
        assertThat(isTrue(scene.pass(), ConditionTypes.STALLED)).isFalse();
    }

    @Test
    void anAwsThatIsAwayIsNoMatterForAPersonBeforeTheProgressDeadline() {
        Scene scene = new Scene();
        scene.standing = new Standing.Waiting(Reasons.IDENTITY_NOT_READY, "AWS does not answer", true);
        scene.pass();

        assertThat(said(scene.after(Duration.ofMinutes(10)).pass(), ConditionTypes.RECONCILING))
                .isEqualTo("True/IdentityNotReady");
        assertThat(said(scene.after(Duration.ofMinutes(30)).pass(), ConditionTypes.STALLED))
                .isEqualTo("True/ProgressDeadlineExceeded");
    }

    @Test
    void anIdentityThatRefusesStallsAtOnce() {
        Scene scene = new Scene();
        scene.standing = new Standing.Refused(Reasons.REGION_NOT_ALLOWED, "not there");

        assertThat(said(scene.pass(), ConditionTypes.STALLED)).isEqualTo("True/RegionNotAllowed");
    }

    @Test
    void anIdentityOfAnotherAccountStallsAtOnce() {
        Scene scene = Scene.serving();
        scene.standing = new Standing.Granted("999999999999", Optional.empty());

        Decision decision = scene.pass();

        assertThat(said(decision, ConditionTypes.STALLED)).isEqualTo("True/AccountChanged");
        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(scene.status.accountID()).isEqualTo(Scene.ACCOUNT);
    }

    @Test
    void anExpressionThatDoesNotCompileStallsBeforeAnythingElse() {
        Scene scene = new Scene();
        scene.invalidExpectation = java.util.Optional.of("request happy: no such field");

        assertThat(said(scene.pass(), ConditionTypes.STALLED)).isEqualTo("True/InvalidExpectation");
    }

    @Test
    void aNameTakenInTheMiddleOfPreparingLeavesStalledAlone() {
        Scene scene = new Scene();
        scene.pass();
        scene.config(
                scene.desired().configName(),
                scene.desired().configRequest("v", "m").capacity(),
                Scene.stranger().toTags());
        scene.pass();

        Decision decision = scene.pass();

        assertThat(said(decision, ConditionTypes.STALLED)).isEqualTo("True/NameTaken");
        assertThat(isTrue(decision, ConditionTypes.RECONCILING)).isFalse();
    }

    @Test
    void aModelOfOtherContentUnderTheSameShortNameIsNotUsed() {
        Scene scene = new Scene();
        scene.pass();
        Step.CreateModel create = (Step.CreateModel) scene.pass().step();
        scene.models.clear();
        scene.apply(new Step.CreateModel(
                new dev.pilotlight.domain.hosting.ModelRequest(
                        create.request().name(),
                        "other",
                        java.util.Optional.empty(),
                        "role",
                        java.util.Map.of(),
                        create.owner()
                                .withContent(create.owner().revision(), "other")
                                .toTags()),
                create.owner()));

        assertThat(said(scene.pass(), ConditionTypes.STALLED)).isEqualTo("True/NameCollision");
    }

    @Test
    void anEndpointDeletedByHandIsMadeAgainAndSaidOnce() {
        Scene scene = Scene.serving();
        scene.endpoints.clear();

        Decision decision = scene.pass();
        assertThat(decision.step()).isInstanceOf(Step.CreateEndpoint.class);
        assertThat(decision.announcements()).hasSize(1);
        scene.endpoints.clear();
        assertThat(scene.pass().announcements()).isEmpty();
    }

    @Test
    void theProgressDeadlineAsksForAPersonAndStillWaits() {
        Scene scene = new Scene();
        scene.settle();

        Decision decision = scene.after(Duration.ofMinutes(30)).pass();

        assertThat(said(decision, ConditionTypes.STALLED)).isEqualTo("True/ProgressDeadlineExceeded");
        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"IN_SERVICE", "OUT_OF_SERVICE", "FAILED", "UPDATE_ROLLBACK_FAILED"})
    void anEndpointThatMovesIsLeftAlone(EndpointStatus state) {
        Scene scene = Scene.serving().wants(b -> b.image("2.0"));
        scene.move(Scene.NAME, state);

        Decision decision = scene.pass();

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(isTrue(decision, ConditionTypes.READY)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"IN_SERVICE", "UPDATING", "SYSTEM_UPDATING", "ROLLING_BACK"})
    void anEndpointThatAnswersNoRequestsIsNeitherReadyNorAvailable(EndpointStatus state) {
        Scene scene = Scene.serving();
        scene.move(Scene.NAME, state);

        Decision decision = scene.pass();

        assertThat(isTrue(decision, ConditionTypes.READY)).isFalse();
        assertThat(isTrue(decision, ConditionTypes.AVAILABLE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"UPDATING", "SYSTEM_UPDATING", "ROLLING_BACK"})
    void anEndpointThatAwsWorksOnWhileItServesStaysReady(EndpointStatus state) {
        Scene scene = Scene.serving();
        scene.move(Scene.NAME, state);

        Decision decision = scene.pass();

        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(said(decision, ConditionTypes.SCALING)).isEmpty();
    }

    @Test
    void anEndpointBeingDeletedByHandIsWaitedOutAndMadeAgain() {
        Scene scene = Scene.serving();
        scene.move(Scene.NAME, EndpointStatus.DELETING);

        assertThat(said(scene.pass(), ConditionTypes.READY)).isEqualTo("False/RecreatingEndpoint");
        scene.awsFinishes();
        assertThat(scene.pass().step()).isInstanceOf(Step.CreateEndpoint.class);
        assertThat(scene.pass().step()).isEqualTo(new Step.None());
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
    }

    @Test
    void aFirstCreateThatFailsForGoodStallsAndARetryAnnotationTriesAgain() {
        Scene scene = new Scene();
        scene.settle();
        scene.awsFails(EndpointStatus.FAILED, "The container did not pass the ping health check.");

        Decision stalled = scene.settle();
        assertThat(said(stalled, ConditionTypes.STALLED)).isEqualTo("True/EndpointFailed");

        scene.retry = "once more";
        assertThat(scene.pass().step()).isEqualTo(new Step.Delete(Kind.ENDPOINT, Scene.NAME));
        scene.settle();
        scene.awsFinishes().settle();
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
    }

    @Test
    void aFirstCreateThatFailsForACauseThatPassesIsMadeAgainLaterAndLater() {
        Scene scene = new Scene();
        scene.settle();
        List<Duration> waits = new ArrayList<>();
        for (int attempt = 0; attempt < 5; attempt++) {
            scene.awsFails(EndpointStatus.FAILED, "Unable to assume the role.");
            var failedAt = scene.now;
            Decision decision = scene.pass();
            while (!(decision.step() instanceof Step.Delete)) {
                scene.now = decision.nextLook().orElseThrow();
                decision = scene.pass();
            }
            waits.add(Duration.between(failedAt, scene.now));
            scene.awsFinishes();
            scene.settle();
        }

        assertThat(waits.getFirst()).isZero();
        assertThat(waits).isSorted().last().isEqualTo(Duration.ofMinutes(5));
    }
}
