package dev.pilotlight.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@RealApiServer
class ClusterIdsApiServerTest {

    @Test
    void theIdIsWhatWasConfiguredOrTheUidOfKubeSystem(KubernetesClient client) {
        String uid =
                client.namespaces().withName("kube-system").get().getMetadata().getUid();
        assertThat(ClusterIds.resolve(client, Optional.empty())).isEqualTo(uid);
        assertThat(ClusterIds.resolve(client, Optional.of(" "))).isEqualTo(uid);
        assertThat(ClusterIds.resolve(client, Optional.of("prod-eu"))).isEqualTo("prod-eu");
    }
}
