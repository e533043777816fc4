package dev.pilotlight.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.ProgramRun;
import dev.pilotlight.testing.RealApiServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the demo ends, it takes with it what it started, and nothing else. */
@RealApiServer
class DemoE2E {
    private static final String ALL_IS_UP = "samples/quickstart is applied";
    private static final String UNFINALIZED = "{\"metadata\":{\"finalizers\":null}}";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void killedWhileItsApiServerComesUpItLeavesNothing() {
        try (ProgramRun demo = demo(Map.of())) {
            await("the store of the API server to be watched").atMost(LIMIT).until(this::somethingIsWatched);
            List<ProcessHandle> started = demo.descendants();
            assertThat(programs(started)).contains("etcd");

            demo.signal("KILL");

            awaitEndOf(started);
        }
    }

    @Test
    void killedInTheMiddleItLeavesNothing() {
        try (ProgramRun demo = demo(Map.of())) {
            demo.awaitLine(ALL_IS_UP);
            List<ProcessHandle> started = demo.descendants();
            assertThat(programs(started)).contains("etcd", "kube-apiserver", "java");

            demo.signal("KILL");

            awaitEndOf(started);
        }
    }

    /** The simulator answers the AWS CLI in `make clients`; here only the line is tried. */
    @Test
    void whatItPrintsCanBePastedAndItsTableShowsBothSides() {
        try (ProgramRun demo = demo(Map.of())) {
            demo.awaitLine(ALL_IS_UP);
            assertThat(demo.awaitLine("Succeeded").split(" {2,}"))
                    .startsWith("ml-prod/sentiment", "True", "Succeeded")
                    .endsWith("2048", "20", "InService");

            String pasted = demo.output()
                    .lines()
                    .dropWhile(line -> !line.contains(ALL_IS_UP))
                    .takeWhile(line -> !line.contains("The operator's log"))
                    .filter(line -> line.startsWith("  "))
                    .collect(Collectors.joining("\n"));
            String script =
                    "set -e; aws() { echo \"aws at $AWS_ENDPOINT_URL in $AWS_REGION $AWS_DEFAULT_REGION: $*\"; }\n"
                            + pasted;
            try (ProgramRun terminal = ProgramRun.start(folder, Map.of(), List.of("sh", "-c", script))) {
                ProgramRun.Ended ended = terminal.awaitEnd();

                assertThat(ended.exitCode()).as(ended.err()).isZero();
                assertThat(ended.out())
                        .contains(
                                "LAST-TRANSITION", "Conditions:", "serverlessendpoint.pilotlight.dev/sentiment patched")
                        .containsPattern(
                                "aws at http://127\\.0\\.0\\.1:\\d+ in us-east-1 us-east-1: sagemaker list-endpoints");
            }
            demo.awaitLine("3072");
        }
    }

    @Test
    void interruptedItLeavesNothing() {
        try (ProgramRun demo = demo(Map.of())) {
            demo.awaitLine(ALL_IS_UP);
            List<ProcessHandle> started = demo.descendants();

            demo.signal("INT");

            awaitEndOf(started);
            assertThat(demo.awaitEnd().exitCode()).isEqualTo(130);
        }
    }

    @Test
    void aClusterOfTheUsersIsUsedAndStaysUp(KubeApi users) {
        String path = users.kubectlProgram().getParent() + File.pathSeparator + System.getenv("PATH");
        try (ProgramRun demo = demo(Map.of("KUBECONFIG", users.kubeConfig().toString(), "PATH", path))) {
            demo.awaitLine(ALL_IS_UP);
            List<ProcessHandle> started = demo.descendants();
            assertThat(programs(started)).contains("java").doesNotContain("etcd", "kube-apiserver");
            assertThat(demo.output())
                    .contains("using the cluster of " + users.kubeConfig(), "delete -k samples/quickstart");

            demo.signal("TERM");

            awaitEndOf(started);
            assertThat(demo.awaitEnd().exitCode()).isEqualTo(143);
            assertThat(users.kubectl("get", "--raw", "/readyz").out()).isEqualTo("ok");
            assertThat(users.kubectl("get", "sep", "sentiment", "-n", "ml-prod").exitCode())
                    .isZero();
        } finally {
            users.kubectl("patch", "sep", "sentiment", "-n", "ml-prod", "--type=merge", "-p", UNFINALIZED);
            users.kubectl("patch", "awsid", "ml-prod", "--type=merge", "-p", UNFINALIZED);
            users.kubectl("delete", "sep,awsid", "--all", "-n", "ml-prod");
        }
    }

    @Test
    void aKubeconfigThatIsNotThereIsNamed() {
        try (ProgramRun demo = demo(Map.of("KUBECONFIG", "/no/such/kubeconfig"))) {
            ProgramRun.Ended ended = demo.awaitEnd();

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err().lines()).singleElement().asString().contains("/no/such/kubeconfig");
        }
    }

    @Test
    void whereNoApiServerCanBeHadOneLineSaysWhatToInstall() throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("sh", "sed", "head", "uname", "dirname")) {
            Files.createSymbolicLink(tools.resolve(tool), which(tool));
        }
        Map<String, String> bare = Map.of(
                "PATH", tools.toString(),
                "HOME", folder.toString(),
                "XDG_CACHE_HOME", folder.toString(),
                "PILOTLIGHT_KUBE_DIR", "");
        try (ProgramRun demo = ProgramRun.start(folder, bare, List.of("/bin/sh", "src/demo/run"))) {
            ProgramRun.Ended ended = demo.awaitEnd();

            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err().lines()).singleElement().asString().contains("install Go");
        }
    }

    /** As src/demo/run starts it, but that it need not compile anything. */
    private ProgramRun demo(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("JAVA_HOME", System.getProperty("java.home"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return ProgramRun.start(
                folder,
                all,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        classPath,
                        Demo.class.getName()));
    }

    private boolean somethingIsWatched() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.map(demo -> demo.resolve("pids"))
                    .filter(Files::exists)
                    .toList()) {
                if (Files.size(file) > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private static List<String> programs(List<ProcessHandle> processes) {
        return processes.stream()
                .flatMap(process -> process.info().command().stream())
                .map(command -> Path.of(command).getFileName().toString())
                .toList();
    }

    private static void awaitEndOf(List<ProcessHandle> processes) {
        await("the end of everything that was started")
                .atMost(LIMIT)
                .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static Path which(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(bin -> Path.of(bin, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
