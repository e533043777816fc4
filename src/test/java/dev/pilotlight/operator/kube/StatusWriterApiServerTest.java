package dev.pilotlight.operator.kube;

import static dev.pilotlight.operator.kube.Endpoints.creating;
import static dev.pilotlight.operator.kube.Endpoints.endpoint;
import static dev.pilotlight.operator.kube.Endpoints.identity;
import static dev.pilotlight.operator.kube.Endpoints.ready;
import static dev.pilotlight.operator.kube.Endpoints.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.AWSIdentityStatus;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.domain.endpoint.Safeguards;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The races of status writes, on an API server that has them. */
@RealApiServer
class StatusWriterApiServerTest {
    private final KubernetesClient client;
    private final KubeApi api;
    private StatusWriter writer;
    private String namespace;

    StatusWriterApiServerTest(KubeApi api) {
        this.api = api;
        this.client = api.admin();
    }

    @BeforeEach
    void namespace() {
        writer = new StatusWriter(client, Safeguards.ALL);
        namespace = api.newNamespace("status");
    }

    @Test
    void theFirstStatusIsWrittenAndTheSameAgainIsNot() {
        ServerlessEndpoint created = create();
        StatusWrite write = writer.write(created, creating(1));
        ServerlessEndpoint read = read();
        assertThat(write).isEqualTo(new StatusWrite.Written(read.getMetadata().getResourceVersion()));
        assertThat(read.getStatus()).isEqualTo(creating(1));
        assertThat(read.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(writer.write(read, creating(1))).isEqualTo(new StatusWrite.Unchanged());
        assertThat(read().getMetadata().getResourceVersion())
                .isEqualTo(read.getMetadata().getResourceVersion());
    }

    @Test
    void aWriteDecidedBeforeAnEditIsRefused() {
        ServerlessEndpoint decidedOn = create();
        client.resource(decidedOn).accept(o -> o.getMetadata().setLabels(java.util.Map.of("edited", "yes")));
        assertThat(writer.write(decidedOn, ready(1))).isEqualTo(new StatusWrite.Conflict());
        assertThat(read().getStatus().observedGeneration()).as("nobody's").isEqualTo(-1);
        assertThat(writer.write(read(), ready(1))).isInstanceOf(StatusWrite.Written.class);
    }

    @Test
    void aLateWriteAfterDeleteAndRecreateNeverLandsOnTheNamesake() {
        ServerlessEndpoint first = create();
        client.resource(first).delete();
        assertThat(writer.write(first, ready(1))).isEqualTo(new StatusWrite.Gone());
        ServerlessEndpoint second = create();
        assertThat(second.getMetadata().getUid())
                .isNotEqualTo(first.getMetadata().getUid());
        assertThat(writer.write(first, ready(1))).isEqualTo(new StatusWrite.Conflict());
        assertThat(read().getStatus().observedGeneration()).as("nobody's").isEqualTo(-1);
    }

    @Test
    void aFieldAndAConditionThatAreLeftOutAreRemoved() {
        writer.write(create(), creating(1));
        Condition onlyReady = ready(1).conditions().getFirst();
        assertThat(writer.write(read(), status(1, null, List.of(onlyReady)))).isInstanceOf(StatusWrite.Written.class);
        ServerlessEndpoint read = read();
        assertThat(read.getStatus().endpointName()).isNull();
        assertThat(read.getStatus().conditions()).containsExactly(onlyReady);
    }

    @Test
    void whatSomebodyElseWroteGoesToo() {
        writer.write(create(), creating(1));
        ServerlessEndpoint byHand = read();
        byHand.setStatus(status(7, "by hand", List.of(condition("Invented"), condition("Ready"))));
        client.resource(byHand).updateStatus();

        assertThat(writer.write(read(), ready(1))).isInstanceOf(StatusWrite.Written.class);

        assertThat(read().getStatus()).isEqualTo(ready(1));
        assertThat(writer.write(read(), ready(1))).isEqualTo(new StatusWrite.Unchanged());
        assertThat(read().getMetadata().getManagedFields())
                .filteredOn(entry -> entry.getManager().equals(Pilotlight.FIELD_MANAGER))
                .extracting(ManagedFieldsEntry::getOperation)
                .containsExactly("Apply");
    }

    private static Condition condition(String type) {
        return new Condition(type, "True", "ByHand", "by hand", "2031-01-01T00:00:00Z", 7L);
    }

    @Test
    void weOwnTheStatusAndNothingElse() {
        writer.write(create(), creating(1));
        List<ManagedFieldsEntry> ours = read().getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager().equals(Pilotlight.FIELD_MANAGER))
                .toList();
        assertThat(ours).singleElement().satisfies(entry -> {
            assertThat(entry.getOperation()).isEqualTo("Apply");
            assertThat(entry.getSubresource()).isEqualTo("status");
            assertThat(entry.getFieldsV1().getAdditionalProperties()).containsOnlyKeys("f:status");
        });
    }

    @Test
    void aClusterScopedObjectIsWrittenTheSameWay() {
        AWSIdentity identity = identity(namespace);
        AWSIdentity created = client.resource(identity).create();
        AWSIdentityStatus status = new AWSIdentityStatus(1L, List.of(), "111122223333", null, null, null);
        assertThat(writer.write(created, status)).isInstanceOf(StatusWrite.Written.class);
        assertThat(client.resource(identity).get().getStatus().accountID()).isEqualTo("111122223333");
    }

    @Test
    void aFinalizerThatRacesADeleteDoesNotResurrectTheObject() {
        ServerlessEndpoint deleted = create();
        client.resource(deleted).delete();
        GenericKubernetesResource bare = new GenericKubernetesResource();
        bare.setApiVersion(deleted.getApiVersion());
        bare.setKind(deleted.getKind());
        bare.setMetadata(new ObjectMetaBuilder()
                .withName("sentiment")
                .withNamespace(namespace)
                .withFinalizers(Pilotlight.FINALIZER)
                .build());
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> client.resource(bare)
                        .fieldManager("pilotlight-finalizer")
                        .forceConflicts()
                        .serverSideApply())
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(422))
                .withMessageContaining("spec");
        assertThat(read()).isNull();
    }

    private ServerlessEndpoint create() {
        return client.resource(endpoint(namespace, "sentiment")).create();
    }

    private ServerlessEndpoint read() {
        return client.resource(endpoint(namespace, "sentiment")).get();
    }
}
