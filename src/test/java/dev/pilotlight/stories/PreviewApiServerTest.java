package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A new revision is proven on a temporary endpoint before the real one is touched. */
@RealApiServer
class PreviewApiServerTest {
    private static final String NAMESPACE = "ml-prod";
    private static final String NAME = "sentiment";

    @Test
    void aGoodRevisionIsProvenOnItsPreviewThenRolledOutAndNothingOfThePreviewIsLeft(KubeApi api) {
        try (World world = serving(api)) {
            String before = status(world).revision().deployed();
            world.forgetCalls();

            edit(world, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.advanceUntil("the new revision serves", () -> isReady(world));

            assertThat(status(world).revision().deployed()).isNotEqualTo(before);
            assertThat(world.mutations())
                    .startsWith(
                            "sagemaker:CreateModel",
                            "sagemaker:CreateEndpointConfig", // the real one's
                            "sagemaker:CreateEndpointConfig", // the preview's
                            "sagemaker:CreateEndpoint",
                            "sagemaker:UpdateEndpoint");
            assertThat(world.calls()).containsEntry("sagemaker:InvokeEndpoint", 2L);

            world.advanceUntil(
                    "the preview is gone",
                    () -> status(world).revisions().stream()
                            .allMatch(record -> record.previewEndpointConfigName() == null));
            assertThat(status(world).revisions())
                    .extracting(RevisionRecord::state)
                    .containsExactly(RevisionState.DEPLOYED, RevisionState.SUPERSEDED);
            assertThat(world.mutations()).endsWith("sagemaker:DeleteEndpoint", "sagemaker:DeleteEndpointConfig");
        }
    }

    @Test
    void aRevisionThatDoesNotStartNeverReachesTheRealEndpoint(KubeApi api) {
        try (World world = serving(api)) {
            pushImage(world, "bad-ping-2.0.0");
            String before = status(world).revision().deployed();
            world.forgetCalls();

            edit(world, "{\"spec\":{\"model\":{\"image\":\"" + image("bad-ping-2.0.0") + "\"}}}");
            world.advanceUntil("stalled", () -> condition(world, "Stalled", "True"));
            world.advanceBy(Duration.ofHours(2));

            assertThat(condition(world, "Available", "True")).isTrue();
            assertThat(condition(world, "Ready", "False")).isTrue();
            assertThat(status(world).attempt().reason()).isEqualTo("EndpointFailed");
            assertThat(status(world).revision().deployed()).isEqualTo(before);
            assertThat(world.mutations()).doesNotContain("sagemaker:UpdateEndpoint");
            assertThat(world.calls()).containsEntry("sagemaker:CreateEndpoint", 1L);
            assertThat(world.mutations()).contains("sagemaker:DeleteEndpoint", "sagemaker:DeleteEndpointConfig");
        }
    }

    @Test
    void aRevisionThatAnswersWronglyNeverReachesTheRealEndpointAndGoingBackIsQuick(KubeApi api) {
        try (World world = serving(api)) {
            String before = status(world).revision().deployed();
            String image = world.endpoint(NAMESPACE, NAME).getSpec().model().image();
            pushImage(world, "echo-2.0.0");
            world.forgetCalls();

            edit(world, "{\"spec\":{\"model\":{\"image\":\"" + image("echo-2.0.0") + "\"}}}");
            world.advanceUntil("stalled", () -> condition(world, "Stalled", "True"));
            assertThat(status(world).attempt().reason()).isEqualTo("ValidationFailed");
            assertThat(world.mutations()).doesNotContain("sagemaker:UpdateEndpoint");

            edit(world, "{\"spec\":{\"model\":{\"image\":\"" + image + "\"}}}");
            world.advanceUntil("ready again", () -> isReady(world));
            world.advanceBy(Duration.ofMinutes(5));

            assertThat(status(world).revision().deployed()).isEqualTo(before);
            assertThat(status(world).attempt()).isNull();
            assertThat(status(world).revisions()).allMatch(record -> record.previewEndpointConfigName() == null);
            assertThat(world.mutations()).doesNotContain("sagemaker:UpdateEndpoint");
        }
    }

    private static World serving(KubeApi api) {
        World world = World.start(api);
        assertThat(api.kubectl("apply", "--server-side", "-k", "samples/quickstart")
                        .exitCode())
                .isZero();
        world.advanceUntil("ready", () -> isReady(world));
        return world;
    }

    private static String image(String tag) {
        return "111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:" + tag;
    }

    private static void pushImage(World world, String tag) {
        ObjectNode seed = JsonNodeFactory.instance
                .objectNode()
                .put("account", "111122223333")
                .put("region", "us-east-1");
        seed.putArray("images")
                .addObject()
                .put("repository", "sentiment")
                .put("sizeInBytes", 1000)
                .putArray("tags")
                .add(tag);
        world.simulator().seeds().from(seed);
    }

    private static ServerlessEndpointStatus status(World world) {
        return world.endpoint(NAMESPACE, NAME).getStatus();
    }

    private static boolean condition(World world, String type, String status) {
        ServerlessEndpoint endpoint = world.endpoint(NAMESPACE, NAME);
        return endpoint.getStatus() != null
                && World.condition(endpoint.getStatus().conditions(), type)
                        .filter(condition -> condition.status().equals(status)
                                && condition
                                        .observedGeneration()
                                        .equals(endpoint.getMetadata().getGeneration()))
                        .isPresent();
    }

    private static boolean isReady(World world) {
        return condition(world, "Ready", "True");
    }

    private static void edit(World world, String mergePatch) {
        assertThat(world.api()
                        .kubectl("patch", "sep", NAME, "-n", NAMESPACE, "--type=merge", "-p", mergePatch)
                        .exitCode())
                .isZero();
    }
}
