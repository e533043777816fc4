package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.testing.EndpointManifest;
import dev.pilotlight.testing.Film;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A new revision takes the place of the one that serves, or does not, and either way something serves. */
@RealApiServer
class ChangeApiServerTest {
    private static final String POSITIVE = "response.json.label == \"POSITIVE\"";

    @Test
    void anotherMemorySizeIsANewRevisionThroughOneUpdateWhileTheOldOneServes(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            String first = endpoint.deployed();
            world.forgetCalls();

            try (Film film = Film.of(team)) {
                endpoint.changeAndAwait(manifest -> manifest.memory(3072));

                assertThat(film.of(endpoint, "Available")).containsExactly("True Serving");
                assertThat(film.of(endpoint, "Ready"))
                        .containsExactly(
                                "True Succeeded",
                                "False PreparingRevision",
                                "False UpdatingEndpoint",
                                "True Succeeded");
            }
            assertThat(world.mutations())
                    .containsExactly(
                            "sagemaker:CreateModel", "sagemaker:CreateEndpointConfig", "sagemaker:UpdateEndpoint");
            assertThat(endpoint.deployed()).isNotEqualTo(first);
            assertThat(endpoint.revisions()).containsExactly(endpoint.deployed(), first);
            assertThat(endpoint.status().revisions())
                    .extracting(record -> record.state())
                    .containsExactly(RevisionState.DEPLOYED, RevisionState.SUPERSEDED);
            assertThat(endpoint.status().effective().memorySizeInMB()).isEqualTo(3072);
        }
    }

    @Test
    void historyIsTrimmedToItsLimitConfigBeforeModelAndNeverWhatServes(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint =
                    team.serving(team.manifest("sentiment").inPlace().historyLimit(1));
            String first = endpoint.deployed();
            endpoint.changeAndAwait(manifest -> manifest.memory(3072));
            world.settle();
            assertThat(endpoint.revisions()).hasSize(2).endsWith(first);
            world.forgetCalls();

            endpoint.changeAndAwait(manifest -> manifest.memory(4096));
            world.settle();

            assertThat(endpoint.revisions())
                    .hasSize(2)
                    .startsWith(endpoint.deployed())
                    .doesNotContain(first);
            assertThat(world.mutations())
                    .endsWith("sagemaker:UpdateEndpoint", "sagemaker:DeleteEndpointConfig", "sagemaker:DeleteModel");
            assertThat(world.console().models()).hasSize(2).noneMatch(name -> name.contains(first));
            assertThat(world.console().endpointConfigs())
                    .hasSize(2)
                    .contains(world.console()
                            .endpoint(endpoint.endpointName())
                            .path("EndpointConfigName")
                            .asText());

            endpoint.change(manifest -> manifest.historyLimit(0));
            world.settle();
            assertThat(endpoint.revisions()).containsExactly(endpoint.deployed());
            assertThat(world.console().endpointConfigs()).hasSize(1);
            assertThat(world.console().models()).hasSize(1);
        }
    }

    @Test
    void goingBackToAnEarlierSpecUsesItsModelAndConfigAgain(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            String first = endpoint.deployed();
            endpoint.changeAndAwait(manifest -> manifest.memory(3072));
            String second = endpoint.deployed();
            world.forgetCalls();

            endpoint.changeAndAwait(manifest -> manifest.memory(2048));

            assertThat(endpoint.deployed()).isEqualTo(first);
            assertThat(endpoint.revisions()).containsExactly(first, second);
            assertThat(world.mutations()).containsExactly("sagemaker:UpdateEndpoint");
        }
    }

    @Test
    void anUpdateThatAwsRollsBackIsTriedOnceAndTheOldRevisionServesOn(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.console().push("2.0.0-update-rolls-back");
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            String first = endpoint.deployed();
            world.forgetCalls();

            endpoint.change(manifest -> manifest.imageTag("2.0.0-update-rolls-back"));
            endpoint.awaitStalled();
            world.advanceBy(Duration.ofHours(2));

            assertThat(endpoint.says("Ready")).isEqualTo("False UpdateFailed");
            assertThat(endpoint.says("Available")).isEqualTo("True Serving");
            assertThat(endpoint.says("Stalled")).isEqualTo("True UpdateFailed");
            assertThat(endpoint.message("Stalled")).contains("did not pass the ping health check", first);
            assertThat(endpoint.deployed()).isEqualTo(first);
            assertThat(endpoint.status().revisions().getFirst().state()).isEqualTo(RevisionState.FAILED);
            assertThat(world.calls()).containsEntry("sagemaker:UpdateEndpoint", 1L);

            endpoint.changeAndAwait(manifest -> manifest.imageTag("1.5.0"));

            assertThat(world.calls()).containsEntry("sagemaker:UpdateEndpoint", 2L);
            assertThat(endpoint.deployed()).isNotEqualTo(first);
            assertThat(endpoint.status().attempt()).isNull();
            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
        }
    }

    @Test
    void aRetryAnnotationTriesARolledBackUpdateAgain(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            world.console().scenario(endpoint.endpointName(), "update-rolls-back");
            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitStalled();
            world.forgetCalls();

            world.console().scenario(endpoint.endpointName(), "none");
            endpoint.annotate("pilotlight.dev/retry", "2026-03-02");
            endpoint.awaitReady();

            assertThat(world.mutations()).containsExactly("sagemaker:UpdateEndpoint");
            assertThat(endpoint.status().effective().memorySizeInMB()).isEqualTo(3072);
            assertThat(endpoint.status().attempt()).isNull();
        }
    }

    @Test
    void goingBackByHandAfterARolledBackUpdateNeedsNoCall(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            world.console().scenario(endpoint.endpointName(), "update-rolls-back");
            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitStalled();
            world.forgetCalls();

            endpoint.changeAndAwait(manifest -> manifest.memory(2048));

            assertThat(world.mutations()).isEmpty();
            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
        }
    }

    @Test
    void ofQuickEditsOnlyTheLastWinsAndNoTwoUpdatesOverlap(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            world.forgetCalls();

            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitReason("Ready", "UpdatingEndpoint");
            endpoint.change(manifest -> manifest.memory(4096));
            world.settle();
            endpoint.changeAndAwait(manifest -> manifest.memory(5120));

            assertThat(endpoint.status().effective().memorySizeInMB()).isEqualTo(5120);
            List<AwsCall> updates = world.requests().stream()
                    .filter(call -> call.operation().equals("sagemaker:UpdateEndpoint"))
                    .toList();
            assertThat(updates).hasSize(2).allMatch(call -> call.failure().isEmpty());
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(endpoint.status().revisions())
                    .filteredOn(record -> record.state() == RevisionState.DEPLOYED)
                    .hasSize(1);
        }
    }

    @Test
    void anEditWhileAwsCreatesIsRolledOutAfterwards(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.apply(team.manifest("sentiment").inPlace());
            endpoint.awaitReason("Ready", "CreatingEndpoint");
            world.advanceBy(Duration.ofSeconds(3));

            endpoint.changeAndAwait(manifest -> manifest.memory(3072));

            assertThat(endpoint.status().effective().memorySizeInMB()).isEqualTo(3072);
            assertThat(world.calls()).containsEntry("sagemaker:CreateEndpoint", 1L);
            assertThat(world.calls()).containsEntry("sagemaker:UpdateEndpoint", 1L);
            assertThat(world.mutations()).doesNotContain("sagemaker:DeleteEndpoint");
        }
    }

    @Test
    void aRevisionThatAnswersWronglyAfterAnUpdateInPlaceGoesBackToTheLastGoodOne(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.console().push("echo-2.0.0");
            TeamEndpoint endpoint =
                    team.serving(team.manifest("sentiment").inPlace().expecting(POSITIVE));
            String first = endpoint.deployed();
            world.forgetCalls();

            endpoint.change(manifest -> manifest.imageTag("echo-2.0.0"));
            endpoint.awaitStalled();
            world.advanceBy(Duration.ofMinutes(30));

            assertThat(endpoint.says("Stalled")).isEqualTo("True ValidationFailed");
            assertThat(endpoint.says("Ready")).isEqualTo("False ValidationFailed");
            assertThat(endpoint.says("Available")).isEqualTo("True Serving");
            assertThat(endpoint.deployed()).isEqualTo(first);
            assertThat(world.console()
                            .endpoint(endpoint.endpointName())
                            .path("EndpointConfigName")
                            .asText())
                    .contains(first);
            assertThat(world.calls()).containsEntry("sagemaker:UpdateEndpoint", 2L);

            endpoint.changeAndAwait(manifest -> manifest.imageTag("1.4.0"));
            assertThat(world.calls()).containsEntry("sagemaker:UpdateEndpoint", 2L);
        }
    }

    @Test
    void aWayBackThatAwsGivesUpIsTriedOnceAndAPersonIsAsked(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.console().push("echo-2.0.0");
            TeamEndpoint endpoint =
                    team.serving(team.manifest("sentiment").inPlace().expecting(POSITIVE));
            world.forgetCalls();

            endpoint.change(manifest -> manifest.imageTag("echo-2.0.0"));
            endpoint.awaitReason("Ready", "RollingBack");
            world.console().scenario(endpoint.endpointName(), "update-rolls-back");
            endpoint.awaitStalled();
            world.advanceBy(Duration.ofHours(2));

            assertThat(endpoint.says("Stalled")).isEqualTo("True RollbackFailed");
            assertThat(endpoint.says("Available")).isEqualTo("True Serving");
            assertThat(world.calls()).containsEntry("sagemaker:UpdateEndpoint", 2L);

            world.console().scenario(endpoint.endpointName(), "none");
            endpoint.changeAndAwait(manifest -> manifest.imageTag("1.5.0"));
            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
        }
    }

    @Test
    void theConfigThatServesIsThereAtEveryMomentOfAChange(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint =
                    team.serving(team.manifest("sentiment").inPlace().historyLimit(0));
            List<String> missing = new ArrayList<>();

            for (int memory : new int[] {3072, 4096}) {
                endpoint.change(manifest -> manifest.memory(memory));
                world.advanceUntil("updated to " + memory, () -> {
                    String serving = world.console()
                            .endpoint(endpoint.endpointName())
                            .path("EndpointConfigName")
                            .asText();
                    Set<String> configs = world.console().endpointConfigs();
                    if (!configs.contains(serving)) {
                        missing.add(serving);
                    }
                    return endpoint.is("Ready", "True");
                });
            }

            assertThat(missing).isEmpty();
        }
    }

    @Test
    void aFieldThatNeedsNoRedeployChangesNothingInAws(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            String first = endpoint.deployed();
            world.forgetCalls();

            endpoint.changeAndAwait(EndpointManifest::inPlace);

            assertThat(world.mutations()).isEmpty();
            assertThat(endpoint.deployed()).isEqualTo(first);
        }
    }
}
