package dev.pilotlight.operator.kube;

import static dev.pilotlight.operator.kube.Endpoints.endpoint;
import static dev.pilotlight.operator.kube.Endpoints.identity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealApiServer
class EventRecorderApiServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubeApi api;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00.123456789Z"));
    private EventRecorder recorder;
    private String namespace;

    EventRecorderApiServerTest(KubeApi api) {
        this.api = api;
    }

    @BeforeEach
    void start() {
        namespace = api.newNamespace("events");
        recorder = new EventRecorder(api.admin(), "pilotlight-0", now::get);
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void kubectlDescribeShowsEventsInTheOrderTheyHappened() throws Exception {
        ServerlessEndpoint object = create("sentiment");
        for (String operation : List.of("CreateModel", "CreateEndpointConfig", "CreateEndpoint")) {
            recorder.record(object, normal(operation, "9f3c2a1b"));
            now.updateAndGet(t -> t.plusSeconds(1));
        }
        assertThat(recorder.flush(PATIENCE)).isTrue();
        String described =
                api.kubectl("describe", "sep", "sentiment", "-n", namespace).out();
        assertThat(described)
                .containsSubsequence(
                        "Events:", "CreateModelSucceeded", "CreateEndpointConfigSucceeded", "CreateEndpointSucceeded")
                .contains("pilotlight", "(AWS request 7a1c)");
        assertThat(recorder.written()).isEqualTo(3);
        assertThat(recorder.dropped()).isZero();
    }

    @Test
    void aPassThatIsRepeatedMakesNoSecondEvent() throws Exception {
        ServerlessEndpoint object = create("sentiment");
        recorder.record(object, normal("CreateEndpoint", "9f3c2a1b"));
        recorder.record(object, normal("CreateEndpoint", "9f3c2a1b"));
        recorder.record(object, normal("CreateEndpoint", "another"));
        assertThat(recorder.flush(PATIENCE)).isTrue();
        assertThat(events(object)).hasSize(2);
        assertThat(recorder.dropped()).isZero();
    }

    @Test
    void aNamesakeHasEventsOfItsOwn() throws Exception {
        ServerlessEndpoint first = create("sentiment");
        recorder.record(first, normal("CreateEndpoint", "9f3c2a1b"));
        api.admin().resource(first).delete();
        ServerlessEndpoint second = create("sentiment");
        recorder.record(second, normal("CreateEndpoint", "9f3c2a1b"));
        assertThat(recorder.flush(PATIENCE)).isTrue();
        assertThat(events(first)).hasSize(1);
        assertThat(events(second)).hasSize(1);
    }

    @Test
    void anEventSaysWhoWhatAndAboutWhom() throws Exception {
        ServerlessEndpoint object = create("sentiment");
        recorder.record(object, normal("CreateEndpoint", "9f3c2a1b"));
        assertThat(recorder.flush(PATIENCE)).isTrue();
        Event event = events(object).getFirst();
        assertThat(event.getReportingComponent()).isEqualTo("pilotlight.dev/operator");
        assertThat(event.getReportingInstance()).isEqualTo("pilotlight-0");
        assertThat(event.getAction()).isEqualTo("CreateEndpoint");
        assertThat(event.getType()).isEqualTo("Normal");
        assertThat(event.getEventTime().getTime()).isEqualTo("2026-01-01T00:00:00.123456Z");
        assertThat(event.getInvolvedObject().getUid())
                .isEqualTo(object.getMetadata().getUid());
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("ServerlessEndpoint");
    }

    @Test
    void aNoteTooLongForTheApiServerIsCutAndKeepsItsRequestId() throws Exception {
        ServerlessEndpoint object = create("sentiment");
        ObjectEvent chatty = new ObjectEvent(
                ObjectEvent.Type.WARNING,
                "EndpointFailed",
                "CreateEndpoint",
                "\u00e9\ud83d\udd25".repeat(400),
                Optional.of("7a1c"),
                "");
        recorder.record(object, chatty);
        assertThat(recorder.flush(PATIENCE)).isTrue();
        String message = events(object).getFirst().getMessage();
        assertThat(message)
                .startsWith("\u00e9\ud83d\udd25")
                .endsWith("... (AWS request 7a1c)")
                .doesNotContain("\ufffd");
        assertThat(message.getBytes(StandardCharsets.UTF_8).length)
                .isBetween(EventRecorder.LONGEST_NOTE_IN_BYTES - 4, EventRecorder.LONGEST_NOTE_IN_BYTES);
    }

    @Test
    void eventsOfAClusterScopedObjectAreFoundByKubectlToo() throws Exception {
        AWSIdentity identity = api.admin().resource(identity(namespace)).create();
        recorder.record(identity, normal("AssumeRole", ""));
        assertThat(recorder.flush(PATIENCE)).isTrue();
        assertThat(recorder.written()).isEqualTo(1);
        assertThat(api.kubectl("describe", "awsid", namespace).out()).contains("AssumeRoleSucceeded");
    }

    private ServerlessEndpoint create(String name) {
        return api.admin().resource(endpoint(namespace, name)).create();
    }

    private List<Event> events(HasMetadata regarding) {
        return api.admin().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject()
                        .getUid()
                        .equals(regarding.getMetadata().getUid()))
                .toList();
    }

    private static ObjectEvent normal(String operation, String key) {
        return new ObjectEvent(
                ObjectEvent.Type.NORMAL,
                operation + "Succeeded",
                operation,
                operation + " was called",
                Optional.of("7a1c"),
                key);
    }
}
