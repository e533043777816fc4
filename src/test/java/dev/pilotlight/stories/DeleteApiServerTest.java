package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.testing.AwsConsole;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An object that is deleted leaves nothing of its own in AWS, in whatever state it is met, and touches nothing else. */
@RealApiServer
class DeleteApiServerTest {
    private static final String POSITIVE = "response.json.label == \"POSITIVE\"";

    @Test
    void aServingEndpointGoesFirstThenItsConfigThenItsModel(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.forgetCalls();

            endpoint.delete();
            endpoint.awaitReason("Terminating", "DeletingEndpoint");
            endpoint.awaitGone();

            assertThat(world.mutations())
                    .containsExactly(
                            "sagemaker:DeleteEndpoint", "sagemaker:DeleteEndpointConfig", "sagemaker:DeleteModel");
            assertThat(world.calls())
                    .as("one search for what is left, and one that finds nothing")
                    .containsEntry("sagemaker:ListModels", 2L);
            assertThat(world.console().resources()).isZero();
            assertThat(endpoint.eventReasons())
                    .contains("EndpointDeletionStarted", "EndpointConfigDeleted", "ModelDeleted");
        }
    }

    @Test
    void anEndpointThatAwsStillCreatesIsWaitedOutAndTheConditionSaysSo(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.apply(team.manifest("sentiment"));
            endpoint.awaitReason("Ready", "CreatingEndpoint");
            world.settle();

            endpoint.delete();
            world.settle();

            assertThat(endpoint.says("Terminating")).isEqualTo("True Terminating");
            assertThat(endpoint.message("Terminating")).contains("Creating");
            assertThat(world.mutations()).doesNotContain("sagemaker:DeleteEndpoint");

            endpoint.awaitGone();
            assertThat(world.console().resources()).isZero();
            assertThat(world.requests())
                    .filteredOn(AwsCall::mutating)
                    .allMatch(call -> call.failure().isEmpty());
        }
    }

    @Test
    void anEndpointThatAwsIsUpdatingIsWaitedOut(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitReason("Ready", "UpdatingEndpoint");
            world.settle();

            endpoint.delete();
            world.settle();
            assertThat(endpoint.message("Terminating")).contains("Updating");

            endpoint.awaitGone();
            assertThat(world.console().resources()).isZero();
        }
    }

    @Test
    void aFailedEndpointGoesToo(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.console().push("bad-ping-1");
            TeamEndpoint endpoint = team.apply(team.manifest("sentiment").imageTag("bad-ping-1"));
            endpoint.awaitStalled();

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(world.console().resources()).isZero();
        }
    }

    @Test
    void aHistoryGoesWithIt(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            endpoint.changeAndAwait(manifest -> manifest.memory(3072));
            endpoint.changeAndAwait(manifest -> manifest.memory(4096));
            assertThat(world.console().resources()).isEqualTo(7);
            world.forgetCalls();

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(world.console().resources()).isZero();
            assertThat(world.mutations())
                    .startsWith("sagemaker:DeleteEndpoint")
                    .containsSubsequence(
                            "sagemaker:DeleteEndpointConfig",
                            "sagemaker:DeleteEndpointConfig",
                            "sagemaker:DeleteEndpointConfig",
                            "sagemaker:DeleteModel",
                            "sagemaker:DeleteModel",
                            "sagemaker:DeleteModel")
                    .hasSize(7);
        }
    }

    @Test
    void aPreviewGoesWithIt(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").expecting(POSITIVE));
            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitAlso(
                    "its preview is being created",
                    () -> world.console().endpoints().size() == 2);

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(world.console().resources()).isZero();
        }
    }

    @Test
    void whatAnUpdateThatFailedLeftBehindGoesToo(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            world.console().scenario(endpoint.endpointName(), "update-rolls-back");
            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitStalled();

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(world.console().resources()).isZero();
        }
    }

    @Test
    void whatOnlyLooksLikeOursStays(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            String lookalike = endpoint.endpointName() + "-2";
            String untagged = endpoint.endpointName() + "-3";
            world.console()
                    .createEndpoint(
                            lookalike,
                            Map.of(
                                    "pilotlight.dev/cluster",
                                    world.clusterID(),
                                    "pilotlight.dev/namespace",
                                    team.namespace(),
                                    "pilotlight.dev/name",
                                    "sentiment",
                                    "pilotlight.dev/uid",
                                    "another-life"));
            world.console().createEndpoint(untagged, Map.of());

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(world.console().endpoints()).containsExactly(lookalike, untagged);
            assertThat(world.console().endpointConfigs()).containsExactly(lookalike, untagged);
            assertThat(world.console().models()).containsExactly(lookalike, untagged);
        }
    }

    @Test
    void retainKeepsEverythingAndTakesOnlyOurTagsOff(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint =
                    team.serving(team.manifest("sentiment").retained().tags(Map.of("team", "ml")));
            String name = endpoint.endpointName();
            world.forgetCalls();

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(world.mutations()).hasSize(3).containsOnly("sagemaker:DeleteTags");
            assertThat(AwsConsole.tags(world.console().endpoint(name))).containsExactly(Map.entry("team", "ml"));
            for (String config : world.console().endpointConfigs()) {
                assertThat(AwsConsole.tags(world.console().endpointConfig(config)))
                        .containsExactly(Map.entry("team", "ml"));
            }
            for (String model : world.console().models()) {
                assertThat(AwsConsole.tags(world.console().model(model))).containsExactly(Map.entry("team", "ml"));
            }
            assertThat(world.console().resources()).isEqualTo(3);
        }
    }

    @Test
    void anEndpointThatWasDeletedByHandIsNotInTheWay(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.console().deleteEndpoint(endpoint.endpointName());

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(world.console().resources()).isZero();
        }
    }

    @Test
    void whatNeverReachedAwsGoesAtOnceAndWithoutACall(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.apply(
                    team.manifest("sentiment").executionRole("arn:aws:iam::111122223333:role/somebody-elses"));
            endpoint.awaitStalled();
            world.forgetCalls();

            endpoint.delete();
            world.settle();

            assertThat(endpoint.isGone()).isTrue();
            assertThat(world.mutations()).isEmpty();
        }
    }

    @Test
    void aDeletionThatWasAskedForWhileTheOperatorWasAwayIsDoneWhenItIsBack(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.stopOperator();
            endpoint.delete();
            assertThat(endpoint.isGone()).isFalse();

            world.startOperator();
            endpoint.awaitGone();

            assertThat(world.console().resources()).isZero();
        }
    }

    @Test
    void abandoningLetsGoOnlyWithTheRightUidAndListsWhatMayStay(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            String name = endpoint.endpointName();
            world.console().scenario(name, "none");
            endpoint.change(manifest -> manifest.inPlace().memory(3072));
            endpoint.awaitReason("Ready", "UpdatingEndpoint");
            endpoint.delete();
            world.settle();
            world.forgetCalls();

            endpoint.annotate("pilotlight.dev/abandon", "yes");
            world.settle();
            assertThat(endpoint.isGone()).isFalse();

            endpoint.annotate("pilotlight.dev/abandon", endpoint.uid());
            world.settle();

            assertThat(endpoint.isGone()).isTrue();
            assertThat(world.mutations()).isEmpty();
            assertThat(world.console().endpoints()).containsExactly(name);
            assertThat(endpoint.events())
                    .filteredOn(event -> event.getReason().equals("Abandoned"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getMessage()).contains(name, "111122223333"));
        }
    }

    @Test
    void manyAtOnceLeaveNothing(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            List<TeamEndpoint> endpoints = List.of("a", "a-b", "b", "c").stream()
                    .map(name -> team.apply(team.manifest(name)))
                    .toList();
            endpoints.forEach(TeamEndpoint::awaitReady);

            api.admin()
                    .resources(ServerlessEndpoint.class)
                    .inNamespace(team.namespace())
                    .delete();
            endpoints.forEach(TeamEndpoint::awaitGone);

            assertThat(world.console().resources()).isZero();
        }
    }
}
