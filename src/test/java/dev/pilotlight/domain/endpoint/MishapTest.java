package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.isTrue;
import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Progress;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What people hear when an AWS call failed. */
class MishapTest {

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, mode = Mode.EXCLUDE, names = "DENIED")
    void aLookThatFailsDoesNotMakeAServingEndpointUnready(FailureKind kind) {
        Scene scene = Scene.serving();
        var before = scene.status;

        scene.blindPass(Failures.of(kind));

        assertThat(scene.status).isEqualTo(before);
    }

    @Test
    void aDeniedLookIsWaitedForAndThenAPersonIsAsked() {
        Scene scene = Scene.serving();

        assertThat(said(scene.blindPass(Failures.of(FailureKind.DENIED)), ConditionTypes.RECONCILING))
                .isEqualTo("True/AccessDenied");
        Decision late = scene.after(Duration.ofMinutes(2)).blindPass(Failures.of(FailureKind.DENIED));
        assertThat(said(late, ConditionTypes.STALLED)).isEqualTo("True/AccessDenied");
        assertThat(isTrue(late, ConditionTypes.AVAILABLE)).isTrue();
        assertThat(said(scene.pass(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
    }

    @Test
    void anEndpointThatServesStaysReadyWhileTheIdentityIsNotTriedYetAfterAStart() {
        AwsFailure nobody = new AwsFailure(FailureKind.DENIED, "sagemaker:ListEndpoints", "NoIdentity", "nobody", "");

        assertThat(said(Scene.serving().blindPass(nobody), ConditionTypes.READY))
                .isEqualTo("True/Succeeded");
    }

    @Test
    void aRoleThatCannotBeAssumedIsCalledThat() {
        AwsFailure failure = new AwsFailure(FailureKind.DENIED, "sts:AssumeRole", "AccessDenied", "no", "r");

        assertThat(said(new Scene().blindPass(failure), ConditionTypes.READY)).isEqualTo("False/RoleNotAssumable");
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void aChangedSpecIsNeverCalledReadyOnTheStrengthOfTheOldOne(FailureKind kind) {
        Scene scene = Scene.serving().wants(b -> b.image("2.0"));

        scene.blindPass(Failures.of(kind));

        boolean saysReady = scene.status.conditions().stream()
                .anyMatch(
                        c -> c.type().equals(ConditionTypes.READY) && c.status().equals("True"));
        assertThat(saysReady && scene.status.observedGeneration() > 1).isFalse();
    }

    @Test
    void ourOwnLimiterIsNoNews() {
        Scene scene = new Scene();
        scene.pass();
        var before = scene.status;

        scene.failingPass(Failures.heldByOurselves());

        assertThat(scene.status).isEqualTo(before);
    }

    @Test
    void aFirstPassThatFailsStillSaysSomething() {
        Scene scene = new Scene();

        Decision decision = scene.blindPass(Failures.heldByOurselves());

        assertThat(said(decision, ConditionTypes.READY)).startsWith("False/");
        assertThat(isTrue(decision, ConditionTypes.RECONCILING)).isTrue();
    }

    @Test
    void whatFailsOnTheFirstPassIsStillRecordedOnTheSecond() {
        Scene scene = new Scene();
        scene.blindPass(Failures.of(FailureKind.RETRIABLE));

        scene.pass();

        assertThat(scene.status.revisions()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"NOT_FOUND", "CONFLICT", "IN_PROGRESS"})
    void anEndpointThatIsGoneIsNotReadyThoughMakingItFailsQuietly(FailureKind kind) {
        Scene scene = Scene.serving();
        scene.endpoints.clear();

        assertThat(isTrue(scene.failingPass(Failures.of(kind)), ConditionTypes.READY))
                .isFalse();
    }

    @Test
    void quietFailuresThatLastOverTheDeadlineBecomeLoud() {
        Scene scene = new Scene();
        scene.pass();
        for (int minute = 0; minute < 130; minute += 10) {
            scene.after(Duration.ofMinutes(10)).failingPass(Failures.of(FailureKind.NOT_FOUND));
        }

        assertThat(scene.status.conditions())
                .anySatisfy(condition -> assertThat(condition.type()).isEqualTo(ConditionTypes.STALLED));
    }

    @Test
    void aRefusedValueIsForAPersonAndRepeatingItIsNoNews() {
        Scene scene = new Scene();
        scene.pass();
        Decision first = scene.failingPass(Failures.of(FailureKind.INVALID, "request-1"));
        assertThat(said(first, ConditionTypes.STALLED)).isEqualTo("True/InvalidParameter");
        var before = scene.status;

        scene.after(Duration.ofMinutes(5)).failingPass(Failures.of(FailureKind.INVALID, "request-2"));

        assertThat(scene.status).isEqualTo(before);
    }

    @Test
    void quotaIsWaitedForUntilTheProgressDeadline() {
        Scene scene = new Scene();
        scene.pass();
        scene.failingPass(Failures.of(FailureKind.QUOTA_EXCEEDED));
        assertThat(isTrue(
                        scene.after(Duration.ofMinutes(29)).failingPass(Failures.of(FailureKind.QUOTA_EXCEEDED)),
                        ConditionTypes.RECONCILING))
                .isTrue();
        assertThat(said(
                        scene.after(Duration.ofMinutes(2)).failingPass(Failures.of(FailureKind.QUOTA_EXCEEDED)),
                        ConditionTypes.STALLED))
                .isEqualTo("True/QuotaExceeded");
    }

    @Test
    void slownessThatComesAndGoesDoesNotPutTheDeadlineOff() {
        Scene scene = new Scene();
        scene.settle();
        Decision decision = null;
        for (int minute = 0; minute <= 30; minute += 2) {
            scene.blindPass(Failures.of(minute % 4 == 0 ? FailureKind.THROTTLED : FailureKind.RETRIABLE));
            decision = scene.pass();
            scene.after(Duration.ofMinutes(2));
        }

        assertThat(said(decision, ConditionTypes.STALLED)).isEqualTo("True/ProgressDeadlineExceeded");
    }

    @Test
    void tagsThatCannotBeSetRightNowAreNoReasonToBeUnready() {
        Scene scene = Scene.serving();
        var tags = new java.util.HashMap<>(scene.tags());
        tags.put(dev.pilotlight.domain.hosting.Ownership.TAG_PREFIX + "role", "other");
        scene.retagged(tags);
        assertThat(scene.decide().step()).isInstanceOf(Step.AddTags.class);
        var before = scene.status;

        scene.failingPass(Failures.of(FailureKind.THROTTLED));

        assertThat(scene.status).isEqualTo(before);
    }

    @Test
    void aDeletionThatFailsSaysWhatItWaitsFor() {
        Scene scene = Scene.serving();
        Decision decision = new Mishap(Policy.DEFAULT)
                .decide(
                        scene.wants(b -> b.suspend(false)).desired(),
                        scene.observed(),
                        new Step.Delete(dev.pilotlight.domain.hosting.OwnedResource.Kind.ENDPOINT, Scene.NAME),
                        true,
                        Failures.of(FailureKind.DENIED),
                        scene.status,
                        scene.now);

        assertThat(said(decision, ConditionTypes.TERMINATING)).isEqualTo("True/IdentityUnavailable");
        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("False/AccessDenied");
    }

    @Test
    void aDeadlineRunsFromNowWhereTheClockWasSetBackSinceTheWaitBegan() {
        Scene scene = new Scene();
        scene.pass();
        scene.now = scene.now.minus(Duration.ofHours(5));
        Decision waits = scene.blindPass(Failures.of(FailureKind.RETRIABLE));

        assertThat(waits.nextLook()).hasValue(scene.now.plus(Duration.ofMinutes(30)));
        assertThat(scene.status.progress().since()).isEqualTo(scene.now.toString());
    }

    @Test
    void aTimeThatNobodyCanReadCountsAsNow() {
        Scene scene = new Scene();
        scene.pass();
        scene.status = new ServerlessEndpointStatusBuilder(scene.status)
                .progress(new Progress(scene.status.progress().reason(), "yesterday", null, null))
                .build();

        scene.blindPass(Failures.of(FailureKind.RETRIABLE));

        assertThat(scene.status.progress().since()).isEqualTo(scene.now.toString());
    }
}
