package dev.pilotlight.operator.kube;

import static dev.pilotlight.operator.kube.Endpoints.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose finalizer is taken off, on an API server that has the races. */
@RealApiServer
class FinalizersApiServerTest {
    private final KubernetesClient client;
    private final KubeApi api;
    private final Finalizers finalizers;
    private String namespace;

    FinalizersApiServerTest(KubeApi api) {
        this.api = api;
        this.client = api.admin();
        this.finalizers = new Finalizers(client);
    }

    @BeforeEach
    void namespace() {
        namespace = api.newNamespace("finalizers");
    }

    private ServerlessEndpoint create() {
        ServerlessEndpoint object = endpoint(namespace, "sentiment");
        object.getMetadata().setFinalizers(List.of("example.com/other", Pilotlight.FINALIZER));
        return client.resource(object).create();
    }

    private List<String> left() {
        return client.resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withName("sentiment")
                .get()
                .getMetadata()
                .getFinalizers();
    }

    private void strip(ServerlessEndpoint object) {
        client.resource(client.resource(object).get())
                .accept(o -> o.getMetadata().setFinalizers(List.of()));
    }

    @Test
    void anObjectThatWasEditedIsLookedAtAgainFirst() {
        ServerlessEndpoint cleaned = create();
        client.resource(cleaned).accept(o -> o.getMetadata().setLabels(Map.of("edited", "yes")));

        assertThat(finalizers.remove(cleaned)).isFalse();
        assertThat(left()).contains(Pilotlight.FINALIZER);

        assertThat(finalizers.remove(client.resource(cleaned).get())).isTrue();
        assertThat(left()).containsExactly("example.com/other");
        strip(cleaned);
    }

    @Test
    void aNamesakeKeepsItsOwn() {
        ServerlessEndpoint cleaned = create();
        strip(cleaned);
        client.resource(cleaned).delete();
        assertThat(finalizers.remove(cleaned)).as("it is gone").isTrue();
        create();

        assertThat(finalizers.remove(cleaned)).isFalse();
        assertThat(left()).contains(Pilotlight.FINALIZER);
        strip(cleaned);
    }
}
