package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.Annotations;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is asked for by annotation is done once, and status says that it was. */
@RealApiServer
class RequestsApiServerTest {

    @Test
    void aRefreshLooksAtEverythingAtOnceAndOnlyOnce(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.advanceBy(Duration.ofMinutes(2));
            world.console().untag(world.console().endpoint(endpoint.endpointName()), Set.of("pilotlight.dev/uid"));
            world.forgetCalls();

            endpoint.annotate(Annotations.REFRESH, "now");
            world.settle();

            assertThat(world.calls())
                    .containsEntry("sagemaker:DescribeEndpoint", 1L)
                    .containsEntry("sagemaker:DescribeEndpointConfig", 1L)
                    .containsEntry("sagemaker:DescribeModel", 1L);
            assertThat(world.mutations())
                    .as("drift is found without the slow look")
                    .contains("sagemaker:AddTags");
            assertThat(endpoint.status().handled().refresh()).isEqualTo("now");

            world.forgetCalls();
            endpoint.applyAgain();
            world.advanceBy(Duration.ofMinutes(2));
            assertThat(world.calls()).doesNotContainKey("sagemaker:DescribeModel");
            assertThat(endpoint.is("Ready", "True")).isTrue();
        }
    }

    @Test
    void aSuspendedEndpointIsNeitherScaledNorRolledOutButDeletedWhenAskedFor(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.forgetCalls();

            endpoint.change(manifest -> manifest.suspended(true).memory(3072).maxConcurrency(5));
            world.advanceBy(Duration.ofMinutes(10));

            assertThat(world.mutations()).isEmpty();
            assertThat(endpoint.says("Suspended")).isEqualTo("True Suspended");

            endpoint.delete();
            endpoint.awaitGone();
            assertThat(world.console().resources()).isZero();
        }
    }
}
