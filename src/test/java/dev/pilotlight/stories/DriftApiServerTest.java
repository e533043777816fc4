package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody changed in AWS past the operator is seen, said and repaired. */
@RealApiServer
class DriftApiServerTest {

    @Test
    void anEndpointThatWasDeletedByHandIsConfirmedAnnouncedAndMadeAgain(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            String revision = endpoint.deployed();
            world.console().deleteEndpoint(endpoint.endpointName());
            world.forgetCalls();

            endpoint.awaitAlso("it is made again", () -> world.mutations().contains("sagemaker:CreateEndpoint"));
            world.settle();
            assertThat(endpoint.says("Available")).startsWith("False");
            endpoint.awaitReady();

            assertThat(world.mutations()).containsExactly("sagemaker:CreateEndpoint");
            assertThat(world.requests().stream()
                            .map(call -> call.operation())
                            .filter(operation -> operation.equals("sagemaker:DescribeEndpoint")
                                    || operation.equals("sagemaker:CreateEndpoint")))
                    .as("absence is confirmed before anything acts on it")
                    .startsWith("sagemaker:DescribeEndpoint");
            assertThat(endpoint.eventReasons()).contains("EndpointGone");
            assertThat(endpoint.deployed()).isEqualTo(revision);
        }
    }

    @Test
    void anEndpointWhoseModelAndConfigAreGoneTooIsMadeFromNothing(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            String revision = endpoint.deployed();
            world.console().deleteEndpoint(endpoint.endpointName());
            world.console().endpointConfigs().forEach(world.console()::deleteEndpointConfig);
            world.console().models().forEach(world.console()::deleteModel);

            endpoint.awaitAlso("it was missed", () -> endpoint.is("Ready", "False"));
            endpoint.awaitReady();

            assertThat(endpoint.deployed()).isEqualTo(revision);
            assertThat(world.console().resources()).isEqualTo(3);
        }
    }

    @Test
    void anEarlierRevisionWhoseModelAndConfigWereDeletedIsMadeAnew(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            String first = endpoint.deployed();
            endpoint.changeAndAwait(manifest -> manifest.memory(3072));
            world.console().endpointConfigs().stream()
                    .filter(name -> name.contains(first))
                    .forEach(world.console()::deleteEndpointConfig);
            world.console().models().stream()
                    .filter(name -> name.contains(first))
                    .forEach(world.console()::deleteModel);

            endpoint.changeAndAwait(manifest -> manifest.memory(2048));

            assertThat(endpoint.deployed()).isEqualTo(first);
            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
        }
    }

    @Test
    void theModelOfTheServingRevisionMayGoWithoutHarmToALaterChange(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            world.console().models().forEach(world.console()::deleteModel);
            world.advanceBy(Duration.ofMinutes(62));
            assertThat(endpoint.is("Ready", "True")).isTrue();

            endpoint.changeAndAwait(manifest -> manifest.memory(3072));

            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
            endpoint.delete();
            endpoint.awaitGone();
            assertThat(world.console().resources()).isZero();
        }
    }

    @Test
    void capacityThatWasChangedByHandIsBroughtBack(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.console().scale(endpoint.endpointName(), endpoint.status().variantName(), 5);
            world.forgetCalls();

            endpoint.awaitAlso(
                    "it was seen", () -> world.mutations().contains("sagemaker:UpdateEndpointWeightsAndCapacities"));
            world.advanceBy(Duration.ofMinutes(5));

            assertThat(world.mutations()).containsExactly("sagemaker:UpdateEndpointWeightsAndCapacities");
            assertThat(world.console()
                            .endpoint(endpoint.endpointName())
                            .at("/CurrentServerlessConfig/MaxConcurrency")
                            .asInt())
                    .isEqualTo(20);
            assertThat(endpoint.is("Ready", "True")).isTrue();
            assertThat(endpoint.status().effective().maxConcurrency()).isEqualTo(20);
            assertThat(driftNotes(endpoint)).singleElement().asString().contains("concurrency");
        }
    }

    @Test
    void maintenanceByAwsIsWaitedOutAndNotTakenForDrift(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.forgetCalls();

            world.console().scenario(endpoint.endpointName(), "system-updating");
            world.advanceBy(Duration.ofMinutes(5));

            assertThat(world.mutations()).isEmpty();
            assertThat(endpoint.is("Ready", "True")).isTrue();
        }
    }

    @Test
    void aConfigThatWasSwappedByHandIsToldWithTheFieldAndSwappedBack(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.console().createEndpoint("by-hand", Map.of());
            world.console()
                    .sageMaker()
                    .updateEndpoint(update ->
                            update.endpointName(endpoint.endpointName()).endpointConfigName("by-hand"));
            world.forgetCalls();

            endpoint.awaitAlso("it was seen", () -> world.mutations().contains("sagemaker:UpdateEndpoint"));
            endpoint.awaitReady();

            assertThat(world.mutations()).containsExactly("sagemaker:UpdateEndpoint");
            assertThat(driftNotes(endpoint)).anyMatch(note -> note.contains("endpointConfigName"));
        }
    }

    @Test
    void theModelAndTheConfigOfWhatServesAreMadeAgainWithinTheSlowTier(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.restartOperator();
            world.console().models().forEach(world.console()::deleteModel);
            world.console().endpointConfigs().forEach(world.console()::deleteEndpointConfig);
            world.forgetCalls();

            world.advanceBy(Duration.ofMinutes(62 * 2));

            assertThat(world.mutations())
                    .as("the config is missed first, and AWS refuses it without a model")
                    .containsExactly(
                            "sagemaker:CreateEndpointConfig",
                            "sagemaker:CreateModel",
                            "sagemaker:CreateEndpointConfig");
            assertThat(world.console().resources()).isEqualTo(3);
            assertThat(endpoint.is("Ready", "True")).isTrue();
            assertThat(driftNotes(endpoint))
                    .anyMatch(note -> note.startsWith("model "))
                    .anyMatch(note -> note.startsWith("endpoint config "));
        }
    }

    @Test
    void anImageTagThatMovedIsToldAndNotRolledOutAndCostsOneCallAnHourForAllItsUsers(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamEndpoint other = team.serving(team.manifest("other"));
            world.console().push("1.4.0", 2_000);
            world.forgetCalls();

            world.advanceBy(Duration.ofMinutes(62));

            assertThat(endpoint.says("ImageDrifted")).isEqualTo("True ImageTagMoved");
            assertThat(other.says("ImageDrifted")).isEqualTo("True ImageTagMoved");
            assertThat(endpoint.is("Ready", "True")).isTrue();
            assertThat(endpoint.eventReasons()).contains("ImageTagMoved");
            assertThat(world.mutations()).isEmpty();
            assertThat(world.calls().get("ecr:DescribeImages")).isLessThanOrEqualTo(2L);

            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitReady();
            assertThat(endpoint.says("ImageDrifted")).isEqualTo("absent");
        }
    }

    private static List<String> driftNotes(TeamEndpoint endpoint) {
        return endpoint.events().stream()
                .filter(event -> "DriftDetected".equals(event.getReason()))
                .map(Event::getMessage)
                .toList();
    }
}
