package dev.pilotlight.operator.kube;

import static dev.pilotlight.operator.kube.Endpoints.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events when the API server is slow or refuses: the work goes on and what was lost is counted. */
@EnableKubernetesMockClient
@Timeout(60)
class EventRecorderTest {
    private static final String PATH = "/api/v1/namespaces/ml-prod/events";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    KubernetesMockServer server;
    KubernetesClient client;

    private final ServerlessEndpoint object = endpoint("ml-prod", "sentiment");

    @BeforeEach
    void identify() {
        object.getMetadata().setUid("1f0e");
    }

    @Test
    void aRefusedEventIsCountedAndTheNextOneIsWritten() throws Exception {
        server.expect().post().withPath(PATH).andReturn(403, null).once();
        server.expect().post().withPath(PATH).andReturn(201, "{}").once();
        try (EventRecorder recorder = new EventRecorder(client, "pilotlight-0", InstantSource.system())) {
            recorder.record(object, event("a"));
            recorder.record(object, event("b"));
            assertThat(recorder.flush(PATIENCE)).isTrue();
            assertThat(recorder.dropped()).isEqualTo(1);
            assertThat(recorder.written()).isEqualTo(1);
        }
    }

    @Test
    void aFullQueueLosesEventsAndHoldsNobodyUp() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        server.expect()
                .post()
                .withPath(PATH)
                .andReply(201, request -> {
                    arrived.countDown();
                    awaitQuietly(answer);
                    return "{}";
                })
                .always();
        try (EventRecorder recorder = new EventRecorder(client, "pilotlight-0", InstantSource.system(), 2)) {
            recorder.record(object, event("being written"));
            arrived.await();
            for (int i = 0; i < 5; i++) {
                recorder.record(object, event("queued or lost " + i));
            }
            assertThat(recorder.dropped()).isEqualTo(3);
            assertThat(recorder.idle()).isFalse();
            assertThat(recorder.flush(Duration.ofMillis(1))).isFalse();
            answer.countDown();
            assertThat(recorder.flush(PATIENCE)).isTrue();
            assertThat(recorder.idle()).isTrue();
            assertThat(recorder.written()).isEqualTo(3);
        } finally {
            answer.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectEvent event(String key) {
        return new ObjectEvent(
                ObjectEvent.Type.NORMAL, "EndpointCreated", "CreateEndpoint", "created", Optional.empty(), key);
    }
}
