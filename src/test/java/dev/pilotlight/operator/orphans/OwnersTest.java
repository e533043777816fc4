package dev.pilotlight.operator.orphans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.orphans.Census;
import dev.pilotlight.domain.orphans.Orphan;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked of the API server about owners, and when its 404 counts. */
@EnableKubernetesMockClient
class OwnersTest {
    private static final String DEFINITION =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/serverlessendpoints.pilotlight.dev";

    KubernetesMockServer server;
    KubernetesClient client;

    private final Census census = new Census();
    private final CustomResourceDefinition stands = new CustomResourceDefinitionBuilder()
            .withNewMetadata()
            .withName("serverlessendpoints.pilotlight.dev")
            .endMetadata()
            .build();
    private final List<Orphan> orphans = Stream.of(Kind.values())
            .map(kind -> new Orphan(
                    new Location("111122223333", "us-east-1"),
                    new OwnedResource(
                            kind,
                            "ml-a",
                            "arn:" + kind,
                            new Ownership("c1", "ml", "a", "uid-a", Ownership.Role.PRIMARY, "", ""))))
            .toList();

    private void ask() {
        new Owners(client).ask(census, orphans, Clock.systemUTC());
    }

    @Test
    void anOwnerIsAskedForOnceHoweverMuchCarriesItsName() {
        server.expect().get().withPath(DEFINITION).andReturn(200, stands).always();

        ask();

        assertThat(orphans).allMatch(census::isMissed);
        assertThat(server.getRequestCount())
                .as("the definition, the owner, the definition again")
                .isEqualTo(3);
    }

    @Test
    void noOwnerIsMissedWhileTheKindGoes() {
        server.expect().get().withPath(DEFINITION).andReturn(200, stands).once();

        ask();

        assertThat(orphans).noneMatch(census::isMissed);
    }

    @Test
    void whereNothingIsToBeAskedForNobodyIsAsked() {
        new Owners(client).ask(census, List.of(), Clock.systemUTC());

        assertThat(server.getRequestCount()).isZero();
    }
}
