package dev.pilotlight.operator.kube;

import static dev.pilotlight.operator.kube.Endpoints.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, and what its answers mean. */
@EnableKubernetesMockClient
class FinalizersTest {
    private static final String PATH = "/apis/pilotlight.dev/v1alpha1/namespaces/ml-prod/serverlessendpoints/sentiment";

    KubernetesMockServer server;
    KubernetesClient client;

    private final ServerlessEndpoint cleaned = endpoint("ml-prod", "sentiment");

    @BeforeEach
    void read() {
        cleaned.getMetadata().setResourceVersion("41");
        cleaned.getMetadata().setUid("1f0e");
        cleaned.getMetadata().setFinalizers(List.of("somebody.else/too", Pilotlight.FINALIZER));
    }

    private boolean remove(int answer) {
        server.expect()
                .patch()
                .withPath(PATH)
                .andReturn(answer, answer == 200 ? cleaned : null)
                .always();
        return new Finalizers(client).remove(cleaned);
    }

    @Test
    void oursIsTakenOffTheVeryVersionThatWasCleanedUp() throws InterruptedException {
        assertThat(remove(200)).isTrue();

        assertThat(server.takeRequest(10, TimeUnit.SECONDS).getUtf8Body())
                .contains("\"resourceVersion\":\"41\"", "\"uid\":\"1f0e\"", "\"finalizers\":[\"somebody.else/too\"]");
    }

    @Test
    void whatIsNotThereAnyMoreIsDoneWith() {
        assertThat(remove(404)).isTrue();
        cleaned.getMetadata().setFinalizers(List.of("somebody.else/too"));
        assertThat(new Finalizers(client).remove(cleaned)).isTrue();
    }

    @Test
    void anotherVersionHasToBeLookedAtAgain() {
        assertThat(remove(409)).isFalse();
    }

    @Test
    void whatAPolicyForbidsIsTriedAgainAndWhatIsNobodysDecisionIsAnError() {
        assertThat(remove(422)).isFalse();
        server.clearExpectations();
        assertThatThrownBy(() -> remove(403)).isInstanceOf(KubernetesClientException.class);
    }
}
