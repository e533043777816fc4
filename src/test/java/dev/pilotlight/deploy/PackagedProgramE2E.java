package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pilotlight.testing.ProgramRun;
import dev.pilotlight.testing.ProgramRun.Ended;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/pilotlight} as a user meets it first, also where something it needs is missing. */
class PackagedProgramE2E {
    @TempDir
    Path folder;

    @Test
    void helpNamesTheSubcommands() {
        Ended help = pilotlight(Map.of(), "--help");
        assertThat(help.exitCode()).as(help.err()).isZero();
        assertThat(help.out()).contains("operator", "plan", "simulator", "Exit codes");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void versionNamesTheProgramAndTheJvm() {
        Ended version = pilotlight(Map.of(), "--version");
        assertThat(version.exitCode()).as(version.err()).isZero();
        assertThat(version.out()).matches("pilotlight \\d+\\.\\d+\\.\\d+\\S*\nJava \\d+.*\n");
    }

    @Test
    void aWrongFlagIsNamedAndEndsInTwo() {
        Ended wrong = pilotlight(Map.of(), "operator", "--no-such-flag");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err().lines()).singleElement().asString().contains("--no-such-flag");
    }

    @Test
    void aKubeconfigThatIsNotThereIsNotReplacedByAnotherCluster() {
        Ended lost = pilotlight(Map.of("KUBECONFIG", "/no/such/kubeconfig"), "operator", "--http-port", "0");

        assertThat(lost.exitCode()).isEqualTo(3);
        assertThat(lost.err().lines()).singleElement().asString().contains("/no/such/kubeconfig");
    }

    @Test
    void aClusterThatDoesNotAnswerIsNamedInOneLine() throws IOException {
        Ended alone = pilotlight(kubeConfig("http://127.0.0.1:1"), "operator", "--http-port", "0");

        assertThat(alone.exitCode()).as(alone.out() + alone.err()).isEqualTo(3);
        assertThat(alone.err().lines())
                .singleElement()
                .asString()
                .startsWith("pilotlight: ")
                .contains("http://127.0.0.1:1", "KUBECONFIG");
        assertThat(alone.out()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void aPlanOfTheSamplesIsPrintedAndEndsInTwo() throws IOException {
        Ended plan = pilotlight(
                Map.of(),
                "plan",
                "-f",
                "samples/plan/after",
                "-f",
                "samples/quickstart/10-awsidentity.yaml",
                "--from",
                "samples/plan/before",
                "--prune");
        assertThat(plan.exitCode()).as(plan.err()).isEqualTo(2);
        assertThat(plan.out()).isEqualTo(Files.readString(Path.of("src/test/resources/golden/plan/change.txt")));
    }

    @Test
    void aPlanOfAClusterThatCannotBeReachedIsOneLineAndEndsInOne() throws IOException {
        Ended plan = pilotlight(kubeConfig("http://127.0.0.1:1"), "plan", "-f", "samples/minimal.yaml", "--live");
        assertThat(plan.exitCode()).as(plan.out()).isEqualTo(1);
        assertThat(plan.out()).isEmpty();
        // Without a stack trace; what the JVM itself has to say comes before.
        assertThat(plan.err())
                .contains("pilotlight: cannot read the cluster at http://127.0.0.1:1")
                .doesNotContain("\tat ");
    }

    @Test
    void aClusterWithoutTheDefinitionsIsToldHowToGetThem() throws IOException {
        HttpServer empty = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        empty.createContext("/", exchange -> {
            boolean namespace = exchange.getRequestURI().getPath().equals("/api/v1/namespaces/kube-system");
            byte[] body = (namespace ? """
                    {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"kube-system","uid":"2f1c9a4e"}}""" : """
                    {"apiVersion":"v1","kind":"Status","status":"Failure","reason":"NotFound","code":404}""").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(namespace ? 200 : 404, body.length);
            try (OutputStream answer = exchange.getResponseBody()) {
                answer.write(body);
            }
        });
        empty.start();
        try {
            Ended bare = pilotlight(
                    kubeConfig("http://127.0.0.1:" + empty.getAddress().getPort()), "operator", "--http-port", "0");

            assertThat(bare.exitCode()).as(bare.out() + bare.err()).isEqualTo(3);
            assertThat(bare.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("pilotlight: ")
                    .contains("awsidentities.pilotlight.dev", "kubectl apply -k crds");
            assertThat(bare.out()).doesNotContain("Exception", "\tat ");
        } finally {
            empty.stop(0);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            Ended simulator = pilotlight(Map.of(), "simulator", "--port", port);

            assertThat(simulator.exitCode()).isEqualTo(1);
            assertThat(simulator.out()).isEmpty();
            assertThat(simulator.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("pilotlight: ")
                    .contains("cannot listen on 127.0.0.1:" + port);
        }
    }

    @Test
    void aSimulatorEndsWhenItIsTold() {
        try (ProgramRun simulator = ProgramRun.pilotlight(folder, Map.of(), "simulator", "--port", "0")) {
            simulator.awaitLine("simulator listening on http://127.0.0.1:");
            simulator.signal("TERM");
            assertThat(simulator.awaitEnd().err()).isEmpty();
        }
    }

    private Map<String, String> kubeConfig(String server) throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {token: t}}]
                current-context: c
                """.formatted(server));
        return Map.of("KUBECONFIG", file.toString());
    }

    private Ended pilotlight(Map<String, String> environment, String... arguments) {
        try (ProgramRun run = ProgramRun.pilotlight(folder, environment, arguments)) {
            return run.awaitEnd();
        }
    }
}
