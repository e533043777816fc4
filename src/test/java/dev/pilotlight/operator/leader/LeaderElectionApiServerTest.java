package dev.pilotlight.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two operators and one Lease. */
@RealApiServer
class LeaderElectionApiServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubeApi api;
    private final String namespace;
    private final List<Replica> replicas = new ArrayList<>();

    LeaderElectionApiServerTest(KubeApi api) {
        this.api = api;
        this.namespace = api.newNamespace("leader");
    }

    @AfterEach
    void stop() {
        replicas.forEach(Replica::shutDown);
        replicas.forEach(replica -> replica.client.close());
    }

    @Test
    void aSuccessorTakesOverAtOnceAndTheOldLeaderMayMutateNoMore() {
        Replica first = new Replica("first");
        await().atMost(PATIENCE).until(first.leadership::leading);
        assertThatCode(first.leadership::assertLeading).doesNotThrowAnyException();
        Replica second = new Replica("second");
        create("a");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(first.seen).contains("a"));
        assertThat(second.seen).isEmpty();
        assertThatExceptionOfType(NotLeading.class).isThrownBy(second.leadership::assertLeading);

        first.shutDown();
        assertThatExceptionOfType(NotLeading.class).isThrownBy(first.leadership::assertLeading);
        await().atMost(PATIENCE).until(second.leadership::leading);
        assertThatCode(second.leadership::assertLeading).doesNotThrowAnyException();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(second.seen).contains("a"));
        assertThat(first.lost).as("a shutdown is no loss").hasValue(0);
    }

    @Test
    void aLeaderWhoseLeaseWasTakenMayNotMutateFromThatMomentAndEndsItself() {
        Replica old = new Replica("old");
        await().atMost(PATIENCE).until(old.leadership::leading);
        // Whatever version it has: the holder renews it five times a second.
        api.admin()
                .leases()
                .inNamespace(namespace)
                .withName("pilotlight")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"holderIdentity\": \"usurper\", \"leaseDurationSeconds\": 600}}");
        assertThatExceptionOfType(NotLeading.class).isThrownBy(old.leadership::assertLeading);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(old.lost).hasValue(1));
        assertThat(old.leadership.leading()).isFalse();
    }

    private void create(String name) {
        api.admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** One replica of an operator that only notes what it reconciles. */
    private final class Replica {
        private final AtomicInteger lost = new AtomicInteger();
        private final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final LeaseLeadership leadership;
        private final Operator operator;
        private final KubernetesClient client;

        Replica(String name) {
            client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(api.kubeConfigYaml()))
                    .build();
            LeaseSettings settings = new LeaseSettings(
                    namespace, "pilotlight", Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(200));
            leadership = new LeaseLeadership(client, settings, name, () -> {}, lost::incrementAndGet);
            operator = new Operator(config -> leadership.configure(config.withKubernetesClient(client)));
            operator.register(new Noting(seen), config -> config.settingNamespace(namespace));
            operator.start();
            replicas.add(this);
        }

        void shutDown() {
            leadership.stopping();
            operator.stop();
            leadership.release();
        }
    }

    @ControllerConfiguration
    private static final class Noting implements Reconciler<ConfigMap> {
        private final Set<String> seen;

        Noting(Set<String> seen) {
            this.seen = seen;
        }

        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap object, Context<ConfigMap> context) {
            seen.add(object.getMetadata().getName());
            return UpdateControl.noUpdate();
        }
    }
}
