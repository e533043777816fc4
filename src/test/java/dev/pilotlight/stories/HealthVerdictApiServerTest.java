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
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
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
            team.applyEndpoint(NAME);
            world.settle();
            verdict(team, "no identity yet", "InProgress", "Progressing");

            team.applyIdentity();
            world.advanceUntil("creating", () -> team.isTrue(NAME, "Reconciling", "CreatingEndpoint"));
            verdict(team, "creating", "InProgress", "Progressing");
            world.advanceUntil("ready", () -> team.isReady(NAME));
            verdict(team, "ready", "Current", "Healthy");

            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":30}}}");
            world.advanceUntil("scaling", () -> team.isTrue(NAME, "Scaling"));
            verdict(team, "capacity alone", "Current", "Healthy");
            world.advanceUntil("scaled", () -> team.condition(NAME, "Scaling").isEmpty() && team.isReady(NAME));

            world.stopOperator();
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            verdict(team, "an edit that nobody has seen", "InProgress", "Progressing");
            world.startOperator();
            world.advanceUntil("updating", () -> team.isTrue(NAME, "Reconciling", "UpdatingEndpoint"));
            verdict(team, "updating", "InProgress", "Progressing");
            world.advanceUntil("ready", () -> team.isReady(NAME));

            team.editIdentity("{\"spec\":{\"allowedModelDataPrefixes\":[]}}");
            world.advanceUntil("stalled", () -> team.isTrue(NAME, "Stalled"));
            verdict(team, "refused while it serves", "Failed", "Degraded");

            team.deleteEndpoint(NAME);
            world.settle();
            verdict(team, "deleting", "Terminating", "Progressing");
            world.advanceUntil("gone", () -> !team.exists(NAME));
        }
    }

    private static void verdict(Tenant team, String state, String kstatus, String argo) throws IOException {
        ServerlessEndpoint endpoint = team.endpoint(NAME);
        assertThat(kstatus(endpoint)).as("kstatus of: " + state).isEqualTo(kstatus);
        JsonNode object = new ObjectMapper().readTree(Serialization.asJson(endpoint));
        JsonNode health = LuaMachine.asShipped().run(Files.readString(ARGO), object);
        assertThat(health.path("status").asText()).as("Argo CD on: " + state).isEqualTo(argo);
    }

    /** The rules of kstatus for kinds it does not know, in its order. */
    private static String kstatus(ServerlessEndpoint endpoint) {
        if (endpoint.isMarkedForDeletion()) {
            return "Terminating";
        }
        var status = endpoint.getStatus();
        if (status == null
                || !Objects.equals(
                        status.observedGeneration(), endpoint.getMetadata().getGeneration())) {
            return "InProgress";
        }
        if (has(endpoint, "Stalled", "True")) {
            return "Failed";
        }
        if (has(endpoint, "Reconciling", "True")) {
            return "InProgress";
        }
        return has(endpoint, "Ready", "True") ? "Current" : "InProgress";
    }

    private static boolean has(ServerlessEndpoint endpoint, String type, String status) {
        return World.condition(endpoint.getStatus().conditions(), type)
                .filter(c -> c.status().equals(status))
                .isPresent();
    }
}
