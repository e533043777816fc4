package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests of {@code deploy/kustomize} as they stand in the files. */
class InstallManifestsTest {
    private static final Path FOLDER = Path.of("deploy/kustomize");
    private static final JsonNode KUSTOMIZATION = Yaml.read(FOLDER.resolve("kustomization.yaml"));

    @Test
    void noRoleHasAWildcardOrReachesSecretsOrGivesRights() {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(Yaml.texts(rule.path("apiGroups"))).doesNotContain("*", "rbac.authorization.k8s.io");
            assertThat(Yaml.texts(rule.path("resources")))
                    .isNotEmpty()
                    .noneMatch(resource -> resource.contains("*"))
                    .doesNotContain("secrets", "serviceaccounts/token", "pods/exec");
            assertThat(Yaml.texts(rule.path("verbs")))
                    .isNotEmpty()
                    .doesNotContain("*", "bind", "escalate", "impersonate");
            assertThat(rule.has("nonResourceURLs")).isFalse();
        });
    }

    /** What is applied is what is stored, and nothing waits for a webhook that is away. */
    @Test
    void noWebhookIsInstalled() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("deploy"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("WebhookConfiguration"));
        }
    }

    @Test
    void theOperatorCanNeitherCreateNorDeleteWhatUsersWrite() {
        assertThat(Yaml.items(only("ClusterRole", "pilotlight-operator").path("rules"))
                        .filter(rule -> Yaml.texts(rule.path("apiGroups")).contains("pilotlight.dev"))
                        .flatMap(rule -> Yaml.texts(rule.path("verbs")).stream()))
                .isNotEmpty()
                .doesNotContain("create", "delete", "deletecollection");
    }

    @Test
    void rolesOfTheNamespacedKindsAddThemselvesToKubernetesOwnAndThoseOfIdentitiesDoNot() {
        String prefix = "rbac.authorization.k8s.io/aggregate-to-";
        assertThat(labels("pilotlight-view").has(prefix + "view")).isTrue();
        assertThat(labels("pilotlight-edit").has(prefix + "view")).isFalse();
        assertThat(labels("pilotlight-edit").has(prefix + "edit")).isTrue();
        assertThat(objects("ClusterRole").filter(InstallManifestsTest::reachesIdentities))
                .hasSize(3)
                .allSatisfy(role ->
                        assertThat(role.at("/metadata/labels").isEmpty()).isTrue());
    }

    @Test
    void thePodIsRestricted() {
        JsonNode pod = pod();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asLong()).isGreaterThan(999);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(List.of("hostNetwork", "hostPID", "hostIPC"))
                .noneMatch(field -> pod.path(field).asBoolean());
        assertThat(Yaml.items(pod.path("volumes"))).noneMatch(volume -> volume.has("hostPath"));
        assertThat(Yaml.items(pod.path("containers"))).isNotEmpty().allSatisfy(container -> {
            JsonNode security = container.path("securityContext");
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(Yaml.texts(security.at("/capabilities/drop"))).containsExactly("ALL");
            assertThat(container.has("livenessProbe")
                            && container.has("readinessProbe")
                            && container.has("startupProbe"))
                    .isTrue();
            assertThat(container.at("/resources/requests").size()).isEqualTo(2);
            assertThat(container.at("/resources/limits").size()).isEqualTo(2);
        });
        String label = "pod-security.kubernetes.io~1enforce";
        assertThat(only("Namespace", "pilotlight-system")
                        .at("/metadata/labels/" + label)
                        .asText())
                .isEqualTo("restricted");
    }

    @Test
    void twoReplicasElectALeaderAndOneMayBeDisrupted() {
        assertThat(only("Deployment", "pilotlight").at("/spec/replicas").asInt())
                .isEqualTo(2);
        assertThat(Yaml.texts(pod().at("/containers/0/args"))).startsWith("operator", "--leader-election");
        assertThat(only("PodDisruptionBudget", "pilotlight")
                        .at("/spec/minAvailable")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void everySelectorFindsThePod() {
        JsonNode pod = only("Deployment", "pilotlight").at("/spec/template/metadata/labels");
        assertThat(Stream.of(
                        only("Deployment", "pilotlight").at("/spec/selector/matchLabels"),
                        only("PodDisruptionBudget", "pilotlight").at("/spec/selector/matchLabels"),
                        only("NetworkPolicy", "pilotlight").at("/spec/podSelector/matchLabels"),
                        only("Service", "pilotlight-metrics").at("/spec/selector")))
                .allSatisfy(selector -> {
                    assertThat(selector.isEmpty()).isFalse();
                    assertThat(selector.properties())
                            .allSatisfy(label ->
                                    assertThat(pod.path(label.getKey())).isEqualTo(label.getValue()));
                });
    }

    @Test
    void theNetworkPolicyClosesBothWaysButForThePortsItNames() {
        JsonNode policy = only("NetworkPolicy", "pilotlight").path("spec");
        assertThat(Yaml.texts(policy.path("policyTypes"))).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(ports(policy.path("ingress"))).containsExactly(8080);
        assertThat(ports(policy.path("egress"))).containsExactlyInAnyOrder(53, 53, 443, 6443, 80);
        assertThat(Yaml.items(policy.path("egress"))).allMatch(rule -> rule.has("ports"));
    }

    @Test
    void theImageHasAVersion() {
        assertThat(Yaml.items(KUSTOMIZATION.path("images")))
                .hasSize(1)
                .allSatisfy(image -> assertThat(image.path("newTag").asText()).matches("\\d+\\.\\d+\\.\\d+"));
    }

    private static Stream<Integer> ports(JsonNode rules) {
        return Yaml.items(rules)
                .flatMap(rule -> Yaml.items(rule.path("ports")))
                .map(port -> port.path("port").asInt());
    }

    private static boolean reachesIdentities(JsonNode role) {
        return Yaml.items(role.path("rules"))
                .anyMatch(rule -> Yaml.texts(rule.path("resources")).contains("awsidentities"));
    }

    private static Stream<JsonNode> rules() {
        return Stream.concat(objects("ClusterRole"), objects("Role")).flatMap(role -> Yaml.items(role.path("rules")));
    }

    private static JsonNode labels(String clusterRole) {
        return only("ClusterRole", clusterRole).at("/metadata/labels");
    }

    private static JsonNode pod() {
        return only("Deployment", "pilotlight").at("/spec/template/spec");
    }

    private static JsonNode only(String kind, String name) {
        List<JsonNode> found = objects(kind)
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .toList();
        assertThat(found).as("%s %s", kind, name).hasSize(1);
        return found.getFirst();
    }

    private static Stream<JsonNode> objects(String kind) {
        return Yaml.texts(KUSTOMIZATION.path("resources")).stream()
                .filter(resource -> resource.endsWith(".yaml"))
                .flatMap(resource -> Yaml.documents(FOLDER.resolve(resource)).stream())
                .filter(object -> object.path("kind").asText().equals(kind));
    }
}
