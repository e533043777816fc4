package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.World;
import org.junit.jupiter.api.Test;

@RealApiServer
class FirstEndpointApiServerTest {

    @Test
    void fromOneFileToAServingEndpoint(KubeApi api) {
        try (World world = World.start(api)) {
            var result = api.kubectl("apply", "--server-side", "-k", "samples/quickstart");
            assertThat(result.exitCode()).as(result.err()).isZero();
            world.advanceUntil("ready", () -> {
                var status = world.endpoint("ml-prod", "sentiment").getStatus();
                return status != null
                        && World.condition(status.conditions(), "Ready")
                                .filter(c -> c.status().equals("True"))
                                .isPresent();
            });
            System.out.println(world.endpoint("ml-prod", "sentiment").getStatus());
            System.out.println(world.calls());
            System.out.println(
                    api.kubectl("describe", "-n", "ml-prod", "sep", "sentiment").out());
            assertThat(world.mutations())
                    .containsSubsequence(
                            "sagemaker:CreateModel", "sagemaker:CreateEndpointConfig", "sagemaker:CreateEndpoint");
        }
    }
}
