package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A status that others wrote, by hand, from a backup or as a newer version, becomes the operator's own again. */
@RealApiServer
class ForeignStatusApiServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BY_HAND = """
            {"revision": {"deployed": "deadbeef"},
             "resolvedImage": "somebody.example.com/else@sha256:0",
             "conditions": [
               {"type": "Ready", "status": "False", "reason": "ByHand", "message": "edited", "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 1},
               {"type": "Stalled", "status": "True", "reason": "ByHand", "message": "edited", "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 1},
               {"type": "Invented", "status": "True", "reason": "ByHand", "message": "edited", "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 1}],
             "revisions": [{"name": "deadbeef", "modelName": "no-such-model", "state": "Superseded"}]}
            """;

    @Test
    void aStatusThatWasEditedByHandIsPutRight(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            ServerlessEndpoint before = endpoint.object();

            mergeStatus(api, endpoint.object(), BY_HAND, "kubectl-edit");
            world.advanceBy(Duration.ofMinutes(10));

            assertThat(endpoint.says("Ready")).isEqualTo("True Succeeded");
            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
            assertThat(endpoint.says("Invented")).isEqualTo("absent");
            assertThat(endpoint.deployed())
                    .isEqualTo(before.getStatus().revision().deployed());
            assertThat(endpoint.status().resolvedImage())
                    .isEqualTo(before.getStatus().resolvedImage());
            assertThatWeOnlyEverApply(endpoint);
            assertThatItGoesOnAndComesToRest(world, endpoint);
        }
    }

    @Test
    void anObjectThatWasRestoredTogetherWithItsStatusIsTakenUpAgain(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            JsonNode backup = api.admin()
                    .getKubernetesSerialization()
                    .unmarshal(
                            api.admin()
                                    .getKubernetesSerialization()
                                    .asJson(endpoint.object().getStatus()),
                            JsonNode.class);
            world.stopOperator();
            endpoint.delete();
            endpoint.removeFinalizers();
            endpoint.applyAgain();
            mergeStatus(api, endpoint.object(), backup.toString(), "velero-server");
            world.startOperator();

            endpoint.awaitAlso(
                    "it is ours",
                    () -> world.console()
                            .endpoint(endpoint.endpointName())
                            .toString()
                            .contains(endpoint.uid()));
            endpoint.awaitReady();
            assertThatItGoesOnAndComesToRest(world, endpoint);
        }
    }

    @Test
    void aStateThatOnlyANewerVersionKnowsIsWrittenOver(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            endpoint.changeAndAwait(manifest -> manifest.memory(3072));
            world.advanceBy(Duration.ofMinutes(5));
            ObjectNode status = tree(api.admin(), endpoint.object()).withObject("/status");
            String history = endpoint.revisions().get(1);
            ((ObjectNode) status.withArray("/revisions").get(1)).put("state", "Baking");

            world.stopOperator();
            ObjectNode ofToday = tree(api.admin(), definition(api));
            ObjectNode newer = ofToday.deepCopy();
            statesOf(newer).add("Baking");
            try {
                apply(api, newer);
                Awaitility.await("the newer definition is served")
                        .atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                        .until(() -> {
                            mergeStatus(api, endpoint.object(), status.toString(), Pilotlight.FIELD_MANAGER);
                            return true;
                        });
            } finally {
                apply(api, ofToday);
            }
            ((ObjectNode) status.withArray("/revisions").get(0)).put("state", "Baking");
            Awaitility.await("the older definition is served")
                    .atMost(PATIENCE)
                    .until(() -> isRefused(api, endpoint.object(), status.toString()));
            world.startOperator();
            world.advanceBy(Duration.ofMinutes(10));

            assertThatItGoesOnAndComesToRest(world, endpoint);
            assertThat(endpoint.status().revisions())
                    .filteredOn(record -> record.name().equals(history))
                    .extracting(RevisionRecord::state)
                    .as("whoever does not know whether it was proven proves it again")
                    .containsExactly(RevisionState.PENDING);
        }
    }

    /** The operator still follows the spec, says so, and then has nothing more to write. */
    private static void assertThatItGoesOnAndComesToRest(World world, TeamEndpoint endpoint) {
        endpoint.changeAndAwait(manifest -> manifest.memory(4096));
        assertThat(endpoint.status().effective().memorySizeInMB()).isEqualTo(4096);
        world.advanceBy(Duration.ofMinutes(10));
        String version = endpoint.object().getMetadata().getResourceVersion();
        world.restartOperator();
        world.advanceBy(Duration.ofHours(2));
        assertThat(endpoint.object().getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(endpoint.status().conditions()).extracting(Condition::reason).doesNotContain("ByHand");
    }

    private static void assertThatWeOnlyEverApply(TeamEndpoint endpoint) {
        assertThat(endpoint.object().getMetadata().getManagedFields())
                .filteredOn(
                        entry -> entry.getFieldsV1().getAdditionalProperties().containsKey("f:status"))
                .filteredOn(entry -> entry.getManager().equals(Pilotlight.FIELD_MANAGER))
                .extracting(ManagedFieldsEntry::getOperation)
                .as("a second manager of ours would keep what we leave out")
                .containsExactly("Apply");
    }

    private static ObjectNode tree(KubernetesClient client, Object object) {
        return client.getKubernetesSerialization()
                .unmarshal(client.getKubernetesSerialization().asJson(object), ObjectNode.class);
    }

    private static CustomResourceDefinition definition(KubeApi api) {
        return api.admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("serverlessendpoints.pilotlight.dev")
                .get();
    }

    private static ArrayNode statesOf(ObjectNode definition) {
        return (ArrayNode)
                definition.at(
                        "/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/revisions/items/properties/state/enum");
    }

    private static void apply(KubeApi api, ObjectNode definition) {
        CustomResourceDefinition wanted = api.admin()
                .getKubernetesSerialization()
                .unmarshal(definition.toString(), CustomResourceDefinition.class);
        api.admin().resource(definition(api)).edit(present -> {
            present.setSpec(wanted.getSpec());
            return present;
        });
    }

    private static boolean isRefused(KubeApi api, ServerlessEndpoint object, String status) {
        try {
            mergeStatus(api, object, status, "test&dryRun=All");
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == 422;
        }
    }

    /** A PUT of the whole object to the status subresource, as everybody does it who does not apply. */
    private static void mergeStatus(KubeApi api, ServerlessEndpoint object, String status, String manager) {
        String uri = "/apis/pilotlight.dev/v1alpha1/namespaces/"
                + object.getMetadata().getNamespace() + "/serverlessendpoints/"
                + object.getMetadata().getName();
        ObjectNode changed =
                api.admin().getKubernetesSerialization().unmarshal(api.admin().raw(uri), ObjectNode.class);
        changed.withObject("/status")
                .setAll((ObjectNode) api.admin().getKubernetesSerialization().unmarshal(status, JsonNode.class));
        api.admin().raw(uri + "/status?fieldManager=" + manager, "PUT", changed.toString());
    }
}
