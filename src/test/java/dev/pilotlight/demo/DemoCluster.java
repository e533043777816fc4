package dev.pilotlight.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilotlight.testing.KubeApi;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cluster the demo works in: an API server of its own, or the one the user named in KUBECONFIG. */
public final class DemoCluster implements AutoCloseable {
    private final Optional<KubeApi> own;
    private final Path kubeConfig;
    private final String kubectl;
    private final KubernetesClient admin;

    private DemoCluster(Optional<KubeApi> own, Path kubeConfig, String kubectl) throws IOException {
        this.own = own;
        this.kubeConfig = kubeConfig;
        this.kubectl = kubectl;
        this.admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeConfig, UTF_8)))
                .build();
    }

    /** Uses the cluster of that kubeconfig, or starts one. */
    public static DemoCluster open(Optional<String> usersKubeConfig) throws IOException {
        if (usersKubeConfig.isPresent()) {
            Path file = Path.of(usersKubeConfig.get());
            if (!Files.isReadable(file)) {
                throw new DemoFailure("KUBECONFIG names " + file + ", which is no file that can be read");
            }
            return new DemoCluster(Optional.empty(), file, "kubectl");
        }
        KubeApi api = KubeApi.startIfPresent()
                .orElseThrow(() ->
                        new DemoFailure("no kube-apiserver: run 'make kube', or set KUBECONFIG to use a cluster"));
        return new DemoCluster(
                Optional.of(api), api.kubeConfig(), api.kubectlProgram().toString());
    }

    boolean isOurs() {
        return own.isPresent();
    }

    /** The API server's record of writes; only an API server of our own keeps one. */
    public Optional<KubeApi> audit() {
        return own;
    }

    /** With all rights. */
    public KubernetesClient admin() {
        return admin;
    }

    Path kubeConfig() {
        return kubeConfig;
    }

    String kubectlProgram() {
        return kubectl;
    }

    /** CRDs, ServiceAccount and rights of the shipped install; the demo runs the program itself, outside. */
    public void install() throws IOException {
        String rendered = kubectl("", "kustomize", "deploy/kustomize");
        String wanted =
                Stream.of(rendered.split("\n---\n", -1)).filter(this::isWanted).collect(Collectors.joining("\n---\n"));
        kubectl(wanted, "apply", "--server-side", "--force-conflicts", "-f", "-");
    }

    private boolean isWanted(String document) {
        boolean definition = document.contains("kind: CustomResourceDefinition");
        if (definition) {
            return own.isEmpty(); // ours were there from the start
        }
        return Stream.of("Namespace", "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding")
                .anyMatch(kind -> document.startsWith("apiVersion") && document.contains("\nkind: " + kind + "\n"));
    }

    /** A kubeconfig with which its holder is the operator's ServiceAccount and nobody else. */
    public Path operatorKubeConfig(Path folder) throws IOException {
        String token = kubectl("", "create", "token", "pilotlight", "-n", "pilotlight-system", "--duration", "24h")
                .trim();
        String administrators = kubectl("", "config", "view", "--raw", "--minify", "--flatten", "-o", "json");
        return Files.writeString(
                folder.resolve("operator.kubeconfig"), KubeApi.withToken(administrators, token), UTF_8);
    }

    /** Runs kubectl as administrator; a failure ends the demo with what kubectl said. */
    public String kubectl(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(kubectl, "--kubeconfig", kubeConfig.toString()));
        command.addAll(List.of(arguments));
        Path in = Files.writeString(Files.createTempFile("pilotlight-demo", ".in"), input, UTF_8);
        Path out = Files.createTempFile("pilotlight-demo", ".out");
        Path err = Files.createTempFile("pilotlight-demo", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new DemoFailure("kubectl " + String.join(" ", arguments) + ": " + Files.readString(err, UTF_8));
            }
            return Files.readString(out, UTF_8);
        } catch (IOException e) {
            throw new DemoFailure(kubectl + " cannot be run, install it: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        } finally {
            for (Path file : List.of(in, out, err)) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        admin.close();
        own.ifPresent(api -> {
            try {
                api.close();
            } catch (IOException e) {
                System.out.println("demo: the API server's folder could not be removed: " + e.getMessage());
            }
        });
    }
}
