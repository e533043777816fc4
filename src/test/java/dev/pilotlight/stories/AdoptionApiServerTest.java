package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.testing.AwsConsole;
import dev.pilotlight.testing.HandMade;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An endpoint that somebody else made is taken over as it is, or left alone with a reason. */
@RealApiServer
class AdoptionApiServerTest {
    private static final String POSITIVE = "response.json.label == \"POSITIVE\"";

    /** A team that may adopt, and an endpoint of its namespace that serves and was made by hand. */
    private static String handMade(World world, Team team, HandMade as) {
        team.mayAdopt(team.namespace() + "-*");
        String name = team.namespace() + "-old";
        world.console().make(name, as);
        world.advanceBy(Duration.ofMinutes(1));
        world.forgetCalls();
        return name;
    }

    @Test
    void anEndpointThatMatchesIsAdoptedWithoutAChangeOfWhatServes(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest());
            JsonNode before = world.console().endpoint(name);

            TeamEndpoint endpoint = team.serving(
                    team.manifest("sentiment").endpointName(name).adopting().expecting(POSITIVE));
            world.settle();

            assertThat(world.mutations()).containsExactly("sagemaker:AddTags");
            assertThat(world.console().endpoint(name).path("CreationTime")).isEqualTo(before.path("CreationTime"));
            assertThat(world.console().endpoint(name).path("LastModifiedTime"))
                    .isEqualTo(before.path("LastModifiedTime"));
            assertThat(world.console().resources()).isEqualTo(3);
            assertThat(AwsConsole.tags(world.console().endpoint(name)))
                    .containsEntry("pilotlight.dev/uid", endpoint.uid());
            assertThat(AwsConsole.tags(world.console().model(name + "-model"))).isEmpty();
            assertThat(AwsConsole.tags(world.console().endpointConfig(name + "-config")))
                    .isEmpty();
            assertThat(endpoint.status().variantName()).isEqualTo(HandMade.VARIANT);
            assertThat(endpoint.says("Adopted")).isEqualTo("True Adopted");
            assertThat(endpoint.says("Available")).isEqualTo("True Serving");
            assertThat(endpoint.status().adoption().endpointConfigName()).isEqualTo(name + "-config");
            assertThat(endpoint.status().adoption().differences()).isEmpty();
            assertThat(endpoint.status().revisions()).singleElement().satisfies(revision -> {
                assertThat(revision.adopted()).isTrue();
                assertThat(revision.modelName()).isEqualTo(name + "-model");
                assertThat(revision.state()).isEqualTo(RevisionState.DEPLOYED);
            });
            assertThat(endpoint.eventReasons()).contains("Adopted");
        }
    }

    @Test
    void anAdoptedEndpointIsLeftInPeaceForADayAndAfterARestart(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest());
            TeamEndpoint endpoint =
                    team.serving(team.manifest("sentiment").endpointName(name).adopting());
            world.advanceBy(Duration.ofMinutes(2));
            String version = endpoint.object().getMetadata().getResourceVersion();
            world.forgetCalls();

            world.advanceBy(Duration.ofHours(3));
            world.restartOperator();
            world.advanceBy(Duration.ofHours(3));

            assertThat(world.mutations()).isEmpty();
            assertThat(endpoint.object().getMetadata().getResourceVersion()).isEqualTo(version);
        }
    }

    @Test
    void whatDiffersIsRolledOutFromTheAdoptedEndpointWhichServesMeanwhile(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(
                    world, team, HandMade.asInTheManifest().memory(1024).maxConcurrency(5));
            JsonNode before = world.console().endpoint(name);

            TeamEndpoint endpoint = team.apply(
                    team.manifest("sentiment").endpointName(name).adopting().expecting(POSITIVE));
            endpoint.awaitReason("Reconciling", "Previewing");
            assertThat(endpoint.is("Available", "True")).isTrue();
            endpoint.awaitReady();
            world.settle();

            assertThat(world.console().endpoint(name).path("CreationTime")).isEqualTo(before.path("CreationTime"));
            assertThat(endpoint.status().adoption().differences()).containsExactly("spec.serverless.memorySizeInMB");
            assertThat(endpoint.status().revisions())
                    .extracting(RevisionRecord::state)
                    .containsExactly(RevisionState.DEPLOYED, RevisionState.SUPERSEDED);
            assertThat(endpoint.status().revisions().getLast().endpointConfigName())
                    .isEqualTo(name + "-config");
            assertThat(endpoint.status().variantName())
                    .as("scaling targets are bound to the variant's name")
                    .isEqualTo(HandMade.VARIANT);
            assertThat(world.console().models()).contains(name + "-model");
            assertThat(world.console().endpointConfigs()).contains(name + "-config");
        }
    }

    @Test
    void aRevisionThatFailsGoesBackToTheAdoptedConfig(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest());
            TeamEndpoint endpoint = team.serving(
                    team.manifest("sentiment").endpointName(name).adopting().inPlace());

            endpoint.change(manifest -> manifest.memory(3072).expecting("response.status == 418"));
            endpoint.awaitStalled();
            endpoint.awaitAlso(
                    "the adopted config serves again",
                    () -> world.console()
                            .endpoint(name)
                            .path("EndpointConfigName")
                            .asText()
                            .equals(name + "-config"));

            assertThat(endpoint.is("Available", "True")).isTrue();
        }
    }

    @Test
    void goingBackInGitServesFromTheAdoptedConfigAgain(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest());
            TeamEndpoint endpoint = team.serving(
                    team.manifest("sentiment").endpointName(name).adopting().inPlace());
            endpoint.changeAndAwait(manifest -> manifest.memory(3072));

            endpoint.changeAndAwait(manifest -> manifest.memory(2048));

            assertThat(world.console().endpoint(name).path("EndpointConfigName").asText())
                    .isEqualTo(name + "-config");
            assertThat(endpoint.revisions()).hasSize(2);
        }
    }

    @Test
    void concurrencyIsChangedLiveUnderTheVariantsOwnName(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest().maxConcurrency(5));

            TeamEndpoint endpoint =
                    team.serving(team.manifest("sentiment").endpointName(name).adopting());
            endpoint.awaitAlso("scaled", () -> endpoint.status().effective().maxConcurrency() == 20);

            assertThat(world.mutations())
                    .containsExactly("sagemaker:AddTags", "sagemaker:UpdateEndpointWeightsAndCapacities");
        }
    }

    @Test
    void anEndpointIsNotAdoptedWithoutTheIdentitysLeave(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest());
            team.mayAdopt("");

            TeamEndpoint endpoint =
                    team.apply(team.manifest("sentiment").endpointName(name).adopting());
            endpoint.awaitStalled();

            assertThat(endpoint.says("Stalled")).isEqualTo("True AdoptionNotAllowed");
            assertThat(endpoint.message("Stalled")).contains("adoptableEndpointNames");
            assertThat(world.mutations()).isEmpty();

            team.mayAdopt(name);
            endpoint.awaitReady();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aws:cloudformation:stack-id, CloudFormation",
        "services.k8s.aws/controller-version, AWS Controllers for Kubernetes",
        "eks:eks-capability-arn, ACK capability",
        "crossplane-providerconfig, Crossplane",
        "pilotlight.dev/cluster, cluster x",
    })
    void anEndpointOfAnotherToolIsLeftToIt(String key, String named, KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest().tags(Map.of(key, "x")));

            assertNotAdoptable(world, team, name, named);
        }
    }

    @Test
    void anEndpointOnInstancesIsNotAdoptable(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest().onInstances());

            assertNotAdoptable(world, team, name, "runs on instances");
        }
    }

    @Test
    void anEndpointWithTwoVariantsIsNotAdoptable(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(
                    world, team, HandMade.asInTheManifest().onInstances().variants(2));

            assertNotAdoptable(world, team, name, "2 production variants");
        }
    }

    private static void assertNotAdoptable(World world, Team team, String name, String named) {
        TeamEndpoint endpoint =
                team.apply(team.manifest("sentiment").endpointName(name).adopting());
        endpoint.awaitStalled();

        assertThat(endpoint.says("Stalled")).isEqualTo("True NotAdoptable");
        assertThat(endpoint.message("Stalled")).contains(named);
        assertThat(world.mutations()).isEmpty();
        endpoint.delete();
        endpoint.awaitGone();
        assertThat(world.mutations()).isEmpty();
        assertThat(world.console().endpoints()).containsExactly(name);
    }

    @Test
    void anAdoptedEndpointServesOnWhenItsObjectIsDeletedWithoutAWordAboutIt(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest().tags(Map.of("team", "ml")));
            TeamEndpoint endpoint =
                    team.serving(team.manifest("sentiment").endpointName(name).adopting());
            world.forgetCalls();

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(world.mutations()).containsExactly("sagemaker:DeleteTags");
            assertThat(AwsConsole.tags(world.console().endpoint(name))).isEqualTo(Map.of("team", "ml"));
            assertThat(world.console().resources()).isEqualTo(3);
        }
    }

    @Test
    void anAdoptedEndpointIsDeletedWhenThePolicySaysSoButNotWhatItCameWith(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest());
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment")
                    .endpointName(name)
                    .adopting()
                    .inPlace()
                    .historyLimit(0));
            endpoint.changeAndAwait(manifest -> manifest.memory(3072).deleted());
            endpoint.changeAndAwait(manifest -> manifest.memory(4096));
            world.settle();

            endpoint.delete();
            endpoint.awaitGone();

            assertThat(world.console().endpoints()).isEmpty();
            assertThat(world.console().endpointConfigs()).containsExactly(name + "-config");
            assertThat(world.console().models()).containsExactly(name + "-model");
        }
    }

    @Test
    void anEndpointIsHandedFromOneClusterToAnotherAndServesAllTheTime(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint here =
                    team.serving(team.manifest("sentiment").retained().tags(Map.of("team", "ml")));
            String name = here.endpointName();
            JsonNode before = world.console().endpoint(name);
            here.delete();
            here.awaitGone();
            assertThat(AwsConsole.tags(world.console().endpoint(name))).isEqualTo(Map.of("team", "ml"));

            world.restartOperatorIn("other-cluster");
            team.mayAdopt(name);
            world.forgetCalls();
            TeamEndpoint there = team.serving(team.manifest("sentiment")
                    .adopting()
                    .tags(Map.of("team", "ml"))
                    .inPlace());
            world.settle();

            assertThat(world.mutations()).containsExactly("sagemaker:AddTags");
            assertThat(world.console().endpoint(name).path("LastModifiedTime"))
                    .isEqualTo(before.path("LastModifiedTime"));
            assertThat(AwsConsole.tags(world.console().endpoint(name)))
                    .containsEntry("pilotlight.dev/cluster", "other-cluster");

            there.changeAndAwait(manifest -> manifest.memory(3072));
            there.changeAndAwait(manifest -> manifest.memory(2048));
            assertThat(world.console().endpoint(name).path("EndpointConfigName"))
                    .isEqualTo(before.path("EndpointConfigName"));
        }
    }

    @Test
    void aSuccessorKnowsThatTheEndpointWasAdopted(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = handMade(world, team, HandMade.asInTheManifest());
            TeamEndpoint first =
                    team.serving(team.manifest("sentiment").endpointName(name).adopting());
            world.stopOperator();
            first.delete();
            first.removeFinalizers();
            world.startOperator();
            world.forgetCalls();

            TeamEndpoint second =
                    team.serving(team.manifest("sentiment").endpointName(name).adopting());
            world.settle();

            assertThat(world.mutations()).containsExactly("sagemaker:AddTags");
            assertThat(second.status().adoption().endpointConfigName()).isEqualTo(name + "-config");
            second.delete();
            second.awaitGone();
            assertThat(world.console().resources()).isEqualTo(3);
        }
    }
}
