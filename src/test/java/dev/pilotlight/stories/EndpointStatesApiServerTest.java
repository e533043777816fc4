package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The states of an endpoint that other stories do not come by: RollingBack, OutOfService and UpdateRollbackFailed. */
@RealApiServer
class EndpointStatesApiServerTest {

    @Test
    void aChangeOfCapacityThatIsRolledBackIsLatchedAndTheEndpointStaysReady(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.console().scenario(endpoint.endpointName(), "scaling-rolls-back");
            world.forgetCalls();

            endpoint.change(manifest -> manifest.maxConcurrency(30));
            endpoint.awaitAlso("AWS rolls back", () -> state(world, endpoint).equals("RollingBack"));
            assertThat(endpoint.is("Ready", "True")).isTrue();
            endpoint.awaitReason("Scaling", "CapacityChangeFailed");
            world.advanceBy(Duration.ofMinutes(30));

            assertThat(endpoint.is("Ready", "True")).isTrue();
            assertThat(endpoint.status().effective().maxConcurrency()).isEqualTo(20);
            assertThat(world.calls()).containsEntry("sagemaker:UpdateEndpointWeightsAndCapacities", 1L);

            world.console().scenario(endpoint.endpointName(), "none");
            endpoint.annotate("pilotlight.dev/retry", "1");
            endpoint.awaitAlso(
                    "the retry succeeds", () -> endpoint.status().effective().maxConcurrency() == 30);
        }
    }

    @Test
    void anEndpointThatIsOutOfServiceIsNotAvailableUntilAwsPutsItBack(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.forgetCalls();

            world.console().scenario(endpoint.endpointName(), "out-of-service");
            endpoint.awaitAlso("it is not ready", () -> endpoint.is("Ready", "False"));
            assertThat(endpoint.says("Available")).startsWith("False");
            assertThat(endpoint.message("Ready")).contains("OutOfService");

            world.console().scenario(endpoint.endpointName(), "none");
            endpoint.awaitReady();
            assertThat(world.mutations()).isEmpty();
        }
    }

    @Test
    void anUpdateWhoseRollbackFailsBringsTheLastProvenRevisionBackAtOnceAndIsNotTriedAgain(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            String good = endpoint.deployed();
            world.console().scenario(endpoint.endpointName(), "update-rollback-fails");

            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitAlso(
                    "the rollback failed", () -> state(world, endpoint).equals("UpdateRollbackFailed"));
            world.forgetCalls();
            endpoint.awaitStalled();
            world.advanceBy(Duration.ofHours(1));

            assertThat(world.mutations()).containsExactly("sagemaker:DeleteEndpoint", "sagemaker:CreateEndpoint");
            assertThat(endpoint.says("Stalled")).isEqualTo("True UpdateFailed");
            assertThat(endpoint.is("Available", "True")).isTrue();
            assertThat(endpoint.deployed()).isEqualTo(good);
            assertThat(endpoint.eventReasons()).contains("RecreatingEndpoint");
            assertThat(world.console()
                            .endpoint(endpoint.endpointName())
                            .path("EndpointConfigName")
                            .asText())
                    .contains(good);
        }
    }

    private static String state(World world, TeamEndpoint endpoint) {
        return world.console()
                .endpoint(endpoint.endpointName())
                .path("EndpointStatus")
                .asText();
    }
}
