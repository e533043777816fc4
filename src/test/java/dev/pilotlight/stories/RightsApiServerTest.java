package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may write what, and what nobody may read. */
@RealApiServer
class RightsApiServerTest {
    private static final String NAME = "sentiment";
    private static final String OPERATOR = "system:serviceaccount:pilotlight-system:pilotlight";

    @Test
    void theShippedRightsAreEnoughForAWholeLifeAndNoneIsAskedForInVain(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "rights").serving(NAME);
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.advanceUntil("changed", () -> team.isReady(NAME));
            team.deleteEndpoint(NAME);
            world.advanceUntil("gone", () -> !team.exists(NAME));

            List<KubeApi.Write> ours = api.writes(team.namespace()).stream()
                    .filter(write -> write.user().equals(OPERATOR))
                    .toList();
            assertThat(ours).extracting(KubeApi.Write::code).allMatch(code -> code < 300 || code == 409);
            Set<String> kinds = new TreeSet<>();
            ours.forEach(write -> kinds.add(write.verb() + " " + write.resource()
                    + (write.subresource().isEmpty() ? "" : "/" + write.subresource())));
            assertThat(kinds)
                    .containsExactlyInAnyOrder(
                            "create events", "patch serverlessendpoints", "patch serverlessendpoints/status");
        }
    }

    @Test
    void weOwnStatusAndOneFinalizerAndEverythingElseStaysItsAuthors(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "fields").serving(NAME);
            team.editEndpoint(NAME, """
                    {"metadata":{"labels":{"app":"x"},"annotations":{"note":"y"},"finalizers":["example.com/theirs","%s"]}}""".formatted(Pilotlight.FINALIZER));
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":25}}}");
            world.advanceUntil("ready", () -> team.isReady(NAME));

            ServerlessEndpoint endpoint = team.endpoint(NAME);
            assertThat(endpoint.getMetadata().getLabels()).containsEntry("app", "x");
            assertThat(endpoint.getMetadata().getAnnotations()).containsEntry("note", "y");
            assertThat(endpoint.getMetadata().getFinalizers())
                    .containsExactlyInAnyOrder("example.com/theirs", Pilotlight.FINALIZER);
            for (ManagedFieldsEntry entry : endpoint.getMetadata().getManagedFields()) {
                String fields = Serialization.asJson(entry.getFieldsV1());
                if ("status".equals(entry.getSubresource())) {
                    assertThat(entry.getManager()).isEqualTo(Pilotlight.FIELD_MANAGER);
                    assertThat(fields).contains("f:status").doesNotContain("f:spec", "f:labels", "f:annotations");
                } else if (entry.getManager().equals(Pilotlight.FIELD_MANAGER)) {
                    assertThat(fields)
                            .contains("f:finalizers")
                            .doesNotContain("f:spec", "f:status", "f:labels", "f:annotations");
                }
            }

            team.deleteEndpoint(NAME);
            world.advanceUntil(
                    "let go by us",
                    () -> !team.endpoint(NAME).getMetadata().getFinalizers().contains(Pilotlight.FINALIZER));
            assertThat(team.endpoint(NAME).getMetadata().getFinalizers()).containsExactly("example.com/theirs");
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void applyingTheSameManifestAgainIsNoConflictAndNoChange(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "again").serving(NAME);
            String version = team.endpoint(NAME).getMetadata().getResourceVersion();
            world.forgetCalls();
            team.applyEndpoint(NAME);
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(team.endpoint(NAME).getMetadata().getResourceVersion()).isEqualTo(version);
            assertThat(world.mutations()).isEmpty();
        }
    }

    @Test
    void whoMayEditANamespaceMayEditItsEndpointsAndNoIdentity(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "editor").serving(NAME);
            for (String role : List.of("pilotlight-view", "pilotlight-edit")) {
                bind(api, team.namespace(), role);
            }
            try (KubernetesClient editor = api.asServiceAccount(team.namespace(), "editor")) {
                var endpoints = editor.resources(ServerlessEndpoint.class).inNamespace(team.namespace());
                assertThat(endpoints.list().getItems()).hasSize(1);
                endpoints.withName(NAME).edit(endpoint -> {
                    endpoint.getMetadata().setLabels(Map.of("edited", "yes"));
                    return endpoint;
                });
                refused(() -> editor.resources(AWSIdentity.class).list());
                refused(() -> editor.resources(AWSIdentity.class)
                        .withName(team.identity())
                        .delete());
                refused(() -> editor.resources(ServerlessEndpoint.class)
                        .inNamespace("default")
                        .list());
                ServerlessEndpoint forged = endpoints.withName(NAME).get();
                refused(() -> endpoints.resource(forged).patchStatus());
                endpoints.withName(NAME).delete();
            }
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(world.identity(team.identity())).isNotNull();
        }
    }

    @Test
    void bodiesValuesAndCredentialsAppearNowhereInStatusOrEvents(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "canary");
            team.applyIdentity();
            team.applyEndpoint(NAME, """
                    model: {environment: [{name: TOKEN, value: canary-environment}]}
                    rollout:
                      validation:
                        requests:
                          - {name: happy, contentType: text/plain, body: canary-body, expect: response.body.contains("canary-expected")}""");
            world.advanceUntil("judged", () -> team.isTrue(NAME, "Stalled"));
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            team.forbid("sagemaker:CreateModel");
            world.advanceBy(Duration.ofMinutes(5));

            String status = Serialization.asJson(team.status(NAME).orElseThrow());
            String events = Serialization.asJson(
                    api.admin().v1().events().inNamespace(team.namespace()).list());
            String identity =
                    Serialization.asJson(world.identity(team.identity()).getStatus());
            for (String text : List.of(status, events, identity)) {
                assertThat(text).doesNotContain("canary-body", "canary-environment", "not-checked", "ASIA");
            }
            assertThat(events).contains("CreateModel");
        }
    }

    private static void bind(KubeApi api, String namespace, String role) {
        api.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject("", "ServiceAccount", "editor", namespace)
                        .build())
                .create();
    }

    private static void refused(Runnable act) {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(act::run)
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(403));
    }
}
