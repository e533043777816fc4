package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.testing.gitops.Kstatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of {@code deploy/argocd}, on the cases beside them in Argo CD's own format. */
class ArgoCdScriptsTest {
    private static final Path ARGOCD = Path.of("deploy/argocd");
    private static final Path GROUP = ARGOCD.resolve("resource_customizations/pilotlight.dev");
    private static final List<String> KINDS = List.of("AWSIdentity", "ServerlessEndpoint", "WarmPolicy");
    private static final Map<String, LuaMachine> MACHINES = Map.of(
            "shipped with Argo CD", LuaMachine.asShipped(),
            "in argocd-cm, without string library", LuaMachine.asInConfigMap());

    @TestFactory
    Stream<DynamicTest> everyStateHasTheHealthAndTheMessageItsCaseAsksFor() {
        return KINDS.stream()
                .flatMap(kind -> MACHINES.entrySet().stream()
                        .flatMap(machine -> Yaml.items(Yaml.read(GROUP.resolve(kind + "/health_test.yaml"))
                                        .path("tests"))
                                .map(test -> DynamicTest.dynamicTest(
                                        kind + " " + test.path("inputPath").asText() + ", " + machine.getKey(),
                                        () -> assertThat(machine.getValue()
                                                        .run(
                                                                text(GROUP.resolve(kind + "/health.lua")),
                                                                input(kind, test)))
                                                .isEqualTo(test.path("healthStatus"))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWSIdentity", "ServerlessEndpoint", "WarmPolicy"})
    void everyFixtureIsACase(String kind) throws IOException {
        Path folder = GROUP.resolve(kind);
        List<String> cases = Yaml.items(
                        Yaml.read(folder.resolve("health_test.yaml")).path("tests"))
                .map(test -> test.path("inputPath").asText())
                .toList();
        try (Stream<Path> files = Files.list(folder.resolve("testdata"))) {
            assertThat(files.map(file -> "testdata/" + file.getFileName())).containsExactlyInAnyOrderElementsOf(cases);
        }
    }

    /**
     * Fixtures of what no cluster shows: the definition fills an absent status, conditions are written with their generation, and of Ready,
     * Reconciling and Stalled one alone is true.
     */
    private static final Set<String> IN_NO_CLUSTER =
            Set.of("no_status", "empty_status", "stale_condition", "stalled_and_reconciling");

    @TestFactory
    Stream<DynamicTest> whoeverWaitsComesToTheSameVerdict() {
        return KINDS.stream()
                .flatMap(kind -> Yaml.items(Yaml.read(GROUP.resolve(kind + "/health_test.yaml"))
                                .path("tests"))
                        .filter(test -> IN_NO_CLUSTER.stream()
                                .noneMatch(
                                        name -> test.path("inputPath").asText().equals("testdata/" + name + ".yaml")))
                        .map(test -> DynamicTest.dynamicTest(
                                kind + " " + test.path("inputPath").asText(),
                                () -> assertSameVerdict(
                                        test.at("/healthStatus/status").asText(), input(kind, test)))));
    }

    private static void assertSameVerdict(String argoCd, JsonNode object) {
        Set<Kstatus> agreeing =
                switch (argoCd) {
                    case "Healthy" -> Set.of(Kstatus.CURRENT);
                    case "Degraded" -> Set.of(Kstatus.FAILED);
                    case "Progressing" -> Set.of(Kstatus.IN_PROGRESS, Kstatus.TERMINATING);
                    // Only Argo CD has a word for what a person holds back; to the others it is what it is.
                    case "Suspended" -> Set.of(Kstatus.CURRENT, Kstatus.FAILED, Kstatus.IN_PROGRESS);
                    default -> throw new AssertionError(argoCd);
                };
        assertThat(Kstatus.of(object))
                .as("kstatus where Argo CD says %s", argoCd)
                .isIn(agreeing);
        assertThat(Kstatus.endsWait(object))
                .as("kubectl wait ends where Argo CD says %s", argoCd)
                .isEqualTo(Kstatus.of(object) == Kstatus.CURRENT);
    }

    @Test
    void theCasesCoverEveryHealthArgoCdKnows() {
        assertThat(Yaml.items(Yaml.read(GROUP.resolve("ServerlessEndpoint/health_test.yaml"))
                                .path("tests"))
                        .map(test -> test.at("/healthStatus/status").asText()))
                .contains("Healthy", "Progressing", "Degraded", "Suspended");
    }

    @Test
    void retryIsOfferedWhereSomethingIsStalledAndRefreshAlways() {
        Path folder = GROUP.resolve("ServerlessEndpoint/actions");
        for (LuaMachine machine : MACHINES.values()) {
            for (JsonNode test : Yaml.read(folder.resolve("action_test.yaml")).path("discoveryTests")) {
                JsonNode offered = machine.run(
                        text(folder.resolve("discovery.lua")),
                        Yaml.read(folder.resolve(test.path("inputPath").asText())));
                for (JsonNode action : test.path("result")) {
                    assertThat(offered.path(action.path("name").asText()).path("disabled"))
                            .as("%s on %s", action.path("name"), test.path("inputPath"))
                            .isEqualTo(action.path("disabled"));
                }
                assertThat(offered.size()).isEqualTo(test.path("result").size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh", "retry"})
    void anActionSetsItsAnnotationAndNothingElse(String action) {
        Path folder = GROUP.resolve("ServerlessEndpoint/actions");
        JsonNode before = Yaml.read(folder.resolve("testdata/ready.yaml"));
        for (LuaMachine machine : MACHINES.values()) {
            JsonNode after = machine.run(text(folder.resolve(action + "/action.lua")), before);
            assertThat(after.at("/metadata/annotations").size()).isEqualTo(1);
            assertThat(after.path("metadata")
                            .path("annotations")
                            .path("pilotlight.dev/" + action)
                            .asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
            assertThat(after.at("/spec/region")).isEqualTo(before.at("/spec/region"));
        }
    }

    @Test
    void theConfigMapHasTheSameScripts() throws IOException {
        JsonNode data = Yaml.read(ARGOCD.resolve("argocd-cm.yaml")).path("data");
        for (String kind : KINDS) {
            assertThat(data.path("resource.customizations.health.pilotlight.dev_" + kind)
                            .asText())
                    .isEqualTo(text(GROUP.resolve(kind + "/health.lua")));
        }
        Path actions = GROUP.resolve("ServerlessEndpoint/actions");
        JsonNode customisation = Yaml.documents(
                        data.path("resource.customizations.actions.pilotlight.dev_ServerlessEndpoint")
                                .asText())
                .getFirst();
        assertThat(customisation.path("discovery.lua").asText()).isEqualTo(text(actions.resolve("discovery.lua")));
        assertThat(Yaml.items(customisation.path("definitions"))
                        .map(definition -> definition.path("name").asText()))
                .containsExactly("refresh", "retry");
        for (JsonNode definition : customisation.path("definitions")) {
            assertThat(definition.path("action.lua").asText())
                    .isEqualTo(text(
                            actions.resolve(definition.path("name").asText()).resolve("action.lua")));
        }
    }

    private static JsonNode input(String kind, JsonNode test) {
        return Yaml.read(GROUP.resolve(kind).resolve(test.path("inputPath").asText()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
