package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.deploy.LuaMachine;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import dev.pilotlight.testing.gitops.Kstatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What kstatus (Flux, kpt, helm --wait) and Argo CD conclude from the statuses that real stories leave behind. */
@RealApiServer
class HealthVerdictApiServerTest {
    private static final String NAME = "sentiment";
    private static final Path ARGO =
            Path.of("deploy/argocd/resource_customizations/pilotlight.dev/ServerlessEndpoint/health.lua");

    @Test
    void pipelinesSeeTheTruthInEveryStateOfALife(KubeApi api) throws IOException {
        try (World world = World.start(api)) {
            Tenant team = Tenant.in(world, "verdict");
            world.stopOperator();
            team.applyEndpoint(NAME);
            verdict(team, "an object that nobody has seen", Kstatus.IN_PROGRESS, "Progressing");
            world.startOperator();
            world.settle();
            verdict(team, "no identity yet", Kstatus.IN_PROGRESS, "Progressing");

            team.applyIdentity();
            world.advanceUntil("creating", () -> team.isTrue(NAME, "Reconciling", "CreatingEndpoint"));
            verdict(team, "creating", Kstatus.IN_PROGRESS, "Progressing");
            world.advanceUntil("ready", () -> team.isReady(NAME));
            verdict(team, "ready", Kstatus.CURRENT, "Healthy");

            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":30}}}");
            world.advanceUntil("scaling", () -> team.isTrue(NAME, "Scaling"));
            verdict(team, "capacity alone", Kstatus.CURRENT, "Healthy");
            world.advanceUntil("scaled", () -> team.condition(NAME, "Scaling").isEmpty() && team.isReady(NAME));

            world.stopOperator();
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            verdict(team, "an edit that nobody has seen", Kstatus.IN_PROGRESS, "Progressing");
            world.startOperator();
            world.advanceUntil("updating", () -> team.isTrue(NAME, "Reconciling", "UpdatingEndpoint"));
            verdict(team, "updating", Kstatus.IN_PROGRESS, "Progressing");
            world.advanceUntil("ready", () -> team.isReady(NAME));

            team.editIdentity("{\"spec\":{\"allowedModelDataPrefixes\":[]}}");
            world.advanceUntil("stalled", () -> team.isTrue(NAME, "Stalled"));
            verdict(team, "refused while it serves", Kstatus.FAILED, "Degraded");

            team.deleteEndpoint(NAME);
            world.settle();
            verdict(team, "deleting", Kstatus.TERMINATING, "Progressing");
            world.advanceUntil("gone", () -> !team.exists(NAME));
        }
    }

    private static void verdict(Tenant team, String state, Kstatus kstatus, String argo) throws IOException {
        ServerlessEndpoint endpoint = team.endpoint(NAME);
        JsonNode object = new ObjectMapper().readTree(Serialization.asJson(endpoint));
        assertThat(Kstatus.of(object)).as("kstatus of: " + state).isEqualTo(kstatus);
        JsonNode health = LuaMachine.asShipped().run(Files.readString(ARGO), object);
        assertThat(health.path("status").asText()).as("Argo CD on: " + state).isEqualTo(argo);
    }
}
