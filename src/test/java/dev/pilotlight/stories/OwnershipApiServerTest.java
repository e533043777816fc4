package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.testing.AwsConsole;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose an endpoint is, is written on it: what is not ours is left alone, what is ours stays marked so. */
@RealApiServer
class OwnershipApiServerTest {
    private static final Duration A_SLOW_LOOK = Duration.ofMinutes(62);

    @Test
    void anEndpointWhoseNameIsTakenIsStalledUntilTheNameIsFree(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = team.namespace() + "-shared";
            world.console().createEndpoint(name, Map.of("owner", "somebody"));
            JsonNode foreign = world.console().endpoint(name);
            world.forgetCalls();

            TeamEndpoint endpoint = team.apply(team.manifest("sentiment").endpointName(name));
            endpoint.awaitStalled();

            assertThat(endpoint.says("Stalled")).isEqualTo("True NameTaken");
            assertThat(endpoint.says("Ready")).isEqualTo("False NameTaken");
            assertThat(endpoint.says("Available")).startsWith("False");
            assertThat(endpoint.message("Stalled")).contains(name);
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(world.mutations()).isEmpty();
            assertThat(world.console().endpoint(name).path("CreationTime")).isEqualTo(foreign.path("CreationTime"));
            assertThat(AwsConsole.tags(world.console().endpoint(name))).isEqualTo(AwsConsole.tags(foreign));

            world.console().deleteEndpoint(name);
            endpoint.awaitReady();

            assertThat(AwsConsole.tags(world.console().endpoint(name)))
                    .containsEntry("pilotlight.dev/uid", endpoint.uid());
            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
        }
    }

    @Test
    void anEndpointOfAnotherClusterIsNamedAndLeftAlone(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = team.namespace() + "-shared";
            world.console()
                    .createEndpoint(
                            name,
                            Map.of(
                                    "pilotlight.dev/cluster", "cluster-of-others",
                                    "pilotlight.dev/namespace", team.namespace(),
                                    "pilotlight.dev/name", "sentiment",
                                    "pilotlight.dev/uid", "1234"));
            world.forgetCalls();

            TeamEndpoint endpoint = team.apply(team.manifest("sentiment").endpointName(name));
            endpoint.awaitStalled();

            assertThat(endpoint.says("Stalled")).isEqualTo("True NameTaken");
            assertThat(endpoint.message("Stalled")).contains("cluster-of-others", team.namespace() + "/sentiment");
            assertThat(world.mutations()).isEmpty();

            endpoint.delete();
            endpoint.awaitGone();
            assertThat(world.console().endpoints()).containsExactly(name);
            assertThat(world.mutations()).isEmpty();
        }
    }

    @Test
    void whatAPredecessorLeftBehindIsTakenOverAndMarkedAnew(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint first = team.serving(team.manifest("sentiment"));
            String created = world.console()
                    .endpoint(first.endpointName())
                    .path("CreationTime")
                    .asText();
            String firstUid = first.uid();
            world.stopOperator();
            first.delete();
            first.removeFinalizers();
            world.startOperator();
            world.forgetCalls();

            TeamEndpoint second = team.serving(team.manifest("sentiment"));
            world.settle();

            assertThat(second.uid()).isNotEqualTo(firstUid);
            assertThat(world.mutations()).hasSize(3).containsOnly("sagemaker:AddTags");
            assertThat(world.console()
                            .endpoint(second.endpointName())
                            .path("CreationTime")
                            .asText())
                    .as("the endpoint served on")
                    .isEqualTo(created);
            for (JsonNode resource : resources(world, second)) {
                assertThat(AwsConsole.tags(resource)).containsEntry("pilotlight.dev/uid", second.uid());
            }
            assertThat(second.events())
                    .anySatisfy(event -> assertThat(event.getMessage()).contains("took over", firstUid));
            second.delete();
            second.awaitGone();
            assertThat(world.console().resources()).isZero();
        }
    }

    @Test
    void ofTwoObjectsThatWantOneNameTheSecondIsToldWhoseItIs(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = team.namespace() + "-shared";
            TeamEndpoint first = team.serving(team.manifest("first").endpointName(name));
            world.forgetCalls();

            TeamEndpoint second = team.apply(team.manifest("second").endpointName(name));
            second.awaitStalled();

            assertThat(second.says("Stalled")).isEqualTo("True NameTaken");
            assertThat(second.message("Stalled")).contains(team.namespace() + "/first");
            assertThat(world.mutations()).isEmpty();
            assertThat(first.is("Ready", "True")).isTrue();

            first.delete();
            first.awaitGone();
            second.awaitReady();
            assertThat(AwsConsole.tags(world.console().endpoint(name))).containsEntry("pilotlight.dev/name", "second");
        }
    }

    @Test
    void ofTwoObjectsThatWantOneNameAtOnceOneServesAndTheOtherIsTold(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = team.namespace() + "-shared";
            TeamEndpoint a = team.apply(team.manifest("a").endpointName(name));
            TeamEndpoint b = team.apply(team.manifest("b").endpointName(name).memory(3072));

            world.advanceUntil(
                    "one is Ready and one is Stalled",
                    () -> (a.is("Ready", "True") && b.is("Stalled", "True"))
                            || (b.is("Ready", "True") && a.is("Stalled", "True")));
            TeamEndpoint winner = a.is("Ready", "True") ? a : b;
            TeamEndpoint loser = winner == a ? b : a;

            assertThat(loser.says("Stalled")).isEqualTo("True NameTaken");
            assertThat(loser.message("Stalled")).contains(team.namespace() + "/" + winner.name());
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(winner.is("Ready", "True")).isTrue();
            assertThat(world.requests())
                    .filteredOn(call -> call.operation().equals("sagemaker:CreateEndpoint")
                            && call.failure().isEmpty())
                    .hasSize(1);

            loser.delete();
            loser.awaitGone();
            assertThat(winner.is("Ready", "True")).isTrue();
            assertThat(world.console().resources()).isEqualTo(3);
        }
    }

    @Test
    void tagsThatWereStrippedAreSetAgain(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            List<Map<String, String>> before =
                    resources(world, endpoint).stream().map(AwsConsole::tags).toList();
            for (JsonNode resource : resources(world, endpoint)) {
                world.console().untag(resource, AwsConsole.tags(resource).keySet());
            }
            world.forgetCalls();

            world.advanceBy(A_SLOW_LOOK);

            assertThat(resources(world, endpoint).stream().map(AwsConsole::tags))
                    .isEqualTo(before);
            assertThat(world.mutations()).containsOnly("sagemaker:AddTags").hasSize(3);
            assertThat(endpoint.is("Ready", "True")).isTrue();
            assertThat(endpoint.eventReasons()).contains("DriftDetected");
        }
    }

    @Test
    void anEndpointMadeByHandUnderTheSameNameIsNotTakenForOurs(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            String name = endpoint.endpointName();
            world.stopOperator();
            world.console().deleteEndpoint(name);
            world.advanceBy(Duration.ofSeconds(10));
            world.console().sageMaker().listEndpoints();
            world.console().createEndpoint(name, Map.of());
            world.startOperator();
            world.forgetCalls();

            endpoint.awaitStalled();

            assertThat(endpoint.says("Stalled")).isEqualTo("True NameTaken");
            assertThat(endpoint.says("Available")).startsWith("False");
            assertThat(world.mutations()).isEmpty();
        }
    }

    @Test
    void userTagsReachAllThreeResourcesWithoutANewRevision(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            String revision = endpoint.deployed();
            world.console().tag(world.console().endpoint(endpoint.endpointName()), "by-hand", "yes");
            world.forgetCalls();

            endpoint.changeAndAwait(manifest -> manifest.tags(Map.of("team", "ml", "stage", "test")));
            world.settle();
            assertTags(world, endpoint, Map.of("team", "ml", "stage", "test"));
            assertThat(world.mutations()).containsOnly("sagemaker:AddTags").hasSize(3);
            assertThat(endpoint.status().appliedTagKeys()).containsExactly("stage", "team");

            endpoint.changeAndAwait(manifest -> manifest.tags(Map.of("team", "nlp")));
            world.settle();
            assertTags(world, endpoint, Map.of("team", "nlp"));

            endpoint.changeAndAwait(manifest -> manifest.tags(Map.of()));
            world.settle();
            assertTags(world, endpoint, Map.of());

            assertThat(endpoint.status().appliedTagKeys()).isEmpty();
            assertThat(endpoint.deployed()).isEqualTo(revision);
            assertThat(endpoint.revisions()).containsExactly(revision);
            assertThat(world.mutations()).containsOnly("sagemaker:AddTags", "sagemaker:DeleteTags");
            assertThat(AwsConsole.tags(world.console().endpoint(endpoint.endpointName())))
                    .as("what a person set is theirs")
                    .containsEntry("by-hand", "yes");
        }
    }

    @Test
    void userTagsReachAllThreeResourcesAlsoAfterARestartAndAfterScaling(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            endpoint.change(manifest -> manifest.maxConcurrency(30));
            endpoint.awaitAlso("scaled", () -> endpoint.status().effective().maxConcurrency() == 30);
            world.advanceBy(Duration.ofMinutes(1));
            world.restartOperator();

            endpoint.changeAndAwait(manifest -> manifest.tags(Map.of("team", "ml")));
            world.settle();

            assertTags(world, endpoint, Map.of("team", "ml"));
        }
    }

    private static void assertTags(World world, TeamEndpoint endpoint, Map<String, String> expected) {
        for (JsonNode resource : resources(world, endpoint)) {
            Map<String, String> tags = AwsConsole.tags(resource);
            tags.keySet().removeIf(key -> key.startsWith("pilotlight.dev/") || key.equals("by-hand"));
            assertThat(tags).isEqualTo(expected);
        }
    }

    /** Endpoint, config and model that serve. */
    private static List<JsonNode> resources(World world, TeamEndpoint endpoint) {
        List<JsonNode> resources = new ArrayList<>();
        resources.add(world.console().endpoint(endpoint.endpointName()));
        resources.add(world.console()
                .endpointConfig(resources.getFirst().path("EndpointConfigName").asText()));
        resources.add(world.console()
                .model(resources.getLast().path("ModelNames").get(0).asText()));
        return resources;
    }
}
