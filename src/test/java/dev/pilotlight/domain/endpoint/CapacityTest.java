package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of concurrency alone: the live path, its exceptions, and that nobody is told the endpoint were not ready. */
class CapacityTest {
    private final Scene scene = Scene.serving(b -> b.concurrency(10, null));

    @AfterEach
    void readyWasNeverTouched() {
        assertThat(scene.status.conditions())
                .filteredOn(condition -> condition.type().equals(ConditionTypes.READY)
                        || condition.type().equals(ConditionTypes.AVAILABLE))
                .hasSize(2)
                .allSatisfy(condition -> assertThat(condition.status()).isEqualTo("True"));
        assertThat(scene.status.conditions())
                .noneSatisfy(condition ->
                        assertThat(condition.type()).isIn(ConditionTypes.RECONCILING, ConditionTypes.STALLED));
    }

    @Test
    void aNewMaximumTakesTheLivePath() {
        Decision decision = scene.wants(b -> b.concurrency(20, null)).pass();

        assertThat(decision.step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(20, 0)));
        assertThat(said(decision, ConditionTypes.SCALING)).isEqualTo("True/UpdatingCapacity");
        assertThat(said(scene.settle(), ConditionTypes.SCALING)).isEqualTo("True/UpdatingCapacity");
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.SCALING)).isEmpty();
        assertThat(scene.status.effective().maxConcurrency()).isEqualTo(20);
        assertThat(scene.status.revisions()).hasSize(1);
    }

    @Test
    void provisionedConcurrencyIsAddedOnTheLivePathWhereAwsTakesIt() {
        assertThat(scene.wants(b -> b.concurrency(10, 2)).pass().step()).isInstanceOf(Step.UpdateConcurrency.class);
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.SCALING)).isEmpty();
        assertThat(scene.status.effective().provisionedConcurrency()).isEqualTo(2);
    }

    @Test
    void whereAwsRefusesTheLivePathAConfigOfTheSameRevisionIsMade() {
        scene.wants(b -> b.concurrency(10, 2));
        scene.failingPass(Failures.of(FailureKind.INVALID));
        scene.livePathRefused = true;

        Decision note = scene.pass();
        assertThat(note.step()).isInstanceOf(Step.None.class);
        assertThat(note.facts().revisions().getFirst().otherEndpointConfigNames())
                .as("in the status before it is in AWS, so that no edit can lose it")
                .containsExactly(scene.desired().configName());
        assertThat(scene.pass().step()).isInstanceOf(Step.CreateEndpointConfig.class);
        Decision update = scene.pass();
        assertThat(update.step())
                .isEqualTo(new Step.UpdateEndpoint(Scene.NAME, scene.desired().configName()));
        assertThat(update.announcements()).hasSize(1);
        scene.settle();
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.SCALING)).isEmpty();
    }

    @Test
    void goingToNoneAlwaysTakesAConfigAndUsesAnOldOneAgain() {
        scene.wants(b -> b.concurrency(10, 2)).settle();
        scene.awsFinishes().settle();

        Decision decision = scene.wants(b -> b.concurrency(10, null)).pass();

        assertThat(decision.step())
                .isEqualTo(new Step.UpdateEndpoint(Scene.NAME, scene.desired().configName()));
        scene.settle();
        scene.awsFinishes().settle();
        assertThat(scene.status.effective().provisionedConcurrency()).isNull();
    }

    @Test
    void configsOfEarlierConcurrencyGoAtRestAndOneIsKeptForTheWayBack() {
        scene.livePathRefused = true;
        goTo(10, 2);
        goTo(20, null);
        String spare = "ml-sentiment-" + scene.wanted() + "-m10-p2";
        String live = "ml-sentiment-" + scene.wanted() + "-m20-p0";

        assertThat(configsThere()).containsExactlyInAnyOrder(spare, live);
        assertThat(scene.status.revisions()).hasSize(1);
        assertThat(scene.status.revisions().getFirst().endpointConfigName()).isEqualTo(live);
        assertThat(scene.status.revisions().getFirst().otherEndpointConfigNames())
                .containsExactly(spare);

        assertThat(scene.wants(b -> b.concurrency(10, 2)).pass().step())
                .as("the spare one is used again")
                .isInstanceOf(Step.UpdateEndpoint.class);
        scene.settle();
        scene.awsFinishes().settle();
        assertThat(configsThere()).containsExactlyInAnyOrder(spare, live);
    }

    @Test
    void aConfigThatWasMadeAndGivenUpBeforeItServedGoesToo() {
        scene.livePathRefused = true;
        for (int provisioned : List.of(2, 3)) {
            scene.wants(b -> b.concurrency(10, provisioned)).pass();
            assertThat(scene.pass().step()).isInstanceOf(Step.CreateEndpointConfig.class);
        }
        scene.settle();
        scene.awsFinishes().settle();

        assertThat(configsThere()).hasSize(2).contains(scene.live().configName());
    }

    @Test
    void aConfigOfEarlierConcurrencyThatIsNotOursIsForgottenAndLeft() {
        scene.livePathRefused = true;
        goTo(10, 2);
        String first = "ml-sentiment-" + scene.wanted() + "-m10-p0";
        scene.config(
                first,
                scene.desired().configRequest("v", scene.desired().modelName()).capacity(),
                Scene.stranger().toTags());
        goTo(20, null);

        assertThat(configsThere()).contains(first);
        assertThat(scene.status.revisions().getFirst().otherEndpointConfigNames())
                .doesNotContain(first);
    }

    private void goTo(int max, Integer provisioned) {
        scene.wants(b -> b.concurrency(max, provisioned)).settle();
        scene.awsFinishes().settle();
    }

    private List<String> configsThere() {
        return scene.configs.entrySet().stream()
                .filter(entry -> entry.getValue().found().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void aConfigOfThatNameThatIsNotOursIsNotUsed() {
        scene.livePathRefused = true;
        scene.wants(b -> b.concurrency(10, 2));
        scene.config(
                scene.desired().configName(),
                scene.desired().configRequest("v", "m").capacity(),
                Scene.stranger().toTags());

        Decision decision = scene.pass();

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(said(decision, ConditionTypes.SCALING)).isEqualTo("False/CapacityChangeFailed");
    }

    @Test
    void aChangeThatAwsTookBackIsLatchedByThePair() {
        scene.wants(b -> b.concurrency(20, null)).settle();
        Decision decision = scene.awsRollsBack("Capacity is short.").settle();

        assertThat(said(decision, ConditionTypes.SCALING)).isEqualTo("False/CapacityChangeFailed");
        assertThat(scene.status.attempt().maxConcurrency()).isEqualTo(20);
        assertThat(scene.after(Duration.ofDays(1)).pass().step()).isEqualTo(new Step.None());

        assertThat(scene.wants(b -> b.concurrency(30, null)).pass().step()).isInstanceOf(Step.UpdateConcurrency.class);
    }

    @Test
    void theLatchIsLiftedByARetryAnnotation() {
        scene.wants(b -> b.concurrency(20, null)).settle();
        scene.awsRollsBack("Capacity is short.").settle();
        scene.retry = "1";

        assertThat(scene.pass().step()).isInstanceOf(Step.UpdateConcurrency.class);
    }

    @Test
    void theLatchIsNotForgottenWhileAwsReportsNoCapacity() {
        scene.wants(b -> b.concurrency(20, null)).settle();
        scene.awsRollsBack("Capacity is short.").settle();
        var live = scene.live();
        scene.put(
                new dev.pilotlight.domain.hosting.EndpointSnapshot(
                        live.name(),
                        live.arn(),
                        live.status(),
                        live.creationTime(),
                        live.lastModifiedTime(),
                        live.configName(),
                        live.failureReason(),
                        List.of()),
                scene.tags());

        scene.settle();

        assertThat(scene.status.attempt()).isNotNull();
    }

    @Test
    void aCallThatCanNeverSucceedIsLatchedToo() {
        scene.wants(b -> b.concurrency(20, null));

        Decision decision = scene.failingPass(Failures.of(FailureKind.INVALID));

        assertThat(said(decision, ConditionTypes.SCALING)).isEqualTo("False/CapacityChangeFailed");
        assertThat(scene.pass().step()).isEqualTo(new Step.None());
    }

    @Test
    void aCallThatMayYetSucceedIsMadeAgain() {
        scene.wants(b -> b.concurrency(20, null));
        for (FailureKind kind :
                List.of(FailureKind.QUOTA_EXCEEDED, FailureKind.DENIED, FailureKind.THROTTLED, FailureKind.RETRIABLE)) {
            assertThat(said(scene.failingPass(Failures.of(kind)), ConditionTypes.SCALING))
                    .isNotEmpty();
        }
        assertThat(scene.pass().step()).isInstanceOf(Step.UpdateConcurrency.class);
    }

    @Test
    void aPairAskedForWhileAnotherIsUnderWayIsTriedBeforeItIsBlamed() {
        scene.wants(b -> b.concurrency(20, null)).settle();
        scene.wants(b -> b.concurrency(30, null)).settle();
        assertThat(scene.live().status()).isEqualTo(EndpointStatus.UPDATING);
        scene.awsFinishes();

        assertThat(scene.pass().step())
                .isEqualTo(new Step.UpdateConcurrency(Scene.NAME, Desired.VARIANT, new Concurrency(30, 0)));
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.SCALING)).isEmpty();
    }

    @Test
    void aStaleReadAfterTheCallIsWaitedOut() {
        scene.wants(b -> b.concurrency(20, null));
        Decision call = scene.decide();
        scene.report(call);

        Decision stale = scene.after(Duration.ofSeconds(3)).pass();

        assertThat(stale.step()).isEqualTo(new Step.None());
        assertThat(said(stale, ConditionTypes.SCALING)).isEqualTo("True/" + Reasons.UPDATING_CAPACITY);
    }

    @Test
    void aClockThatWasSetBackDoesNotMakeTheWaitLonger() {
        scene.wants(b -> b.concurrency(20, null)).pass();
        scene.looksUntouched();

        scene.now = scene.now.minus(Duration.ofHours(1));
        assertThat(scene.pass().step()).isEqualTo(new Step.None());

        assertThat(said(scene.after(Duration.ofSeconds(61)).pass(), ConditionTypes.SCALING))
                .isEqualTo("False/CapacityChangeFailed");
    }

    @Test
    void whatCannotBeHadHoldsUpNothingElse() {
        scene.wants(b -> b.concurrency(20, null)).settle();
        scene.awsRollsBack("Capacity is short.").settle();

        scene.wants(b -> b.tags(Map.of("team", "ml"))).settle();

        assertThat(scene.tags()).containsEntry("team", "ml");
        assertThat(scene.status.attempt()).isNotNull();
        var before = scene.status;
        scene.after(Duration.ofDays(1)).settle();
        assertThat(scene.status).isEqualTo(before);
    }
}
