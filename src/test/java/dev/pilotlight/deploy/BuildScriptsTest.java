package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts behind the Makefile, where they find what they need and where they do not. */
@DisabledOnOs(OS.WINDOWS)
class BuildScriptsTest {
    private static final Path SCRIPTS = Path.of("src/build").toAbsolutePath();
    private static final String TOOLS = "/usr/bin:/bin";

    @TempDir
    Path folder;

    @Test
    void theJdkTheUserNamesIsTaken() throws Exception {
        Path jdk = javaHome("jdk-21", "21.0.4");
        Result result = run(Map.of("PILOTLIGHT_JAVA_HOME", jdk.toString()), "find-jdk");
        assertThat(result.out).isEqualTo(jdk + "\n");
        assertThat(result.err).isEqualTo("JDK 21 at %s (from PILOTLIGHT_JAVA_HOME)%n".formatted(jdk));
    }

    @Test
    void aJdkOfTheUsersThatIsTooOldIsNotReplacedInSilence() throws Exception {
        Path jdk = javaHome("jdk-8", "1.8.0_402");
        Result result = run(Map.of("PILOTLIGHT_JAVA_HOME", jdk.toString()), "find-jdk");
        assertThat(result.exitCode).isEqualTo(3);
        assertThat(result.out).isEmpty();
        assertThat(result.err.lines()).singleElement().asString().contains(jdk.toString(), "21 or newer");
    }

    @Test
    void theNewestJdkWinsWhereverItIsFound() throws Exception {
        Path named = javaHome("named", "21.0.4");
        Path newest = javaHome("home/.sdkman/candidates/java/99.ea", "99-ea");
        Result result = run(Map.of("JAVA_HOME", named.toString()), "find-jdk");
        assertThat(result.out).isEqualTo(newest + "\n");
    }

    @Test
    void aRuntimeWillRunTheProgramAndNotBuildIt() throws Exception {
        Path jre = javaHome("jre", "25.0.1");
        Files.delete(jre.resolve("bin/javac"));
        Map<String, String> named = Map.of("PILOTLIGHT_JAVA_HOME", jre.toString());
        assertThat(run(named, "find-jdk").exitCode).isEqualTo(3);
        Result result = run(named, "find-jdk", "--runtime", "--quiet");
        assertThat(result.out).isEqualTo(jre + "\n");
        assertThat(result.err).isEmpty();
    }

