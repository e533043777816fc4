package dev.pilotlight.testing.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.EndpointManifest;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy in the hands of the client that the operator has. */
@RealApiServer
final class KubeProxyApiServerTest {
    private static final String RESOURCE = "serverlessendpoints";

    private KubeApi api;
    private KubeProxy proxy;
    private KubernetesClient client;
    private String namespace;
    private SharedIndexInformer<ServerlessEndpoint> informer;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void connect(KubeApi server) {
        api = server;
        proxy = server.newProxy();
        namespace = server.newNamespace("proxied");
        client = server.asInstalledOperator(proxy);
    }

    @AfterEach
    void disconnect() {
        client.close();
        proxy.close();
        api.admin().resources(ServerlessEndpoint.class).inNamespace(namespace).delete();
    }

    @Test
    void requestsAndWatchesPassUntilAFaultIsOrdered() {
        apply("a");
        watch();
        apply("b");
        heard("added a", "added b");
        edit("a", 7);
        heard("added a", "added b", "updated a 7");
        assertThat(client.resources(ServerlessEndpoint.class)
                        .inNamespace(namespace)
                        .withName("a")
                        .get())
                .isNotNull();
        assertThat(proxy.met()).isZero();
        assertThat(proxy.watches(RESOURCE)).isEqualTo(1);
    }

    @Test
    void aChosenWriteIsRefusedAndTheNextOneIsNot() {
        apply("a");
        proxy.meet(KubeRequest.writesOf(RESOURCE), 1, 1, Fault.conflict());
        label("one");
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> label("two"))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(409));
        label("three");
        assertThat(labelled()).isEqualTo("three");
        assertThat(proxy.met()).isEqualTo(1);
    }

    @Test
    void aLostRequestIsNotDoneAndALostAnswerIs() {
        apply("a");
        proxy.meet(KubeRequest.writesOf(RESOURCE), 0, 1, new Fault.RequestLost());
        assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> label("never"));
        assertThat(labelled()).isNull();

        proxy.meet(KubeRequest.writesOf(RESOURCE), 0, 1, new Fault.AnswerLost());
        assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> label("done"));
        assertThat(labelled()).isEqualTo("done");
    }

    @Test
    void aFrozenWatchIsSilentAndThenTellsAll() {
        watch();
        proxy.disturb(RESOURCE, WatchDisturbance.frozen());
        apply("a");
        edit("a", 7);
        delete("a");
        await(() -> proxy.disturbing()
                && proxy.received().find(RESOURCE, namespace, "a").isEmpty());
        assertThat(heard).isEmpty();
        proxy.calm(RESOURCE);
        heard("added a", "updated a 7", "deleted a");
    }

    @Test
    void aWatchThatIsCutGoesOnWhereItWas() {
        watch();
        apply("a");
        heard("added a");
        proxy.leave();
        apply("b");
        delete("a");
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> client.resources(ServerlessEndpoint.class)
                        .inNamespace(namespace)
                        .list());
        assertThat(heard).containsExactly("added a");
        proxy.back();
        heard("added a", "added b", "deleted a");
    }

    @Test
    void anExpiredWatchListsAnewAndBelievesAFalseList() {
        watch();
        apply("a");
        apply("b");
        heard("added a", "added b");
        proxy.meet(KubeRequest.listsOf(RESOURCE), 0, 1, Fault.emptyList());
        proxy.expireWatches(RESOURCE);
        await(() -> heard.size() == 4);
        assertThat(heard.subList(2, 4)).containsExactlyInAnyOrder("deleted a", "deleted b");

        JsonNode old = proxy.lastList(RESOURCE);
        delete("a");
        proxy.meet(KubeRequest.listsOf(RESOURCE), 0, 1, Fault.oldList(old));
        proxy.expireWatches(RESOURCE);
        await(() -> heard.contains("added b") && heard.size() >= 6);
        assertThat(heard.subList(4, 6)).containsExactlyInAnyOrder("added a", "added b");
    }

    @Test
    void eventsCanBeDroppedDuplicatedAndReordered() {
        watch();
        proxy.disturb(RESOURCE, WatchDisturbance.dropping(event -> event.contains("\"name\":\"a\"")));
        apply("a");
        apply("b");
        heard("added b");
        proxy.disturb(RESOURCE, WatchDisturbance.duplicating());
        apply("c");
        heard("added b", "added c");
        proxy.disturb(RESOURCE, WatchDisturbance.reordering(new Random(1)));
        IntStream.range(10, 20).forEach(memory -> edit("c", memory));
        proxy.calm(RESOURCE);
        await(() -> heard.contains("updated c 19"));
        assertThat(heard.subList(2, heard.size()))
                .isNotEqualTo(
                        IntStream.range(10, 20).mapToObj(i -> "updated c " + i).toList());
    }

    private void watch() {
        informer = client.resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(ServerlessEndpoint object) {
                        heard.add("added " + object.getMetadata().getName());
                    }

                    @Override
                    public void onUpdate(ServerlessEndpoint before, ServerlessEndpoint after) {
                        heard.add("updated " + after.getMetadata().getName() + " "
                                + after.getSpec().serverless().maxConcurrency());
                    }

                    @Override
                    public void onDelete(ServerlessEndpoint object, boolean unknown) {
                        heard.add("deleted " + object.getMetadata().getName());
                    }
                });
        assertThat(informer.isWatching()).isTrue();
    }

    private void heard(String... events) {
        await(() -> heard.size() >= events.length);
        assertThat(heard).containsExactly(events);
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(condition);
    }

    private void apply(String name) {
        api.admin()
                .resource(api.admin()
                        .getKubernetesSerialization()
                        .unmarshal(
                                EndpointManifest.of(namespace, name, "nobody").json(), GenericKubernetesResource.class))
                .create();
    }

    private void edit(String name, int maxConcurrency) {
        api.admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"serverless\":{\"maxConcurrency\":" + maxConcurrency + "}}}");
    }

    private void delete(String name) {
        api.admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    private void label(String value) {
        client.resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withName("a")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"told\":\"" + value + "\"}}}");
    }

    private String labelled() {
        return api.admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withName("a")
                .get()
                .getMetadata()
                .getLabels()
                .get("told");
    }
}
