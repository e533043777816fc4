package dev.pilotlight.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with kube-apiserver, etcd and kubectl of one version, in the layout of kube-api-test: {@code
 * <dir>/k8s/<version>-<os>-<arch>/}.
 *
 * @param dir the folder that has {@code k8s/}
 * @param version version of the API server, such as 1.35.4
 * @param programs the folder of the programs
 */
record KubeApiBinaries(Path dir, String version, Path programs) {
    private static final List<String> NEEDED = List.of("kube-apiserver", "etcd", "kubectl");

    /** The newest complete set in the first folder that has one. */
    static Optional<KubeApiBinaries> find() {
        return searched().stream().flatMap(dir -> in(dir).stream()).findFirst();
    }

    /** Where it looks: a folder the user names, the project's cache, kube-api-test's own folder. */
    static List<Path> searched() {
        var dirs = new ArrayList<Path>();
        environment("PILOTLIGHT_KUBE_DIR").map(Path::of).ifPresent(dirs::add);
        Path home = Path.of(System.getProperty("user.home"));
        dirs.add(environment("XDG_CACHE_HOME")
                .map(Path::of)
                .orElse(home.resolve(".cache"))
                .resolve("pilotlight/kube"));
        dirs.add(environment("KUBE_API_TEST_DIR").map(Path::of).orElse(home.resolve(".kubeapitest")));
        return List.copyOf(dirs);
    }

    Path kubectl() {
        return programs.resolve("kubectl");
    }

    private static Optional<KubeApiBinaries> in(Path dir) {
        Path versions = dir.resolve("k8s");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        String platform = "-" + os() + "-" + arch();
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.filter(folder -> folder.getFileName().toString().endsWith(platform))
                    .filter(folder -> NEEDED.stream().allMatch(name -> Files.isExecutable(folder.resolve(name))))
                    .map(folder -> new KubeApiBinaries(dir, versionOf(folder, platform), folder))
                    .max(Comparator.comparing(found -> Runtime.Version.parse(found.version())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String versionOf(Path folder, String platform) {
        String name = folder.getFileName().toString();
        return name.substring(0, name.length() - platform.length());
    }

    private static String os() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String arch() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm64";
            default -> "amd64";
        };
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
