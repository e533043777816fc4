package dev.pilotlight.operator.kube;

import static dev.pilotlight.operator.kube.Endpoints.endpoint;
import static dev.pilotlight.operator.kube.Endpoints.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.domain.endpoint.Safeguards;
import dev.pilotlight.operator.time.LookEventSource;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.ManualScheduler;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reconciler that writes status as ours do, inside a real operator, while its object is edited and looked at. */
@RealApiServer
class EditsBesideStatusWritesApiServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int EDITS = 40;

    private final KubeApi api;
    private final ManualScheduler scheduler = new ManualScheduler(START);
    private final LookEventSource<ServerlessEndpoint> looks = new LookEventSource<>("look", scheduler);
    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private KubernetesClient client;
    private Operator operator;
    private String namespace;

    EditsBesideStatusWritesApiServerTest(KubeApi api) {
        this.api = api;
    }

    @BeforeEach
    void start() {
        namespace = api.newNamespace("edits");
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeConfigYaml()))
                .build();
        operator = new Operator(config -> config.withKubernetesClient(client));
        operator.register(
                new Observing(),
                (ControllerConfigurationOverrider<ServerlessEndpoint> config) -> config.settingNamespace(namespace));
        operator.start();
    }

    @AfterEach
    void stop() {
        operator.stop();
    }

    @Test
    void noEditIsLostAndTheStatusEndsAtTheLastGeneration() {
        api.admin().resource(endpoint(namespace, "sentiment")).create();
        for (int i = 1; i <= EDITS; i++) {
            String edit = "{\"spec\":{\"serverless\":{\"maxConcurrency\":%d}}}".formatted(1 + i);
            api.admin().resource(endpoint(namespace, "sentiment")).patch(PatchContext.of(PatchType.JSON_MERGE), edit);
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(read().getMetadata().getGeneration()).isEqualTo(EDITS + 1L);
            assertThat(read().getStatus().observedGeneration()).isEqualTo(EDITS + 1L);
        });
        assertThat(writes.get()).isLessThanOrEqualTo(EDITS + 1);
    }

    @Test
    void aQuietObjectIsReconciledOnlyWhenItsLookIsDueAndCostsNoWrite() {
        api.admin().resource(endpoint(namespace, "sentiment")).create();
        ResourceID id = new ResourceID("sentiment", namespace);
        await().atMost(PATIENCE).until(() -> writes.get() == 1);
        await().atMost(PATIENCE).until(() -> looks.pending().containsKey(id));
        for (int look = 1; look <= 3; look++) {
            int before = passes.get();
            scheduler.advanceTo(START.plusSeconds(60L * look));
            await().atMost(PATIENCE)
                    .until(() -> passes.get() > before && looks.pending().containsKey(id));
        }
        assertThat(writes).hasValue(1);
        assertThat(looks.pending()).containsEntry(id, START.plusSeconds(240));
    }

    private ServerlessEndpoint read() {
        return api.admin().resource(endpoint(namespace, "sentiment")).get();
    }

    @ControllerConfiguration(name = "observing")
    private final class Observing implements Reconciler<ServerlessEndpoint> {
        @Override
        public List<EventSource<?, ServerlessEndpoint>> prepareEventSources(
                EventSourceContext<ServerlessEndpoint> context) {
            return List.of(looks);
        }

        @Override
        public UpdateControl<ServerlessEndpoint> reconcile(
                ServerlessEndpoint object, Context<ServerlessEndpoint> context) {
            passes.incrementAndGet();
            ResourceID id = ResourceID.fromResource(object);
            Instant now = scheduler.clock().instant();
            switch (new StatusWriter(client, Safeguards.ALL)
                    .write(object, ready(object.getMetadata().getGeneration()))) {
                case StatusWrite.Written written -> {
                    writes.incrementAndGet();
                    looks.lookAt(id, now.plusSeconds(60));
                }
                case StatusWrite.Unchanged unchanged -> looks.lookAt(id, now.plusSeconds(60));
                case StatusWrite.Conflict conflict -> looks.lookAt(id, now.plusSeconds(1));
                case StatusWrite.Gone gone -> looks.forget(id);
            }
            return UpdateControl.noUpdate();
        }
    }
}
