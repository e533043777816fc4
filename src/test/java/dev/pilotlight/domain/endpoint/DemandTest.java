package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.said;
import static dev.pilotlight.domain.endpoint.Scene.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.EndpointLimits;
import dev.pilotlight.api.v1alpha1.ProvisionedBy;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.preflight.Foreign;
import dev.pilotlight.domain.preflight.Surroundings;
import dev.pilotlight.domain.preflight.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A WarmPolicy decides the provisioned concurrency: it wins over the spec, is clamped to it, and gives it back ten minutes later. */
class DemandTest {
    private final Scene scene = Scene.serving(b -> b.concurrency(10, 2));
    private final String revision = scene.wanted();

    @AfterEach
    void readyWasNeverTouchedAndNothingWasRevised() {
        assertThat(scene.status.conditions())
                .filteredOn(condition -> condition.type().equals(ConditionTypes.READY)
                        || condition.type().equals(ConditionTypes.AVAILABLE))
                .hasSize(2)
                .allSatisfy(condition -> {
                    assertThat(condition.status()).isEqualTo("True");
                    assertThat(condition.lastTransitionTime())
                            .isEqualTo(Scene.START.plus(Duration.ofMinutes(2)).toString());
                });
        assertThat(scene.status.conditions())
                .noneSatisfy(condition ->
                        assertThat(condition.type()).isIn(ConditionTypes.RECONCILING, ConditionTypes.STALLED));
        assertThat(scene.status.revisions()).hasSize(1);
        assertThat(scene.status.revision().deployed()).isEqualTo(revision);
        assertThat(scene.status.validation()).isNull();
    }

    private Decision goTo(int provisioned) {
        scene.demands(provisioned).settle();
        return scene.awsFinishes().settle();
    }

    // ---- in force

