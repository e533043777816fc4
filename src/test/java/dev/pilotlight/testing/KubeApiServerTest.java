package dev.pilotlight.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What tests rely on when they ask for the shared API server. */
@RealApiServer
final class KubeApiServerTest {
    @Test
    void aServiceAccountMayDoWhatItIsGrantedAndNothingElse(KubeApi api) {
        String namespace = api.newNamespace("rbac");
        try (var client = api.asServiceAccount(namespace, "reader")) {
            var endpoints = client.resources(ServerlessEndpoint.class).inNamespace(namespace);
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(endpoints::list)
                    .satisfies(e -> assertThat(e.getCode()).isEqualTo(403));
            grantReading(api, namespace, "reader");
            Awaitility.await("the grant is known")
                    .atMost(10, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .until(() -> endpoints.list().getItems().isEmpty());
        }
    }

    @Test
    void theServerRemembersWhoWroteWhat(KubeApi api) {
        String namespace = api.newNamespace("audited");
        try (var client = api.asServiceAccount(namespace, "writer")) {
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> client.resources(ServerlessEndpoint.class)
                            .inNamespace(namespace)
                            .withName("nothing")
                            .delete());
        }
        assertThat(api.writes(namespace))
                .containsExactly(new KubeApi.Write(
                        "system:serviceaccount:" + namespace + ":writer",
                        "delete",
                        "serverlessendpoints",
                        "",
                        "nothing",
                        403));
    }

    @Test
    void everyNamespaceIsTheCallersOwn(KubeApi api) {
        assertThat(api.newNamespace("own")).isNotEqualTo(api.newNamespace("own"));
    }

    @Test
    void kubectlTellsHowItEnded(KubeApi api) {
        var result = api.kubectl("get", "nothing-like-this");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("the server doesn't have a resource type");
    }

    private static void grantReading(KubeApi api, String namespace, String account) {
        api.admin()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("reader")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("pilotlight.dev")
                        .withResources("serverlessendpoints")
                        .withVerbs("list")
                        .endRule()
                        .build())
                .create();
        api.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("reader")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                        .addNewSubject("", "ServiceAccount", account, namespace)
                        .build())
                .create();
    }
}
