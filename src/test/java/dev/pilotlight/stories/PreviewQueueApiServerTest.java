package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.operator.OperatorSettings;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Previews wait their turn, and one that is stuck or given up holds nobody up but those behind it. */
@RealApiServer
class PreviewQueueApiServerTest {

    @Test
    void previewsOfOneAccountTakeTurnsInTheOrderTheyWereAskedForAndARestartKeepsIt(KubeApi api) {
        try (World world = World.start(api, setup -> slots(setup, 1))) {
            Team team = Team.in(world);
            List<TeamEndpoint> endpoints = new ArrayList<>();
            for (String name : List.of("first", "second", "third")) {
                endpoints.add(team.serving(team.manifest(name)));
            }
            for (TeamEndpoint endpoint : endpoints) {
                endpoint.change(manifest -> manifest.memory(3072));
                endpoint.awaitAlso("the change was seen", () -> endpoint.is("Ready", "False"));
                world.advanceBy(Duration.ofSeconds(2));
            }
            TeamEndpoint last = endpoints.getLast();
            last.awaitReason("Reconciling", "WaitingForPreviewSlot");
            assertThat(last.message("Reconciling")).contains("all 1 slots").contains("InPlace");
            world.restartOperator();

            List<String> ready = new ArrayList<>();
            List<Long> previews = new ArrayList<>();
            world.advanceUntil("all serve the change", () -> {
                previews.add(previews(world));
                endpoints.stream()
                        .filter(endpoint -> endpoint.is("Ready", "True"))
                        .map(TeamEndpoint::name)
                        .filter(name -> !ready.contains(name))
                        .forEach(ready::add);
                return ready.size() == 3;
            });

            assertThat(ready).containsExactly("first", "second", "third");
            assertThat(previews).contains(1L).allMatch(count -> count <= 1);
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(previews(world)).isZero();
            assertThat(endpoints)
                    .allMatch(endpoint -> endpoint.status().effective().memorySizeInMB() == 3072);
        }
    }

    @Test
    void quickEditsHaveNoMoreThanOnePreviewAndOneThatIsTakenDown(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            List<Long> previews = new ArrayList<>();
            for (int memory : List.of(3072, 4096, 5120, 6144)) {
                endpoint.change(manifest -> manifest.memory(memory));
                for (int second = 0; second < 2; second++) {
                    world.advanceBy(Duration.ofSeconds(1));
                    previews.add(previews(world));
                }
            }
            assertThat(endpoint.says("Reconciling")).isEqualTo("True WaitingForPreviewSlot");
            assertThat(endpoint.message("Reconciling")).contains("2 earlier revisions");
            world.advanceUntil("the last one serves", () -> {
                previews.add(previews(world));
                return endpoint.is("Ready", "True");
            });

            assertThat(previews).contains(2L).allMatch(count -> count <= 2);
            assertThat(endpoint.status().effective().memorySizeInMB()).isEqualTo(6144);
        }
    }

    @Test
    void aPreviewThatIsStuckIsWaitedOutWithoutHoldingUpTheNextRevision(KubeApi api) {
        try (World world = World.start(api, setup -> slots(setup, 1))) {
            Team team = Team.in(world);
            world.console().push("2.0.0-stuck-creating");
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamEndpoint other = team.serving(team.manifest("other"));
            endpoint.change(manifest -> manifest.imageTag("2.0.0-stuck-creating"));
            endpoint.awaitAlso("its preview is being created", () -> previews(world) == 1);
            String stuck = previewNames(world).getFirst();

            other.change(manifest -> manifest.memory(3072));
            other.awaitReason("Reconciling", "WaitingForPreviewSlot");
            world.advanceBy(Duration.ofMinutes(2));
            world.forgetCalls();
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(world.calls().keySet())
                    .as(
                            "who waits asks nothing of AWS; only the shared poller goes its rounds and follows the stuck one")
                    .isSubsetOf("sagemaker:ListEndpoints", "sagemaker:ListTags", "sagemaker:DescribeEndpoint");

            endpoint.changeAndAwait(manifest -> manifest.memory(4096).imageTag("1.4.0"));
            assertThat(endpoint.status().effective().memorySizeInMB()).isEqualTo(4096);
            assertThat(previewNames(world)).contains(stuck);
            assertThat(other.says("Reconciling")).isEqualTo("True WaitingForPreviewSlot");

            // Wins over what the image's tag asks for, so that creating it comes to an end.
            world.console().scenario(stuck, "slow-start");
            other.awaitReady();
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(previews(world)).isZero();
            assertThat(world.console().endpointConfigs())
                    .as("one for each revision that is left")
                    .hasSize(endpoint.revisions().size() + other.revisions().size());
        }
    }

    @Test
    void anObjectThatIsDeletedWhileItsPreviewIsCreatedLeavesNothingAndMakesRoom(KubeApi api) {
        try (World world = World.start(api, setup -> slots(setup, 1))) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamEndpoint other = team.serving(team.manifest("other"));
            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitAlso("its preview is being created", () -> previews(world) == 1);
            other.change(manifest -> manifest.memory(3072));
            other.awaitReason("Reconciling", "WaitingForPreviewSlot");

            endpoint.delete();
            endpoint.awaitGone();
            other.awaitReady();
            world.advanceBy(Duration.ofMinutes(5));

            assertThat(world.console().endpoints()).containsExactly(other.endpointName());
            assertThat(world.console().models()).hasSize(other.revisions().size());
        }
    }

    @Test
    void whereTheQuotaHasNoRoomOneAsksAgainAndTheOthersWaitBehindIt(KubeApi api) {
        try (World world = World.start(api, setup -> slots(setup, 5))) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamEndpoint other = team.serving(team.manifest("other"));
            world.console().push("2.0.0-over-quota");
            endpoint.change(manifest -> manifest.imageTag("2.0.0-over-quota"));
            endpoint.awaitReason("Reconciling", "WaitingForPreviewSlot");
            assertThat(endpoint.message("Reconciling")).contains("InPlace");

            other.change(manifest -> manifest.memory(3072));
            other.awaitReason("Reconciling", "WaitingForPreviewSlot");
            assertThat(other.message("Reconciling")).contains("quota").contains("InPlace");
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(previews(world)).isZero();
            assertThat(endpoint.is("Available", "True")).isTrue();

            endpoint.changeAndAwait(manifest -> manifest.imageTag("1.4.0"));
            other.awaitReady();
            assertThat(other.status().effective().memorySizeInMB()).isEqualTo(3072);
        }
    }

    private static void slots(World.Setup setup, int slots) {
        setup.brisk()
                .operator(OperatorSettings.defaults()
                        .withClusterID("test-cluster")
                        .withPolicy(Policy.DEFAULT.withPreviewSlots(slots)));
    }

    private static long previews(World world) {
        return previewNames(world).size();
    }

    private static List<String> previewNames(World world) {
        return world.console().endpoints().stream()
                .filter(name -> name.contains("-pv-"))
                .toList();
    }
}
