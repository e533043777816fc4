package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.Film;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Concurrency changes while the endpoint serves, without a new revision, and only Scaling tells of it. */
@RealApiServer
class CapacityApiServerTest {
    private static final String POSITIVE = "response.json.label == \"POSITIVE\"";

    @Test
    void bothNumbersChangeOnTheLivePathAndOnlyScalingShowsIt(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(
                    team.manifest("sentiment").provisionedConcurrency(2).expecting(POSITIVE));
            List<String> revisions = endpoint.revisions();
            world.forgetCalls();

            try (Film film = Film.of(team)) {
                endpoint.change(manifest -> manifest.maxConcurrency(30).provisionedConcurrency(4));
                awaitCapacity(endpoint, 30, 4);

                assertNothingButScalingMoved(film, endpoint);
                assertThat(film.of(endpoint, "Scaling")).containsExactly("absent", "True UpdatingCapacity", "absent");
            }
            assertThat(world.mutations()).containsExactly("sagemaker:UpdateEndpointWeightsAndCapacities");
            assertThat(world.calls()).doesNotContainKey("sagemaker:InvokeEndpoint");
            assertThat(endpoint.revisions()).isEqualTo(revisions);
            assertThat(endpoint.says("Validated")).isEqualTo("True Succeeded");
        }
    }

    @Test
    void aChangeThatHasToWaitForAnEarlierOneShowsInScalingToo(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            endpoint.change(manifest -> manifest.maxConcurrency(30));
            world.settle();
            endpoint.change(manifest -> manifest.maxConcurrency(40));
            world.settle();

            assertThat(endpoint.is("Ready", "True")).isTrue();
            assertThat(endpoint.is("Scaling", "True")).isTrue();
            assertThat(endpoint.message("Scaling")).contains("40");
            awaitCapacity(endpoint, 40, 0);
        }
    }

    @Test
    void provisionedConcurrencyIsAddedOnTheLivePathWhereAwsAllowsIt(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            world.forgetCalls();

            try (Film film = Film.of(team)) {
                endpoint.change(manifest -> manifest.provisionedConcurrency(2));
                awaitCapacity(endpoint, 20, 2);
                assertNothingButScalingMoved(film, endpoint);
            }

            assertThat(world.mutations()).containsExactly("sagemaker:UpdateEndpointWeightsAndCapacities");
            assertThat(endpoint.status().effective().provisionedBy().kind()).isEqualTo("ServerlessEndpoint");
        }
    }

    @Test
    void whereAwsRefusesThatAConfigDoesItAndTheRefusalIsLearnt(KubeApi api) {
        try (World world = World.start(api, CapacityApiServerTest::refusingToAddProvisionedConcurrency)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            List<String> revisions = endpoint.revisions();
            world.forgetCalls();

            try (Film film = Film.of(team)) {
                endpoint.change(manifest -> manifest.provisionedConcurrency(2));
                awaitCapacity(endpoint, 20, 2);
                assertNothingButScalingMoved(film, endpoint);
            }

            assertThat(world.mutations())
                    .containsExactly(
                            "sagemaker:UpdateEndpointWeightsAndCapacities",
                            "sagemaker:CreateEndpointConfig",
                            "sagemaker:UpdateEndpoint");
            assertThat(endpoint.revisions()).isEqualTo(revisions);
            assertThat(endpoint.eventReasons()).contains("UpdatingCapacity");
        }
    }

    @Test
    void goingToNoneTakesAConfigAndTheOneThatIsThereIsUsedAgain(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            List<String> revisions = endpoint.revisions();
            world.forgetCalls();

            try (Film film = Film.of(team)) {
                endpoint.change(manifest -> manifest.provisionedConcurrency(0));
                awaitCapacity(endpoint, 20, 0);
                assertNothingButScalingMoved(film, endpoint);
            }
            assertThat(world.mutations()).containsExactly("sagemaker:CreateEndpointConfig", "sagemaker:UpdateEndpoint");
            assertThat(endpoint.revisions()).isEqualTo(revisions);

            endpoint.change(manifest -> manifest.provisionedConcurrency(2));
            awaitCapacity(endpoint, 20, 2);
            world.forgetCalls();
            endpoint.change(manifest -> manifest.provisionedConcurrency(0));
            awaitCapacity(endpoint, 20, 0);
            assertThat(world.mutations()).containsExactly("sagemaker:UpdateEndpoint");
        }
    }

    @Test
    void aChangeThatAwsRollsBackLeavesReadyAloneIsNotRepeatedAndAnotherPairIsTried(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            world.console().scenario(endpoint.endpointName(), "update-rolls-back");
            world.forgetCalls();

            try (Film film = Film.of(team)) {
                endpoint.change(manifest -> manifest.provisionedConcurrency(0));
                endpoint.awaitReason("Scaling", "CapacityChangeFailed");
                world.advanceBy(Duration.ofMinutes(30));

                assertNothingButScalingMoved(film, endpoint);
            }
            assertThat(endpoint.says("Scaling")).isEqualTo("False CapacityChangeFailed");
            assertThat(endpoint.status().attempt().maxConcurrency()).isEqualTo(20);
            assertThat(endpoint.status().attempt().revision()).isNull();
            assertThat(endpoint.status().effective().provisionedConcurrency()).isEqualTo(2);
            assertThat(world.calls()).containsEntry("sagemaker:UpdateEndpoint", 1L);

            endpoint.change(manifest -> manifest.provisionedConcurrency(3));
            awaitCapacity(endpoint, 20, 3);
            assertThat(endpoint.status().attempt()).isNull();
        }
    }

    @Test
    void aChangeOfBothMemoryAndConcurrencyIsOneUpdate(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            world.forgetCalls();

            endpoint.changeAndAwait(
                    manifest -> manifest.memory(4096).maxConcurrency(10).provisionedConcurrency(1));
            awaitCapacity(endpoint, 10, 1);

            assertThat(world.mutations())
                    .containsExactly(
                            "sagemaker:CreateModel", "sagemaker:CreateEndpointConfig", "sagemaker:UpdateEndpoint");
        }
    }

    @Test
    void aRestartInTheMiddleOfScalingIsNotNoticed(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            world.forgetCalls();

            try (Film film = Film.of(team)) {
                endpoint.change(manifest -> manifest.provisionedConcurrency(5));
                endpoint.awaitReason("Scaling", "UpdatingCapacity");
                world.restartOperator();
                awaitCapacity(endpoint, 20, 5);
                assertNothingButScalingMoved(film, endpoint);
            }
            assertThat(world.mutations()).containsExactly("sagemaker:UpdateEndpointWeightsAndCapacities");
        }
    }

    private static void awaitCapacity(TeamEndpoint endpoint, int max, int provisioned) {
        endpoint.awaitAlso("capacity is " + max + " and " + provisioned, () -> {
            var effective = endpoint.status().effective();
            Integer now = effective.provisionedConcurrency();
            return effective.maxConcurrency() == max
                    && (now == null ? 0 : now) == provisioned
                    && endpoint.condition("Scaling").isEmpty();
        });
        assertThat(endpoint.is("Ready", "True")).isTrue();
    }

    private static void assertNothingButScalingMoved(Film film, TeamEndpoint endpoint) {
        assertThat(film.of(endpoint, "Ready")).containsExactly("True Succeeded");
        assertThat(film.of(endpoint, "Available")).containsExactly("True Serving");
        assertThat(film.of(endpoint, "Reconciling")).containsExactly("absent");
        assertThat(film.of(endpoint, "Stalled")).containsExactly("absent");
    }

    private static void refusingToAddProvisionedConcurrency(World.Setup setup) {
        setup.brisk().hosting(hosting -> hosting.assuming(false, hosting.countsOldAndNew()));
    }
}
