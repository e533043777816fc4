package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kubectl apply -k deploy/kustomize} on a real API server, and what the operator's ServiceAccount may do afterwards. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstallApiServerTest {
    private static final String NAMESPACE = "pilotlight-system";
    private static final String OPERATOR = "system:serviceaccount:" + NAMESPACE + ":pilotlight";

    private KubeApi api;
    private KubernetesClient admin;
    private KubeApi.Kubectl applied;

    @BeforeAll
    void install(KubeApi server) {
        api = server;
        admin = server.admin();
        // By force, because the test's own installation of the definitions owns their fields.
        applied = api.kubectl("apply", "--server-side", "--force-conflicts", "-k", "deploy/kustomize");
    }

    @Test
    void everythingIsAcceptedWithoutAWarning() {
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.err()).isEmpty();
        assertThat(applied.out()).contains("deployment.apps/pilotlight", "networkpolicy.networking.k8s.io/pilotlight");
    }

    @Test
    void applyingItAgainChangesNothing() {
        var difference = api.kubectl("diff", "--server-side", "--force-conflicts", "-k", "deploy/kustomize");
        assertThat(difference.exitCode())
                .as(difference.out() + difference.err())
                .isZero();
    }

    @Test
    void podSecurityAdmitsThePod() {
        PodTemplateSpec template = admin.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("pilotlight")
                .get()
                .getSpec()
                .getTemplate();
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("admitted")
                .withNamespace(NAMESPACE)
                .withLabels(template.getMetadata().getLabels())
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
        assertThat(admin.resource(pod).dryRun(true).create().getSpec().getServiceAccountName())
                .isEqualTo("pilotlight");
    }

    @ParameterizedTest(name = "{0} {2} of {1} in {3}")
    @CsvSource({
        "list,   pilotlight.dev,       serverlessendpoints,        team",
        "watch,  pilotlight.dev,       awsidentities,              ''",
        "patch,  pilotlight.dev,       serverlessendpoints,        team",
        "patch,  pilotlight.dev,       serverlessendpoints/status, team",
        "patch,  pilotlight.dev,       awsidentities/status,       ''",
        "watch,  pilotlight.dev,       warmpolicies,               team",
        "patch,  pilotlight.dev,       warmpolicies/status,        team",
        "get,    '',                   namespaces,                 kube-system",
        "create, '',                   events,                     team",
        "create, events.k8s.io,        events,                     team",
        "update, coordination.k8s.io,  leases,                     pilotlight-system",
    })
    void theOperatorMay(String verb, String group, String resource, String namespace) {
        assertThat(allowed(verb, group, resource, namespace)).isTrue();
    }

    @ParameterizedTest(name = "{0} {2} of {1} in {3}")
    @CsvSource({
        "create, pilotlight.dev,            serverlessendpoints,   team",
        "update, pilotlight.dev,            serverlessendpoints,   team",
        "delete, pilotlight.dev,            serverlessendpoints,   team",
        "create, pilotlight.dev,            awsidentities,         ''",
        "update, pilotlight.dev,            warmpolicies,          team",
        "delete, pilotlight.dev,            warmpolicies,          team",
        "get,    '',                        secrets,               pilotlight-system",
        "list,   '',                        secrets,               team",
        "create, '',                        serviceaccounts/token, pilotlight-system",
        "create, '',                        pods,                  pilotlight-system",
        "patch,  '',                        namespaces,            team",
        "list,   '',                        events,                team",
        "get,    coordination.k8s.io,       leases,                kube-system",
        "delete, coordination.k8s.io,       leases,                pilotlight-system",
        "create, rbac.authorization.k8s.io, clusterrolebindings,   ''",
        "delete, apiextensions.k8s.io,      customresourcedefinitions, ''",
    })
    void theOperatorMayNot(String verb, String group, String resource, String namespace) {
        assertThat(allowed(verb, group, resource, namespace)).isFalse();
    }

    private boolean allowed(String verb, String group, String resource, String namespace) {
        String[] parts = resource.split("/", 2);
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(OPERATOR)
                .withGroups("system:serviceaccounts", "system:serviceaccounts:" + NAMESPACE, "system:authenticated")
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : "")
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return admin.authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
