package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.testing.EndpointManifest;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Endpoints that nobody touches cost next to nothing: one list a minute for all of them, and no write. */
@RealApiServer
class QuietApiServerTest {
    private static final List<String> DESCRIBES =
            List.of("sagemaker:DescribeEndpoint", "sagemaker:DescribeEndpointConfig", "sagemaker:DescribeModel");

    @Test
    void aHundredEndpointsForAnHour(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.brisk()
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(200, 1000, 6144))))) {
            Team team = Team.in(world);
            List<TeamEndpoint> endpoints = serving(team, 100);
            world.advanceBy(Duration.ofMinutes(2));
            int writes = api.writes(team.namespace()).size();
            world.forgetCalls();

            world.advanceBy(Duration.ofHours(1));

            assertThat(world.mutations()).isEmpty();
            assertThat(world.calls().get("sagemaker:ListEndpoints")).isLessThanOrEqualTo(60);
            assertThat(world.calls()).doesNotContainKeys(DESCRIBES.toArray(String[]::new));
            assertThat(world.calls().get("sagemaker:ListTags"))
                    .as("tags of endpoint, config and model, once an hour")
                    .isLessThanOrEqualTo(300);
            assertThat(api.writes(team.namespace())).hasSize(writes);
            assertThat(endpoints).allMatch(endpoint -> endpoint.is("Ready", "True"));
        }
    }

    @Test
    void applyingTheSameManifestAgainChangesNothing(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(
                    team.manifest("sentiment").tags(Map.of("team", "ml")).expecting("response.status == 200"));
            world.settle();
            String version = endpoint.object().getMetadata().getResourceVersion();
            world.forgetCalls();

            endpoint.applyAgain();
            world.settle();

            assertThat(endpoint.object().getMetadata().getResourceVersion()).isEqualTo(version);
            assertThat(world.calls()).isEmpty();
        }
    }

    @Test
    void aDayLaterTheManifestHasNoDiffInAnyMode(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            EndpointManifest manifest =
                    team.manifest("sentiment").tags(Map.of("team", "ml")).expecting("response.status == 200");
            TeamEndpoint endpoint = team.serving(manifest);
            List<String[]> modes = List.of(new String[] {}, new String[] {"--server-side", "--field-manager=team"});
            for (String[] mode : modes) {
                kubectl(api, manifest, "apply", mode);
            }
            world.advanceBy(Duration.ofMinutes(2));
            String version = endpoint.object().getMetadata().getResourceVersion();
            world.forgetCalls();

            world.advanceBy(Duration.ofDays(1));

            for (String[] mode : modes) {
                kubectl(api, manifest, "diff", mode);
            }
            assertThat(dryRun(api, manifest))
                    .as("what a server-side diff compares")
                    .isEqualTo(Serialization.asJson(withoutBookkeeping(endpoint.object())));
            assertThat(endpoint.object().getMetadata().getResourceVersion()).isEqualTo(version);
            assertThat(world.mutations()).isEmpty();
        }
    }

    private static KubeApi.Kubectl kubectl(KubeApi api, EndpointManifest manifest, String verb, String... mode) {
        List<String> command = new ArrayList<>(List.of(verb, "-f", "-"));
        command.addAll(List.of(mode));
        KubeApi.Kubectl done = api.kubectlWithInput(manifest.json(), command.toArray(String[]::new));
        assertThat(done.exitCode())
                .as("kubectl %s: %s%s", String.join(" ", command), done.out(), done.err())
                .isZero();
        return done;
    }

    private static String dryRun(KubeApi api, EndpointManifest manifest) {
        String applied = kubectl(
                        api,
                        manifest,
                        "apply",
                        "--server-side",
                        "--field-manager=team",
                        "--dry-run=server",
                        "-o",
                        "json")
                .out();
        return Serialization.asJson(withoutBookkeeping(Serialization.unmarshal(applied, ServerlessEndpoint.class)));
    }

    private static ServerlessEndpoint withoutBookkeeping(ServerlessEndpoint endpoint) {
        endpoint.getMetadata().setManagedFields(null);
        return endpoint;
    }

    @Test
    void aRestartOverQuietEndpointsReadsOneListAndWritesNothing(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            List<TeamEndpoint> endpoints = serving(team, 10);
            world.advanceBy(Duration.ofMinutes(2));
            int writes = api.writes(team.namespace()).size();
            world.stopOperator();
            world.advanceBy(Duration.ofMinutes(30));
            world.forgetCalls();

            world.startOperator();
            world.advanceBy(Duration.ofMinutes(2));

            assertThat(world.mutations()).isEmpty();
            assertThat(world.calls()).doesNotContainKey("sagemaker:DescribeEndpoint");
            // Only the slow look, should one be due in these minutes, describes what it has not seen since the start.
            long slowLooks = count(world, "sagemaker:ListTags") / 3;
            assertThat(count(world, "sagemaker:DescribeEndpointConfig")).isLessThanOrEqualTo(slowLooks);
            assertThat(count(world, "sagemaker:DescribeModel")).isLessThanOrEqualTo(slowLooks);
            assertThat(world.calls().get("sagemaker:ListEndpoints")).isLessThanOrEqualTo(3);
            assertThat(api.writes(team.namespace())).hasSize(writes);
            assertThat(endpoints).allMatch(endpoint -> endpoint.is("Ready", "True"));
        }
    }

    @Test
    void whatChangedWhileTheOperatorWasAwayIsSeenWhenItIsBack(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            List<TeamEndpoint> endpoints = serving(team, 3);
            world.advanceBy(Duration.ofMinutes(2));
            world.stopOperator();
            world.console()
                    .scale(
                            endpoints.getFirst().endpointName(),
                            endpoints.getFirst().status().variantName(),
                            7);
            world.advanceBy(Duration.ofMinutes(5));
            world.forgetCalls();

            world.startOperator();
            world.advanceBy(Duration.ofMinutes(3));

            assertThat(world.mutations()).containsExactly("sagemaker:UpdateEndpointWeightsAndCapacities");
            assertThat(world.console()
                            .endpoint(endpoints.getFirst().endpointName())
                            .at("/CurrentServerlessConfig/MaxConcurrency")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void endpointsThatAreGoneAreNotLookedAtAnyMore(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            List<TeamEndpoint> endpoints = serving(team, 3);
            endpoints.forEach(TeamEndpoint::delete);
            endpoints.forEach(TeamEndpoint::awaitGone);
            world.settle();
            world.forgetCalls();

            world.advanceBy(Duration.ofMinutes(90));

            assertThat(world.calls().keySet()).isSubsetOf("sagemaker:ListEndpoints", "sts:AssumeRole");
        }
    }

    private static long count(World world, String operation) {
        return world.calls().getOrDefault(operation, 0L);
    }

    private static List<TeamEndpoint> serving(Team team, int count) {
        List<TeamEndpoint> endpoints = new ArrayList<>(IntStream.range(0, count)
                .mapToObj(number -> team.apply(team.manifest("e" + number).maxConcurrency(1)))
                .toList());
        team.world()
                .advanceUntil(
                        "all are Ready", () -> endpoints.stream().allMatch(endpoint -> endpoint.is("Ready", "True")));
        return endpoints;
    }
}