    @Test
    void itWinsOverTheSpecOnTheLivePath() {
        Decision decision = scene.demands(4).pass();

        assertThat(decision.step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 4)));
        assertThat(said(decision, ConditionTypes.SCALING)).isEqualTo("True/UpdatingCapacity");
        assertThat(verdict(decision, ConditionTypes.SCALING).orElseThrow().message())
                .contains("provisioned 4")
                .contains("WarmPolicy office");
        assertThat(decision.announcements()).as("no drift").isEmpty();
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.SCALING)).isEmpty();
        assertThat(scene.status.effective().provisionedConcurrency()).isEqualTo(4);
        assertThat(scene.status.effective().provisionedBy()).isEqualTo(new ProvisionedBy("WarmPolicy", "office", null));
    }

    @Test
    void theSpecsOwnNumberIsSaidToBeOverridden() {
        Decision decision = goTo(4);

        assertThat(said(decision, ConditionTypes.PROVISIONED_CONCURRENCY_OVERRIDDEN))
                .isEqualTo("True/OverriddenByWarmPolicy");
        assertThat(verdict(decision, ConditionTypes.PROVISIONED_CONCURRENCY_OVERRIDDEN)
                        .orElseThrow()
                        .message())
                .contains("office")
                .contains("(2)");
    }

    @Test
    void withoutANumberInTheSpecNothingIsOverridden() {
        scene.wants(b -> b.concurrency(10, null));

        assertThat(said(goTo(4), ConditionTypes.PROVISIONED_CONCURRENCY_OVERRIDDEN))
                .isEmpty();
    }

    @Test
    void itNeverExceedsMaxConcurrency() {
        assertThat(scene.demands(40).pass().step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 10)));
    }

    @Test
    void aLowerMaxConcurrencyTakesItAlong() {
        goTo(8);

        assertThat(scene.wants(b -> b.concurrency(5, 2)).pass().step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(5, 5)));
        scene.awsFinishes().settle();
    }

    @Test
    void noneTakesAConfigOfTheSameRevisionAndIsSaidToCostColdStarts() {
        scene.demands(0).pass();
        assertThat(scene.pass().step()).isInstanceOf(Step.CreateEndpointConfig.class);
        Decision update = scene.pass();

        assertThat(update.step())
                .isEqualTo(new Step.UpdateEndpoint(Scene.NAME, "ml-sentiment-" + revision + "-m10-p0"));
        assertThat(update.announcements()).hasSize(1);
        assertThat(update.announcements().getFirst().note()).contains("cold starts");
        scene.awsFinishes().settle();
        assertThat(scene.status.effective().provisionedConcurrency()).isNull();
        assertThat(scene.status.effective().provisionedBy()).isEqualTo(new ProvisionedBy("WarmPolicy", "office", null));
    }

    @Test
    void whatTheSpecAndThePolicyAgreeOnChangesNothingInAws() {
        assertThat(scene.demands(2).settle().step()).isEqualTo(new Step.None());
        assertThat(scene.status.effective().provisionedBy().name()).isEqualTo("office");
    }

    @Test
    void aChangeOfMindWhileAwsIsBusyIsNotTakenForARefusal() {
        scene.demands(4).settle();
        scene.demands(6).settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);

        Decision decision = scene.awsFinishes().pass();

        assertThat(decision.step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 6)));
        assertThat(decision.announcements()).isEmpty();
        assertThat(scene.status.attempt()).isNull();
        scene.awsFinishes().settle();
    }

    @Test
    void aDemandedPairThatAwsTookBackIsLatchedAndTheNextOneIsTried() {
        scene.demands(4).settle();
        Decision decision = scene.awsRollsBack("Capacity is short.").settle();

        assertThat(said(decision, ConditionTypes.SCALING)).isEqualTo("False/CapacityChangeFailed");
        assertThat(verdict(decision, ConditionTypes.SCALING).orElseThrow().message())
                .contains("WarmPolicy office")
                .contains("Capacity is short.");
        assertThat(scene.after(Duration.ofDays(1)).pass().step()).isEqualTo(new Step.None());
        assertThat(scene.demands(3).pass().step()).isInstanceOf(Step.UpdateConcurrency.class);
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.SCALING)).isEmpty();
        assertThat(scene.demands(4).pass().step()).as("another day").isInstanceOf(Step.UpdateConcurrency.class);
        scene.awsFinishes().settle();
    }

    @Test
    void aCallThatAwsRefusesForGoodIsLatchedByTheDemandedPair() {
        scene.demands(4);

        scene.failingPass(Failures.of(FailureKind.INVALID));

        assertThat(scene.status.attempt().provisionedConcurrency()).isEqualTo(4);
        assertThat(scene.pass().step()).isEqualTo(new Step.None());
    }

    @Test
    void roomIsCheckedBeforeARaise() {
        scene.inspected = Optional.empty();
        scene.around = new Surroundings(
                new Usage(3, 30, 5), Foreign.NONE, new Usage(3, 30, 5), Optional.of(new EndpointLimits(null, null, 8)));
        assertThat(scene.demands(4).pass().step()).isInstanceOf(Step.Inspect.class);

        Decision decision = scene.pass();

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(said(decision, ConditionTypes.SCALING)).isEqualTo("False/LimitExceeded");
        assertThat(scene.demands(3).pass().step())
                .as("there is room for that")
                .isInstanceOf(Step.UpdateConcurrency.class);
        scene.awsFinishes().settle();
    }

    // ---- drift

    @Test
    void driftIsJudgedAgainstWhatIsDemanded() {
        goTo(4);
        live(new Concurrency(10, 2));

        Decision decision = scene.pass();

        assertThat(decision.step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 4)));
        assertThat(decision.announcements()).hasSize(1);
        assertThat(decision.announcements().getFirst().reason()).isEqualTo(Reasons.DRIFT_DETECTED);
        scene.awsFinishes().settle();
    }

    // ---- the policy goes

    @Test
    void capacityStaysForTenMinutesAndThenTheSpecHolds() {
        goTo(4);

        Decision gone = scene.demandsNothing().pass();

        assertThat(gone.step()).isEqualTo(new Step.None());
        assertThat(gone.nextLook()).contains(scene.now.plus(Duration.ofMinutes(10)));
        assertThat(gone.announcements()).hasSize(1);
        assertThat(gone.announcements().getFirst().reason()).isEqualTo(Reasons.WARM_POLICY_GONE);
        assertThat(gone.announcements().getFirst().note()).contains("office").contains("(2)");
        String until = scene.now.plus(Duration.ofMinutes(10)).toString();
        assertThat(scene.status.effective().provisionedBy())
                .isEqualTo(new ProvisionedBy("WarmPolicy", "office", until));
        assertThat(verdict(gone, ConditionTypes.PROVISIONED_CONCURRENCY_OVERRIDDEN)
                        .orElseThrow()
                        .message())
                .contains(until);

        Decision restart = scene.after(Duration.ofMinutes(9)).pass();
        assertThat(restart.step()).isEqualTo(new Step.None());
        assertThat(restart.announcements()).as("once").isEmpty();
        assertThat(scene.status.effective().provisionedBy().until()).isEqualTo(until);

        Decision fallBack = scene.after(Duration.ofMinutes(1)).pass();
        assertThat(fallBack.step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 2)));
        assertThat(fallBack.announcements()).as("no drift").isEmpty();
        assertThat(said(fallBack, ConditionTypes.PROVISIONED_CONCURRENCY_OVERRIDDEN))
                .isEmpty();
        scene.awsFinishes().settle();
        assertThat(scene.status.effective().provisionedBy())
                .isEqualTo(new ProvisionedBy("ServerlessEndpoint", "sentiment", null));
    }

    @Test
    void aPolicyThatComesBackInTimeCostsNothing() {
        goTo(4);
        scene.demandsNothing().settle();

        assertThat(scene.after(Duration.ofMinutes(9)).demands(4).settle().step())
                .isEqualTo(new Step.None());
        assertThat(scene.status.effective().provisionedBy()).isEqualTo(new ProvisionedBy("WarmPolicy", "office", null));
        assertThat(scene.after(Duration.ofHours(1)).pass().step()).isEqualTo(new Step.None());
    }

    @Test
    void aPolicyThatGoesWhileAwsStillFollowsItHoldsWhatComesOfIt() {
        scene.demands(4).settle();
        scene.demandsNothing().settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        assertThat(scene.status.effective().provisionedBy().until())
                .as("it counts from now")
                .isNotNull();

        assertThat(scene.awsFinishes().settle().step()).isEqualTo(new Step.None());
        assertThat(scene.status.effective().provisionedConcurrency()).isEqualTo(4);
        assertThat(scene.after(Duration.ofMinutes(8)).pass().step()).isInstanceOf(Step.UpdateConcurrency.class);
        scene.awsFinishes().settle();
    }

    @Test
    void aPolicyThatWantedNoneHoldsNone() {
        scene.demands(0).settle();
        scene.awsFinishes().settle();

        assertThat(scene.demandsNothing().settle().step()).isEqualTo(new Step.None());
        Decision fallBack = scene.after(Duration.ofMinutes(10)).pass();
        assertThat(fallBack.step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(10, 2)));
        scene.awsFinishes().settle();
    }

    @Test
    void anotherPolicyTakesOverAtOnce() {
        goTo(4);
        scene.demandsNothing().settle();
        scene.demands(6).settle();

        assertThat(scene.awsFinishes().settle().step()).isEqualTo(new Step.None());
        assertThat(scene.status.effective().provisionedConcurrency()).isEqualTo(6);
    }

    // ---- quiet

    @Test
    void atRestNothingIsNew() {
        goTo(4);
        var before = scene.status;

        for (int hour = 0; hour < 48; hour++) {
            scene.after(Duration.ofHours(1)).pass();
        }

        assertThat(scene.status).isEqualTo(before);
    }

    private void live(Concurrency concurrency) {
        EndpointSnapshot was = scene.live();
        scene.put(
                new EndpointSnapshot(
                        was.name(),
                        was.arn(),
                        was.status(),
                        was.creationTime(),
                        was.lastModifiedTime().plusSeconds(5),
                        was.configName(),
                        Optional.empty(),
                        List.of(new EndpointSnapshot.Variant(
                                Desired.VARIANT,
                                Optional.of(new ServerlessCapacity(2048, concurrency)),
                                Optional.of("repository@sha256:abc")))),
                scene.tags());
    }
}
