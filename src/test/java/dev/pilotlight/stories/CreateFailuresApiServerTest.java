package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Endpoints that do not come up, or come up and answer wrongly, and how their owner gets them to serve. */
@RealApiServer
class CreateFailuresApiServerTest {
    private static final String POSITIVE = "response.json.label == \"POSITIVE\"";
    private static final String NEGATIVE = "response.json.label == \"NEGATIVE\"";
    private static final String LATE_ROLE = "arn:aws:iam::111122223333:role/sagemaker/late";

    @Test
    void aFirstRevisionThatAnswersWronglyStaysAndACorrectedExpectationIsEnough(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.apply(team.manifest("sentiment").expecting(NEGATIVE));

            endpoint.awaitStalled();

            assertThat(endpoint.says("Ready")).isEqualTo("False ValidationFailed");
            assertThat(endpoint.says("Available")).startsWith("False");
            assertThat(endpoint.says("Validated")).isEqualTo("False ValidationFailed");
            assertThat(endpoint.says("Stalled")).isEqualTo("True ValidationFailed");
            assertThat(endpoint.message("Stalled")).contains("happy");
            assertThat(world.console().endpoints()).hasSize(1);
            world.forgetCalls();

            world.advanceBy(Duration.ofMinutes(30));
            assertThat(world.mutations()).isEmpty();
            assertThat(world.calls()).doesNotContainKey("sagemaker:InvokeEndpoint");

            endpoint.changeAndAwait(manifest -> manifest.expecting(POSITIVE));

            assertThat(endpoint.says("Available")).isEqualTo("True Serving");
            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
            assertThat(world.mutations()).isEmpty();
            assertThat(world.calls()).containsEntry("sagemaker:InvokeEndpoint", 1L);
        }
    }

    @Test
    void anExpectationThatDoesNotCompileStallsBeforeAnyCall(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.forgetCalls();

            TeamEndpoint endpoint = team.apply(team.manifest("sentiment").expecting("response.status = 200"));
            endpoint.awaitStalled();

            assertThat(endpoint.says("Stalled")).isEqualTo("True InvalidExpectation");
            assertThat(endpoint.message("Stalled")).contains("happy");
            assertThat(world.calls().keySet()).noneMatch(operation -> operation.startsWith("sagemaker:Create"));
            assertThat(world.mutations()).isEmpty();

            endpoint.changeAndAwait(manifest -> manifest.expecting(POSITIVE));
        }
    }

    @Test
    void aModelThatDoesNotStartIsStalledWithAwsReasonAndANewSpecRecovers(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.console().push("bad-ping-1");
            TeamEndpoint endpoint = team.apply(team.manifest("sentiment").imageTag("bad-ping-1"));

            endpoint.awaitStalled();

            assertThat(endpoint.says("Stalled")).isEqualTo("True EndpointFailed");
            assertThat(endpoint.says("Available")).startsWith("False");
            assertThat(endpoint.message("Stalled")).contains("did not pass the ping health check");
            world.forgetCalls();
            world.advanceBy(Duration.ofMinutes(30));
            assertThat(world.mutations()).isEmpty();

            endpoint.changeAndAwait(manifest -> manifest.imageTag("1.4.0"));

            assertThat(world.mutations())
                    .contains("sagemaker:DeleteEndpoint")
                    .filteredOn("sagemaker:CreateEndpoint"::equals)
                    .hasSize(1);
            assertThat(endpoint.status().attempt()).isNull();
            assertThat(world.console().endpoints()).containsExactly(endpoint.endpointName());
        }
    }

    @Test
    void aRetryAnnotationTriesAgainOnceForEachValue(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.console().push("bad-ping-1");
            TeamEndpoint endpoint = team.apply(team.manifest("sentiment").imageTag("bad-ping-1"));
            endpoint.awaitStalled();

            for (String value : new String[] {"one", "two"}) {
                world.forgetCalls();
                endpoint.annotate("pilotlight.dev/retry", value);
                world.settle();
                assertThat(endpoint.says("Stalled")).as("it is tried again").isEqualTo("absent");
                endpoint.awaitStalled();
                world.advanceBy(Duration.ofMinutes(30));

                assertThat(world.mutations()).containsExactly("sagemaker:DeleteEndpoint", "sagemaker:CreateEndpoint");
                assertThat(endpoint.says("Stalled")).isEqualTo("True EndpointFailed");
                assertThat(endpoint.status().handled().retry()).isEqualTo(value);
            }
        }
    }

    @Test
    void aRetryAfterTheCauseIsGoneServes(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.apply(team.manifest("sentiment"));
            endpoint.awaitReason("Ready", "CreatingEndpoint");
            world.console().scenario(endpoint.endpointName(), "bad-ping");
            endpoint.awaitStalled();

            world.console().scenario(endpoint.endpointName(), "none");
            endpoint.annotate("pilotlight.dev/retry", "now");
            endpoint.awaitReady();

            assertThat(endpoint.status().attempt()).isNull();
        }
    }

    @Test
    void anImageThatIsTooLargeIsStalledWithItsSize(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.console().push("huge", 12_000_000_000L);
            TeamEndpoint endpoint =
                    team.apply(team.manifest("sentiment").imageTag("huge").preflight("Warn"));

            endpoint.awaitStalled();

            assertThat(endpoint.says("Stalled")).isEqualTo("True EndpointFailed");
            assertThat(endpoint.message("Ready")).contains("12000000000");
        }
    }

    @Test
    void aRoleThatSageMakerMayNotAssumeYetPassesByItself(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.console().role(LATE_ROLE, false);
            TeamEndpoint endpoint = team.apply(
                    team.manifest("sentiment").executionRole(LATE_ROLE).preflight("Off"));

            world.advanceBy(Duration.ofSeconds(30));
            assertThat(endpoint.says("Ready")).isEqualTo("False ExecutionRoleInvalid");
            assertThat(endpoint.says("Reconciling")).isEqualTo("True ExecutionRoleInvalid");
            assertThat(world.calls().get("sagemaker:CreateModel"))
                    .as("tries in half a minute")
                    .isBetween(3L, 8L);
            world.advanceBy(Duration.ofMinutes(3));
            assertThat(endpoint.says("Stalled")).isEqualTo("True ExecutionRoleInvalid");

            world.console().role(LATE_ROLE, true);
            endpoint.awaitReady();

            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
        }
    }

    @Test
    void aRoleThatIsLostWhileAwsCreatesIsTriedAgainUntilItIsThere(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.console().role(LATE_ROLE, true);
            TeamEndpoint endpoint = team.apply(team.manifest("sentiment").executionRole(LATE_ROLE));
            endpoint.awaitReason("Ready", "CreatingEndpoint");
            world.console().role(LATE_ROLE, false);
            endpoint.awaitReason("Ready", "RecreatingEndpoint");

            world.console().role(LATE_ROLE, true);
            endpoint.awaitReady();

            assertThat(world.console().endpoints()).hasSize(1);
        }
    }

    @Test
    void anEndpointThatFailsAfterItServedIsMadeAgainWithTheSameRevision(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            String revision = endpoint.deployed();
            world.forgetCalls();

            world.console().scenario(endpoint.endpointName(), "fails-after-serving");
            endpoint.awaitReason("Ready", "RecreatingEndpoint");
            assertThat(endpoint.says("Available")).startsWith("False");
            world.console().scenario(endpoint.endpointName(), "none");
            endpoint.awaitReady();

            assertThat(endpoint.deployed()).isEqualTo(revision);
            assertThat(world.mutations()).containsExactly("sagemaker:DeleteEndpoint", "sagemaker:CreateEndpoint");
            assertThat(endpoint.eventReasons()).contains("RecreatingEndpoint");
        }
    }
}