    @Test
    void theProgramsOfTheCacheAreTakenAndNothingIsBuilt() throws Exception {
        String version = run(Map.of(), "kube-binaries", "--version").out.strip();
        Path programs = kubeFolder("cache/pilotlight/kube", version);
        Result result = run(Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()), "kube-binaries", "--env");
        assertThat(result.exitCode).as(result.err).isZero();
        assertThat(result.out).contains("KUBE_API_TEST_API_SERVER_VERSION='" + version + "'", programs + "/kubectl'");
        assertThat(result.err.lines()).singleElement().asString().endsWith("(cached)");
    }

    @Test
    void anIncompleteFolderOfTheUsersIsSaidAndNothingElseIsTried() throws Exception {
        Path named = Files.createDirectories(folder.resolve("named"));
        Result result = run(Map.of("PILOTLIGHT_KUBE_DIR", named.toString()), "kube-binaries");
        assertThat(result.exitCode).isEqualTo(3);
        assertThat(result.err.lines()).singleElement().asString().contains(named.toString(), "kube-apiserver");
    }

    @Test
    void withoutGoOneLineSaysWhatToInstall() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        // Only what the script itself needs, so that a Go in a system folder is not found.
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("sed", "head", "uname", "dirname")) {
            Files.createSymbolicLink(tools.resolve(tool), which(tool));
        }
        Result result = run(Map.of("XDG_CACHE_HOME", empty.toString(), "PATH", tools.toString()), "kube-binaries");
        assertThat(result.exitCode).isEqualTo(3);
        assertThat(result.err.lines()).singleElement().asString().contains("install Go", "PILOTLIGHT_KUBE_DIR");
    }

    @Test
    void aSilentCommandIsSpokenForAndKeepsItsOutputAndExitCode() throws Exception {
        // Ends when it was spoken for, and not by the clock.
        Result slow = run(
                Map.of("PATIENTLY_AFTER", "0"),
                "patiently",
                "building",
                "sh",
                "-c",
                "until grep -q building " + folder + "/err*; do sleep 0.01; done; echo out; exit 7");
        assertThat(slow.exitCode).isEqualTo(7);
        assertThat(slow.out).isEqualTo("out\n");
        assertThat(slow.err.lines()).singleElement().asString().matches(" +\\.\\.\\. building \\(\\d+ s\\)");

        Result quick = run(Map.of(), "patiently", "building", "echo", "out");
        assertThat(quick.out).isEqualTo("out\n");
        assertThat(quick.err).isEmpty();
    }

    @Test
    void theSummaryCountsTheTiersAndIsGoodWhenAllAre() throws Exception {
        tier("unit", "<completed>12</completed><errors>0</errors><failures>0</failures><skipped>2</skipped>");
        Result result = run(Map.of(), "tier-summary", folder.toString(), "unit", "apiserver=none here");
        assertThat(result.exitCode).isZero();
        assertThat(result.out).contains("SKIPPED: none here").endsWith("\n10 passed, 0 failed, 2 skipped\n");
    }

    @Test
    void theSummaryIsBadWhenATestFailedATierIsMissingOrItsProcessDied() throws Exception {
        tier("unit", "<completed>5</completed><errors>1</errors><failures>1</failures><skipped>0</skipped>");
        Result failed = run(Map.of(), "tier-summary", folder.toString(), "unit");
        assertThat(failed.exitCode).isNotZero();
        assertThat(failed.out).endsWith("\n3 passed, 2 failed, 0 skipped\n");

        Result missing = run(Map.of(), "tier-summary", folder.toString(), "e2e");
        assertThat(missing.exitCode).isNotZero();
        assertThat(missing.out).contains("DID NOT RUN");

        tier(
                "died",
                "<completed>5</completed><errors>0</errors><failures>0</failures><skipped>0</skipped>"
                        + "<failureMessage>The forked VM terminated</failureMessage>");
        Result died = run(Map.of(), "tier-summary", folder.toString(), "died");
        assertThat(died.exitCode).isNotZero();
        assertThat(died.out).contains("The forked VM terminated");
    }

    @Test
    void theLauncherFollowsLinksToItsProgramAndSaysWhenThatIsNotBuilt() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("tree/bin"));
        Path launcher = Files.copy(SCRIPTS.resolve("launcher"), bin.resolve("pilotlight"));
        launcher.toFile().setExecutable(true);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("tree/bin/pilotlight"));
        Result notBuilt = execute(Map.of(), List.of(link.toString(), "--help"));
        assertThat(notBuilt.exitCode).isEqualTo(3);
        assertThat(notBuilt.err.lines()).singleElement().asString().contains("make build");

        Files.createFile(Files.createDirectories(folder.resolve("tree/target/quarkus-app"))
                .resolve("quarkus-run.jar"));
        Path jdk = javaHome("jdk", "25.0.1");
        script(jdk.resolve("bin/java"), "for argument; do echo \"$argument\"; done");
        Result started = execute(
                Map.of("PILOTLIGHT_JAVA_HOME", jdk.toString(), "PILOTLIGHT_JAVA_OPTS", "-Xmx1g"),
                List.of(link.toString(), "plan", "two words"));
        assertThat(started.err).isEmpty();
        assertThat(started.out.lines())
                .containsSubsequence("-Xmx320m", "-Xmx1g", "-jar")
                .endsWith("plan", "two words")
                .noneMatch(argument -> argument.startsWith("-XX:AOTCache"));
    }

    private void tier(String name, String counts) throws IOException {
        Files.writeString(folder.resolve(name + ".xml"), "<failsafe-summary>" + counts + "</failsafe-summary>");
    }

    private Path javaHome(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/java"), "exit 1");
        script(home.resolve("bin/javac"), "exit 1");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Path kubeFolder(String name, String version) throws IOException, InterruptedException {
        boolean mac = System.getProperty("os.name").startsWith("Mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        Path programs = folder.resolve(name)
                .resolve("k8s/%s-%s-%s".formatted(version, mac ? "darwin" : "linux", arm ? "arm64" : "amd64"));
        Files.createDirectories(programs);
        for (String program : List.of("kube-apiserver", "etcd", "kubectl")) {
            script(programs.resolve(program), "exit 1");
        }
        return programs;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        file.toFile().setExecutable(true);
    }

    private static Path which(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(bin -> Path.of(bin, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private Result run(Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<String>(List.of("/bin/sh", SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return execute(environment, command);
    }

    private Result execute(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", TOOLS);
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("%s ended", command)
                .isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private record Result(int exitCode, String out, String err) {}
}
