package dev.pilotlight.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** This program over what an earlier one left: it changes nothing that is at rest, and goes on with what is not. */
@RealApiServer
class UpgradeApiServerTest {
    private static final String ROLLS_BACK = "2.0.0-update-rolls-back";
    private static final String MID_PREVIEW = "mid-preview";
    private static final List<String> AT_REST = List.of("ready", "provisioned", "validated", "latched", "retained");

    @BeforeEach
    void takeItAnewIfAsked(KubeApi api) {
        api.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(LeftBehind.NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        Optional.ofNullable(System.getProperty("upgrade.fixture.because"))
                .filter(because -> !because.isBlank())
                .ifPresent(because -> take(api, because));
    }

    private static void take(KubeApi api, String because) {
        try (World world = World.start(api, World.Setup::brisk)) {
            world.console().push(ROLLS_BACK);
            Team team = Team.in(world, LeftBehind.NAMESPACE);
            team.serving(team.manifest("ready").inPlace());
            team.serving(team.manifest("provisioned").provisionedConcurrency(2));
            team.serving(team.manifest("retained").retained());
            team.serving(team.manifest("validated").expecting("response.status == 200"))
                    .changeAndAwait(manifest -> manifest.memory(3072));
            TeamEndpoint latched = team.serving(team.manifest("latched").inPlace());
            latched.change(manifest -> manifest.imageTag(ROLLS_BACK));
            latched.awaitStalled();
            TeamEndpoint midPreview = team.serving(team.manifest(MID_PREVIEW));
            world.advanceBy(Duration.ofMinutes(2));
            midPreview.change(manifest -> manifest.memory(4096));
            midPreview.awaitAlso(
                    "its preview is coming up",
                    () -> world.console().endpoints().stream().anyMatch(name -> name.contains("-pv-")));
            world.stopOperator();
            new LeftBehind(world)
                    .write(List.of("ready", "provisioned", "validated", "latched", "retained", MID_PREVIEW), because);
        }
    }

    private static World restored(KubeApi api, List<String> endpoints) {
        World world = World.start(api, setup -> setup.brisk().withoutOperator());
        world.console().push(ROLLS_BACK);
        new LeftBehind(world).restore(endpoints);
        world.forgetCalls();
        return world;
    }

    @Test
    void whatIsAtRestIsLeftAlone(KubeApi api) {
        try (World world = restored(api, AT_REST)) {
            Map<String, String> before = versions(world, AT_REST);

            world.startOperator();
            world.advanceBy(Duration.ofMinutes(5));

            assertThat(world.mutations()).as("changes of AWS").isEmpty();
            assertThat(versions(world, AT_REST)).as("writes to the objects").isEqualTo(before);
        }
    }

    @Test
    void anHourLaterToo(KubeApi api) {
        try (World world = restored(api, AT_REST)) {
            world.startOperator();
            world.advanceBy(Duration.ofHours(2));

            assertThat(world.mutations()).as("changes of AWS").isEmpty();
            assertThat(world.endpoint(LeftBehind.NAMESPACE, "ready").getStatus().conditions())
                    .anyMatch(condition -> condition.type().equals("Ready")
                            && condition.status().equals("True"));
        }
    }

    @Test
    void aPreviewUnderWayIsTakenToItsEnd(KubeApi api) {
        try (World world = restored(api, List.of(MID_PREVIEW))) {
            Set<String> models = world.console().models();
            world.startOperator();
            world.advanceUntil(
                    "it is Ready and its preview gone",
                    () -> World.condition(
                                            world.endpoint(LeftBehind.NAMESPACE, MID_PREVIEW)
                                                    .getStatus()
                                                    .conditions(),
                                            "Ready")
                                    .filter(ready -> ready.status().equals("True"))
                                    .isPresent()
                            && world.console().endpoints().size() == 1);

            assertThat(world.console().models()).as("models, none made twice").isEqualTo(models);
            assertThat(world.mutations())
                    .doesNotContain("sagemaker:CreateEndpoint")
                    .containsOnlyOnce("sagemaker:UpdateEndpoint")
                    .containsOnlyOnce("sagemaker:DeleteEndpoint");
        }
    }

    private static Map<String, String> versions(World world, List<String> names) {
        Map<String, String> versions = new HashMap<>();
        names.forEach(name -> versions.put(
                name, world.endpoint(LeftBehind.NAMESPACE, name).getMetadata().getResourceVersion()));
        return versions;
    }
}
