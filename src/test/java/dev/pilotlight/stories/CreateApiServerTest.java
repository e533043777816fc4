package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.testing.AwsConsole;
import dev.pilotlight.testing.EndpointManifest;
import dev.pilotlight.testing.Film;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** From a manifest to an endpoint that serves, and what the user, AWS and the API server notice of it. */
@RealApiServer
class CreateApiServerTest {
    private static final String POSITIVE = "response.json.label == \"POSITIVE\"";

    @Test
    void theUserReadsAStatusBeforeAnythingIsMadeInAws(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            AtomicReference<ServerlessEndpointStatus> atFirstCall = new AtomicReference<>();
            world.boundary(new CallBoundary() {
                @Override
                public void before(String operation) {
                    if (operation.equals("sagemaker:CreateModel")) {
                        atFirstCall.compareAndSet(
                                null,
                                world.endpoint(team.namespace(), "sentiment").getStatus());
                    }
                }
            });

            team.serving(team.manifest("sentiment"));

            ServerlessEndpointStatus status = atFirstCall.get();
            assertThat(status.observedGeneration()).isEqualTo(1);
            assertThat(World.condition(status.conditions(), "Ready"))
                    .hasValueSatisfying(ready -> assertThat(ready.status()).isIn("False", "Unknown"));
            assertThat(World.condition(status.conditions(), "Reconciling")).hasValueSatisfying(reconciling -> {
                assertThat(reconciling.status()).isEqualTo("True");
                assertThat(reconciling.observedGeneration()).isEqualTo(1);
            });
            assertThat(status.accountID()).isEqualTo("111122223333");
            assertThat(status.endpointName()).startsWith(team.namespace());
        }
    }

    @Test
    void creatingIsShownWhileAwsCreatesAndReadyOnlyWhenTheModelHasAnswered(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            try (Film film = Film.of(team)) {
                TeamEndpoint endpoint = team.apply(team.manifest("sentiment").expecting(POSITIVE));
                endpoint.awaitReason("Ready", "CreatingEndpoint");
                assertThat(endpoint.says("Available")).isEqualTo("False NotServing");

                endpoint.awaitReady();

                assertThat(film.of(endpoint, "Ready"))
                        .containsExactly("False CreatingEndpoint", "False Validating", "True Succeeded");
                assertThat(film.of(endpoint, "Available")).containsExactly("False NotServing", "True Serving");
                assertThat(endpoint.says("Validated")).isEqualTo("True Succeeded");
                assertThat(endpoint.says("Reconciling")).isEqualTo("absent");
                assertThat(endpoint.says("Stalled")).isEqualTo("absent");
                assertThat(world.calls()).containsEntry("sagemaker:InvokeEndpoint", 1L);
            }
        }
    }

    @Test
    void aLoneCreateCostsSixControlPlaneCallsWithItsListsAndFourWritesAtMost(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Team team = Team.in(world);
            world.forgetCalls();

            team.serving(team.manifest("sentiment").expecting(POSITIVE));

            List<String> controlPlane = world.requests().stream()
                    .map(AwsCall::operation)
                    .filter(operation -> operation.startsWith("sagemaker:"))
                    .filter(operation -> !operation.equals("sagemaker:InvokeEndpoint"))
                    .toList();
            assertThat(world.mutations())
                    .containsExactly(
                            "sagemaker:CreateModel", "sagemaker:CreateEndpointConfig", "sagemaker:CreateEndpoint");
            assertThat(controlPlane).hasSizeLessThanOrEqualTo(6);
            assertThat(controlPlane)
                    .containsExactly(
                            "sagemaker:ListEndpoints",
                            "sagemaker:CreateModel",
                            "sagemaker:CreateEndpointConfig",
                            "sagemaker:CreateEndpoint",
                            "sagemaker:DescribeEndpoint",
                            "sagemaker:DescribeEndpoint");
            assertThat(operatorWrites(world, team)).hasSizeLessThanOrEqualTo(4);
        }
    }

    private static List<KubeApi.Write> operatorWrites(World world, Team team) {
        return world.api().writes(team.namespace()).stream()
                .filter(write -> write.resource().equals("serverlessendpoints"))
                .filter(write -> write.user().startsWith("system:serviceaccount:"))
                .toList();
    }

    @Test
    void everyCallThatChangesAwsIsOneEventWithItsRequestId(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            world.forgetCalls();

            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));

            List<AwsCall> mutations =
                    world.requests().stream().filter(AwsCall::mutating).toList();
            List<Event> events = endpoint.events();
            assertThat(events).hasSameSizeAs(mutations);
            assertThat(events)
                    .extracting(Event::getReason)
                    .containsExactlyInAnyOrder("ModelCreated", "EndpointConfigCreated", "EndpointCreationStarted");
            for (AwsCall call : mutations) {
                assertThat(events)
                        .filteredOn(event -> event.getMessage().contains(call.requestId()))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.getType()).isEqualTo("Normal");
                            assertThat(event.getInvolvedObject().getUid()).isEqualTo(endpoint.uid());
                        });
            }
        }
    }

    @Test
    void whatIsMadeInAwsHoldsTheDigestOfTheImageAndTheTagsOfItsOwner(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);

            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").tags(Map.of("cost-center", "42")));

            JsonNode model =
                    world.console().model(world.console().models().iterator().next());
            JsonNode config = world.console()
                    .endpointConfig(world.console().endpointConfigs().iterator().next());
            JsonNode live = world.console().endpoint(endpoint.endpointName());
            assertThat(model.path("Image").asText()).matches(EndpointManifest.REPOSITORY + "@sha256:[0-9a-f]{64}");
            assertThat(endpoint.status().resolvedImage())
                    .isEqualTo(model.path("Image").asText());
            for (JsonNode made : List.of(model, config, live)) {
                assertThat(AwsConsole.tags(made))
                        .containsEntry("pilotlight.dev/cluster", world.clusterID())
                        .containsEntry("pilotlight.dev/namespace", team.namespace())
                        .containsEntry("pilotlight.dev/name", "sentiment")
                        .containsEntry("pilotlight.dev/uid", endpoint.uid())
                        .containsEntry("pilotlight.dev/role", "primary")
                        .containsEntry("cost-center", "42");
            }
            assertThat(AwsConsole.tags(model))
                    .containsEntry("pilotlight.dev/revision", endpoint.deployed())
                    .hasEntrySatisfying(
                            "pilotlight.dev/digest",
                            digest -> assertThat(digest).hasSize(64).startsWith(endpoint.deployed()));
            assertThat(endpoint.status().appliedTagKeys()).containsExactly("cost-center");
        }
    }

    @Test
    void kubectlGetFillsEveryColumn(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));

            String table = api.kubectl("get", "sep", "-n", team.namespace()).out();

            assertThat(table.lines().findFirst().orElseThrow().trim().split("\\s{2,}|\\s"))
                    .containsExactly("NAME", "READY", "STATUS", "REVISION", "MEMORY", "CONCURRENCY", "AGE");
            assertThat(table.lines().skip(1).findFirst().orElseThrow().trim().split("\\s+"))
                    .startsWith("sentiment", "True", "Succeeded", endpoint.deployed(), "2048", "20")
                    .hasSize(7);
        }
    }
}
