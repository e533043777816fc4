package dev.pilotlight.operator.kube;

import static dev.pilotlight.operator.kube.Endpoints.creating;
import static dev.pilotlight.operator.kube.Endpoints.endpoint;
import static dev.pilotlight.operator.kube.Endpoints.ready;
import static dev.pilotlight.operator.kube.Endpoints.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.domain.endpoint.Safeguards;
import dev.pilotlight.operator.leader.NotLeading;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The write as it goes over the wire, and answers a real API server gives only in bad moments. */
@EnableKubernetesMockClient
class StatusWriterTest {
    private static final String PATH =
            "/apis/pilotlight.dev/v1alpha1/namespaces/ml-prod/serverlessendpoints/sentiment/status?fieldManager=pilotlight&force=true";

    KubernetesMockServer server;
    KubernetesClient client;

    private final ServerlessEndpoint decidedOn = endpoint("ml-prod", "sentiment");

    @BeforeEach
    void read() {
        decidedOn.getMetadata().setResourceVersion("41");
        decidedOn.getMetadata().setUid("1f0e");
        decidedOn.getMetadata().setGeneration(3L);
    }

    @Test
    void aWriteIsAnApplyOfNothingButIdentityVersionAndStatus() throws Exception {
        ServerlessEndpoint answer = endpoint("ml-prod", "sentiment");
        answer.getMetadata().setResourceVersion("42");
        server.expect().patch().withPath(PATH).andReturn(200, answer).once();

        assertThat(new StatusWriter(client, Safeguards.ALL).write(decidedOn, creating(3)))
                .isEqualTo(new StatusWrite.Written("42"));

        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request.getHeader("Content-Type")).startsWith("application/apply-patch+yaml");
        JsonNode sent = Serialization.unmarshal(request.getUtf8Body(), JsonNode.class);
        assertThat(sent.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "status");
        assertThat(sent.get("metadata").toString())
                .isEqualTo("{\"name\":\"sentiment\",\"namespace\":\"ml-prod\",\"resourceVersion\":\"41\"}");
        assertThat(sent.at("/status/conditions/0/type").asText()).isEqualTo("Ready");
        assertThat(sent.at("/status/observedGeneration").asLong()).isEqualTo(3);
    }

    @Test
    void aConflictIsAValueAndIsNotRepeated() {
        server.expect().patch().withPath(PATH).andReturn(409, null).once();
        assertThat(new StatusWriter(client, Safeguards.ALL).write(decidedOn, creating(3)))
                .isEqualTo(new StatusWrite.Conflict());
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void anObjectThatIsGoneIsAValue() {
        server.expect().patch().withPath(PATH).andReturn(404, null).once();
        assertThat(new StatusWriter(client, Safeguards.ALL).write(decidedOn, creating(3)))
                .isEqualTo(new StatusWrite.Gone());
    }

    @Test
    void aWriteWhoseAnswerWasLostEndsAsAConflictAndThenAsUnchanged() {
        // The API server took the write, the answer became a gateway's 503; the client's own repetition meets a newer
        // version.
        server.expect().patch().withPath(PATH).andReturn(503, null).once();
        server.expect().patch().withPath(PATH).andReturn(409, null).once();
        StatusWriter writer = new StatusWriter(client, Safeguards.ALL);
        assertThat(writer.write(decidedOn, creating(3))).isEqualTo(new StatusWrite.Conflict());

        decidedOn.getMetadata().setResourceVersion("42");
        decidedOn.setStatus(creating(3));
        assertThat(writer.write(decidedOn, creating(3))).isEqualTo(new StatusWrite.Unchanged());
    }

    @Test
    void whoDoesNotLeadAnyMoreWritesNothing() {
        StatusWriter former = new StatusWriter(client, Safeguards.ALL, () -> {
            throw new NotLeading("another one does");
        });

        assertThatExceptionOfType(NotLeading.class).isThrownBy(() -> former.write(decidedOn, creating(3)));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anyOtherRefusalIsAnException() {
        server.expect().patch().withPath(PATH).andReturn(403, null).always();
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> new StatusWriter(client, Safeguards.ALL).write(decidedOn, creating(3)))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(403));
    }

    @Test
    void anApiServerThatCannotBeReachedIsAnException() {
        Config nobody = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient unreachable =
                new KubernetesClientBuilder().withConfig(nobody).build()) {
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> new StatusWriter(unreachable, Safeguards.ALL).write(decidedOn, creating(3)));
        }
    }

    @Test
    void aStatusThatSaysTheSameIsNotSent() {
        Condition was = ready(3).conditions().getFirst();
        Condition laterButSame = new Condition(
                was.type(),
                was.status(),
                was.reason(),
                was.message(),
                "2031-01-01T00:00:00Z",
                was.observedGeneration());
        decidedOn.setStatus(ready(3));
        StatusWriter writer = new StatusWriter(client, Safeguards.ALL);
        assertThat(writer.write(decidedOn, ready(3))).isEqualTo(new StatusWrite.Unchanged());
        assertThat(writer.write(decidedOn, status(3, "ml-prod-sentiment", List.of(laterButSame))))
                .isEqualTo(new StatusWrite.Unchanged());
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void everyDifferenceAUserCanSeeIsSent() {
        StatusComparison comparison = new StatusComparison(client.getKubernetesSerialization());
        Condition was = ready(3).conditions().getFirst();
        assertThat(comparison.same(null, ready(3))).isFalse();
        assertThat(comparison.same(ready(3), null)).isFalse();
        assertThat(comparison.same(ready(3), ready(4))).isFalse();
        assertThat(comparison.same(ready(3), creating(3))).isFalse();
        assertThat(comparison.same(ready(3), status(3, "other", List.of(was)))).isFalse();
        assertThat(comparison.same(ready(3), status(3, null, List.of(was)))).isFalse();
        assertThat(comparison.same(ready(3), status(3, "ml-prod-sentiment", List.of())))
                .isFalse();
        assertThat(comparison.same(
                        ready(3),
                        status(
                                3,
                                "ml-prod-sentiment",
                                List.of(new Condition(
                                        was.type(),
                                        was.status(),
                                        was.reason(),
                                        "other",
                                        was.lastTransitionTime(),
                                        3L)))))
                .isFalse();
        assertThat(comparison.same(null, null)).isTrue();
        assertThat(comparison.same(null, status(0, null, List.of()))).isFalse();
    }
}
