package dev.pilotlight.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * An object from before a rule existed breaks that rule: it must still take a status and lose its finalizer, and edits
 * that leave the broken part alone, or the upgrade of the schema would wedge it. Played on a copy of the definition in
 * another group, first without rules and bounds, then with them.
 */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SchemaUpgradeApiServerTest {
    private static final String GROUP = "upgrade.example.com";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private KubernetesClient client;
    private String namespace;
    private String collection;

    @BeforeAll
    void anObjectBreaksARuleThatComesLater(KubeApi api) {
        client = api.admin();
        namespace = api.newNamespace("upgrade");
        collection = "/apis/" + GROUP + "/v1alpha1/namespaces/" + namespace + "/serverlessendpoints";
        ObjectNode strict = copyInOurGroup();
        ObjectNode loose = strict.deepCopy();
        loosen(loose);
        apply(loose);
        Awaitility.await("the loose definition is served")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> client.raw(collection, "POST", brokenObject("old").toString()) != null);
        apply(strict);
        Awaitility.await("the rules are enforced").atMost(PATIENCE).until(() -> isRefused(brokenObject("another")));
    }

    @Test
    void itStillTakesAStatus() {
        assertThatCode(() -> put("/status", "status: {endpointName: old}")).doesNotThrowAnyException();
    }

    @Test
    void itStillTakesAndLosesAFinalizer() {
        assertThatCode(() -> put("", "metadata: {finalizers: [pilotlight.dev/cleanup]}"))
                .doesNotThrowAnyException();
        assertThatCode(() -> put("", "metadata: {finalizers: []}")).doesNotThrowAnyException();
    }

    @Test
    void anEditElsewhereIsTakenAndAnEditOfTheBrokenPartMustPutItRight() {
        assertThatCode(() -> put("", "spec: {suspend: true}")).doesNotThrowAnyException();
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> put("", "spec: {serverless: {memorySizeInMB: 1600}}"))
                .satisfies(e -> assertThat(e.getMessage()).contains("take the next larger one"));
        assertThatCode(() -> put("", "spec: {serverless: {memorySizeInMB: 2048}}"))
                .doesNotThrowAnyException();
    }

    private ObjectNode brokenObject(String name) {
        ObjectNode broken =
                Manifests.patched(Manifests.endpoint(namespace, name), "spec: {serverless: {memorySizeInMB: 1500}}");
        broken.put("apiVersion", GROUP + "/v1alpha1");
        return broken;
    }

    private void apply(ObjectNode definition) {
        client.resource(client.getKubernetesSerialization()
                        .unmarshal(definition.toString(), CustomResourceDefinition.class))
                .forceConflicts()
                .serverSideApply();
    }

    private boolean isRefused(ObjectNode object) {
        try {
            client.raw(collection + "?dryRun=All", "POST", object.toString());
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == 422;
        }
    }

    private void put(String subresource, String patch) {
        String uri = collection + "/old";
        ObjectNode edited = Manifests.patched(Manifests.yaml(client.raw(uri)), patch);
        client.raw(uri + subresource + "?dryRun=All", "PUT", edited.toString());
    }

    private static ObjectNode copyInOurGroup() {
        ObjectNode copy = CrdExporter.definitions().get("serverlessendpoints.pilotlight.dev-v1.yml");
        copy.withObject("/metadata").put("name", "serverlessendpoints." + GROUP);
        copy.withObject("/spec").put("group", GROUP);
        copy.withObject("/spec/names").remove(List.of("shortNames", "categories"));
        return copy;
    }

    private static void loosen(JsonNode schema) {
        if (schema instanceof ObjectNode node) {
            node.remove(List.of("x-kubernetes-validations", "minimum", "maximum"));
        }
        schema.forEach(SchemaUpgradeApiServerTest::loosen);
    }
}
