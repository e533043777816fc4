package dev.pilotlight.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.testing.proxy.KubeProxy;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real kube-apiserver with Pilotlight's CRDs, shared by all tests of a run. See {@link RealApiServer}. */
public final class KubeApi implements AutoCloseable {
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final Duration KUBECTL = Duration.ofSeconds(60);
    private static final int RECONNECT_MILLIS = 20;

    private final KubeAPIServer server;
    private final Thread stopAtExit;
    private final KubeApiAudit audit;
    private final Path kubectl;
    private final Path workDir;
    private final KubernetesClient admin;
    private boolean installed;
    private final AtomicInteger namespaces = new AtomicInteger();
    private final WriteCount writes = new WriteCount();

    private KubeApi(KubeAPIServer server, KubeApiAudit audit, Path kubectl, Path workDir) throws IOException {
        this.server = server;
        this.stopAtExit = new Thread(server::stop, "stop-kube-apiserver");
        this.audit = audit;
        this.kubectl = kubectl;
        this.workDir = workDir;
        Files.writeString(kubeConfig(), server.getKubeConfigYaml(), UTF_8);
        this.admin = counted(Config.fromKubeconfig(server.getKubeConfigYaml()));
        // A test run that is interrupted must not leave the two processes behind.
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /** Starts one outside of a test run; empty where there are no binaries. The caller closes it. */
    public static Optional<KubeApi> startIfPresent() {
        return KubeApiBinaries.find().map(KubeApi::start);
    }

    static KubeApi start(KubeApiBinaries binaries) {
        try {
            Path workDir = Files.createTempDirectory("pilotlight-kube");
            var audit = new KubeApiAudit(workDir);
            var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withTestDir(binaries.dir().toString())
                    .withApiServerVersion(binaries.version())
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .withStartupTimeout(Math.toIntExact(STARTUP.toMillis()))
                    .withApiServerFlags(audit.flags())
                    .build());
            server.start();
            var api = new KubeApi(server, audit, binaries.kubectl(), workDir);
            api.installDefinitions(Path.of("crds"));
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client with all rights. What the operator may do is tested with a client of its own. */
    public KubernetesClient admin() {
        return admin;
    }

    private KubernetesClient counted(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("writes", writes))
                .build();
    }

    /** Grows with whatever is written here by a client or a kubectl that came from here, and only with that. */
    long writesSoFar() {
        return writes.soFar();
    }

    /** The kubectl beside the server. */
    public Path kubectlProgram() {
        return kubectl;
    }

    /** The administrator's kubeconfig as text. */
    public String kubeConfigYaml() {
        return server.getKubeConfigYaml();
    }

    /** The administrator's kubeconfig as a file. */
    public Path kubeConfig() {
        return workDir.resolve("kubeconfig");
    }

    /**
     * Makes a namespace of the caller's own. Nobody cleans it up: there is no controller manager that would end its
     * deletion, and the server goes after the run.
     */
    public String newNamespace(String prefix) {
        return newNamespace(prefix, Map.of());
    }

    /** As {@link #newNamespace(String)}, with labels. */
    public String newNamespace(String prefix, Map<String, String> labels) {
        String name = prefix + "-" + namespaces.incrementAndGet();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /**
     * A client that acts as a ServiceAccount, made if it is not there: authorisation is enforced on it, unlike on {@link
     * #admin()}. The caller closes it.
     */
    public KubernetesClient asServiceAccount(String namespace, String name) {
        return asServiceAccount(namespace, name, config -> {});
    }

    private KubernetesClient asServiceAccount(String namespace, String name, Consumer<Config> change) {
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
        admin.resource(account).serverSideApply();
        String token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest()
                .getStatus()
                .getToken();
        Config config = Config.fromKubeconfig(server.getKubeConfigYaml());
        config.setClientCertData(null);
        config.setClientKeyData(null);
        config.setClientCertFile(null);
        config.setClientKeyFile(null);
        config.setOauthToken(token);
        // As in production: whoever calls decides whether to call again.
        config.setRequestRetryBackoffLimit(0);
        change.accept(config);
        return counted(config);
    }

    /** A client with the rights that the shipped install gives the operator, and no others. The caller closes it. */
    public KubernetesClient asInstalledOperator() {
        installOperator();
        return asServiceAccount("pilotlight-system", "pilotlight");
    }

    /** A kubeconfig whose holder has the rights that the shipped install gives the operator, and no others. */
    public Path operatorKubeConfig(Path folder) {
        installOperator();
        try {
            String administrators = kubectl("config", "view", "--raw", "--flatten", "-o", "json")
                    .out();
            String token = kubectl("create", "token", "pilotlight", "-n", "pilotlight-system")
                    .out()
                    .strip();
            return Files.writeString(folder.resolve("operator.kubeconfig"), withToken(administrators, token), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same kubeconfig, as JSON, for the holder of a token instead of its first user. */
    public static String withToken(String kubeConfigJson, String token) throws IOException {
        JsonNode config = new ObjectMapper().readTree(kubeConfigJson);
        ((ObjectNode) config.path("users").path(0)).putObject("user").put("token", token);
        return config.toString();
    }

    /**
     * As {@link #asInstalledOperator()}, through a proxy. Watches that ended begin again within moments of the wall clock, where the usual
     * client waits for seconds. The caller closes it.
     */
    public KubernetesClient asInstalledOperator(KubeProxy proxy) {
        installOperator();
        return asServiceAccount("pilotlight-system", "pilotlight", config -> {
            config.setMasterUrl(proxy.uri() + "/");
            config.setCaCertData(null);
            config.setCaCertFile(null);
            config.setWatchReconnectInterval(RECONNECT_MILLIS);
        });
    }

    /** A proxy in front of this server, for one client. The caller closes it. */
    public KubeProxy newProxy() {
        return KubeProxy.to(URI.create(admin.getMasterUrl().toString()), writes::somethingElse);
    }

    /** Applies deploy/kustomize without the CRDs, which are there: applying those again makes their storage start anew. */
    private synchronized void installOperator() {
        if (installed) {
            return;
        }
        Kubectl rendered = kubectl("kustomize", "deploy/kustomize");
        String rest = Stream.of(rendered.out().split("\n---\n", -1))
                .filter(document -> !document.contains("kind: CustomResourceDefinition"))
                .collect(Collectors.joining("\n---\n"));
        Kubectl applied = kubectlWithInput(rest, "apply", "--server-side", "-f", "-");
        if (rendered.exitCode() != 0 || applied.exitCode() != 0) {
            throw new IllegalStateException("the shipped install cannot be applied: " + rendered.err() + applied.err());
        }
        installed = true;
    }

    /** Runs the kubectl that was built beside the server, as administrator. */
    public Kubectl kubectl(String... arguments) {
        return kubectlWithInput("", arguments);
    }

    /** As {@link #kubectl(String...)}, with a manifest on standard input. */
    public Kubectl kubectlWithInput(String input, String... arguments) {
        try {
            Path in = Files.writeString(Files.createTempFile(workDir, "in", ".txt"), input, UTF_8);
            Path out = Files.createTempFile(workDir, "out", ".txt");
            Path err = Files.createTempFile(workDir, "err", ".txt");
            var command = new ArrayList<String>(List.of(kubectl.toString()));
            command.addAll(List.of(arguments));
            var builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("KUBECONFIG", kubeConfig().toString());
            builder.environment()
                    .put("KUBECACHEDIR", workDir.resolve("kubectl-cache").toString());
            writes.somethingElse();
            Process process = builder.start();
            if (!process.waitFor(KUBECTL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " did not end within " + KUBECTL);
            }
            writes.somethingElse();
            return new Kubectl(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Writes to Pilotlight's kinds, events and leases in a namespace so far, oldest first, as the API server recorded
     * them. Refused ones are included.
     */
    public List<Write> writes(String namespace) {
        return audit.writes(namespace);
    }

    /**
     * One write the API server answered.
     *
     * @param user who wrote, such as system:serviceaccount:pilotlight:pilotlight
     * @param verb create, update, patch, delete or deletecollection
     * @param resource plural of the kind, such as serverlessendpoints
     * @param subresource such as status; empty for the object itself
     * @param name name of the object; empty for a create
     * @param code HTTP status of the answer
     */
    public record Write(String user, String verb, String resource, String subresource, String name, int code) {}

    /**
     * How a run of kubectl ended.
     *
     * @param exitCode 0 when it succeeded
     * @param out standard output
     * @param err standard error
     */
    public record Kubectl(int exitCode, String out, String err) {}

    private void installDefinitions(Path folder) throws IOException {
        var definitions = new ArrayList<CustomResourceDefinition>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yml")).sorted().toList()) {
                try (var content = Files.newInputStream(file)) {
                    definitions.add(admin.apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .load(content)
                            .create());
                }
            }
        }
        for (var definition : definitions) {
            admin.resource(definition)
                    .waitUntilCondition(KubeApi::isEstablished, STARTUP.toSeconds(), TimeUnit.SECONDS);
            awaitPublished(definition);
        }
    }

    /** Begins to delete a kind, and so all objects of it. */
    public void deleteDefinition(Class<? extends HasMetadata> kind) {
        definition(kind).delete();
    }

    public boolean hasDefinition(Class<? extends HasMetadata> kind) {
        return definition(kind).get() != null;
    }

    /** Installs a kind again once it is gone; for the tests that follow, a story that deletes one has to. */
    public <T extends HasMetadata> void restoreDefinition(Class<T> kind) {
        Awaitility.await(HasMetadata.getKind(kind) + " is gone").atMost(STARTUP).until(() -> {
            // Whoever ended a story early left objects with finalizers.
            if (hasDefinition(kind)) {
                admin.resources(kind)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .forEach(left -> admin.resource(left).edit(object -> {
                            object.getMetadata().setFinalizers(List.of());
                            return object;
                        }));
            }
            return !hasDefinition(kind);
        });
        try {
            installDefinition(Path.of("crds", HasMetadata.getFullResourceName(kind) + "-v1.yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void installDefinition(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            CustomResourceDefinition definition = admin.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(content)
                    .create();
            admin.resource(definition)
                    .waitUntilCondition(KubeApi::isEstablished, STARTUP.toSeconds(), TimeUnit.SECONDS);
            awaitPublished(definition);
        }
    }

    private Resource<CustomResourceDefinition> definition(Class<? extends HasMetadata> kind) {
        return admin.apiextensions().v1().customResourceDefinitions().withName(HasMetadata.getFullResourceName(kind));
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }

    /** kubectl explain and strict validation read the published schema, which follows a moment later. */
    private void awaitPublished(CustomResourceDefinition definition) {
        String version = definition.getSpec().getVersions().getFirst().getName();
        String uri = "/openapi/v3/apis/" + definition.getSpec().getGroup() + "/" + version;
        String kind = "\"kind\":\"" + definition.getSpec().getNames().getKind() + "\"";
        Awaitility.await("schema of " + definition.getMetadata().getName())
                .atMost(STARTUP)
                .ignoreException(KubernetesClientException.class)
                .until(() -> {
                    String schema = admin.raw(uri);
                    return schema != null && schema.contains(kind);
                });
    }

    @Override
    public void close() throws IOException {
        admin.close();
        server.stop();
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
        try (Stream<Path> files = Files.walk(workDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
