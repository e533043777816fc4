package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.api.v1alpha1.Annotations;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who uninstalls the kind does not mean to take down what serves. */
@RealApiServer
class DefinitionApiServerTest {
    private static final Duration WALL_LIMIT = Duration.ofSeconds(60);

    @Test
    void aDefinitionThatIsDeletedTakesNoEndpointWithItAndTheNextInstallationFindsItServing(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            JsonNode before = world.console().endpoint(endpoint.endpointName());
            String name = endpoint.endpointName();
            world.forgetCalls();
            try {
                api.deleteDefinition(ServerlessEndpoint.class);
                Awaitility.await()
                        .atMost(WALL_LIMIT)
                        .until(() -> endpoint.object().isMarkedForDeletion());
                endpoint.awaitReason("Terminating", "DefinitionDeleted");
                assertThat(endpoint.message("Terminating")).contains("pilotlight.dev/abandon", endpoint.uid());
                world.advanceBy(Duration.ofMinutes(5));
                assertThat(world.mutations()).isEmpty();

                endpoint.annotate(Annotations.ABANDON, endpoint.uid());
                Awaitility.await().atMost(WALL_LIMIT).until(() -> !api.hasDefinition(ServerlessEndpoint.class));
            } finally {
                world.stopOperator();
                api.restoreDefinition(ServerlessEndpoint.class);
            }
            world.startOperator();
            endpoint.applyAgain();
            endpoint.awaitReady();

            assertThat(world.mutations()).isNotEmpty().containsOnly("sagemaker:AddTags");
            assertThat(world.console().endpoint(name).path("CreationTime")).isEqualTo(before.path("CreationTime"));
        }
    }
}
