package dev.pilotlight.demo;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.KubeApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one endpoint, and a hundred, cost in time, AWS calls and writes. */
final class Measurements {
    /** With the single one before them as many as fit on one page of a list. */
    private static final int MANY = 99;

    private static final double FAST = 20;
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String HOSTING = "sagemaker\\..*";
    private static final String PREFLIGHT = "(ecr|s3|iam|servicequotas)\\..*";
    private static final String OBJECT = "serverlessendpoints";
    private static final String EVENT = "events";
    private static final String OPERATOR = "system:serviceaccount:pilotlight-system:pilotlight";

    private final Watchdog watchdog;
    private final DemoCluster cluster;
    private final Path operatorKubeConfig;
    private final Endpoints endpoints;
    private final Figures figures = new Figures();

    Measurements(Watchdog watchdog, DemoCluster cluster, Path operatorKubeConfig) {
        this.watchdog = watchdog;
        this.cluster = cluster;
        this.operatorKubeConfig = operatorKubeConfig;
        this.endpoints = new Endpoints(cluster.admin());
    }

    /** Measures, and prints together with what was measured before. */
    void print(Figures before) throws IOException {
        Demo.say("measuring");
        figures.addAll(before);
        help();
        latencies();
        callsPerEndpoint("Creating lasts 0 s", 1, 0);
        callsPerEndpoint("Creating lasts 165 s", FAST, 165);
        figures.print();
    }

    private void help() throws IOException {
        double[] seconds = new double[5];
        for (int i = 0; i < seconds.length; i++) {
            long begun = System.nanoTime();
            Process help = new ProcessBuilder("bin/pilotlight", "--help")
                    .redirectErrorStream(true)
                    .start();
            help.getInputStream().readAllBytes();
            seconds[i] = (System.nanoTime() - begun) / 1e9;
        }
        Arrays.sort(seconds);
        figures.add("pilotlight --help, median of 5", seconds[2], "s", "<= 0.6", "");
    }

    /** At the speed of the wall, with an endpoint that is there before the operator is. */
    private void latencies() throws IOException {
        String namespace = namespace("latency");
        cluster.kubectl(SimulatedTeam.endpoint(namespace, "early"), "apply", "-f", "-");
        try (Stage stage =
                Stage.start(watchdog, operatorKubeConfig, 1, Demo.freePort(), List.of("--creating-seconds", "3"))) {
            Waiting.until(
                    "the first status",
                    LIMIT,
                    () -> endpoints
                            .find(namespace, "early")
                            .filter(Endpoints::isReported)
                            .isPresent(),
                    () -> stage.operator().tail());
            figures.add(
                    "process start -> first status of a waiting endpoint",
                    stage.operator().age().toMillis() / 1000.0,
                    "s",
                    "<= 1.5",
                    "");
            stage.awaitOperator();
            await(namespace, 1);
            figures.add(
                    "operator's memory, one endpoint",
                    stage.operator().residentMiB().orElse(0L),
                    "MiB",
                    "<= 200",
                    "71");

            cluster.kubectl(SimulatedTeam.endpoint(namespace, "warm-up"), "apply", "-f", "-");
            await(namespace, 2);
            ServerlessEndpoint timed = cluster.admin()
                    .getKubernetesSerialization()
                    .unmarshal(SimulatedTeam.endpoint(namespace, "timed"), ServerlessEndpoint.class);
            cluster.admin().resource(timed).create();
            Duration first = Waiting.until(
                    "the first status of a new endpoint",
                    LIMIT,
                    () -> endpoints
                            .find(namespace, "timed")
                            .filter(Endpoints::isReported)
                            .isPresent(),
                    () -> stage.operator().tail());
            figures.add("apply -> first status", first.toMillis() / 1000.0, "s", "<= 1", "");
            await(namespace, 3);
            Instant ready = Instant.now();
            String name =
                    endpoints.find(namespace, "timed").orElseThrow().getStatus().endpointName();
            Instant inService = stage.account().lastModified(name).orElseThrow();
            figures.add("InService -> Ready", Duration.between(inService, ready).toMillis() / 1000.0, "s", "<= 2", "");
        }
        cleanUp(namespace);
    }

    private void callsPerEndpoint(String when, double speed, int creatingSeconds) throws IOException {
        String namespace = namespace(creatingSeconds == 0 ? "at-once" : "in-time");
        try (Stage stage = Stage.start(
                watchdog,
                operatorKubeConfig,
                speed,
                Demo.freePort(),
                List.of("--creating-seconds", Integer.toString(creatingSeconds)))) {
            stage.awaitOperator();
            stage.account().allowEndpoints(MANY + 1);
            cluster.kubectl(SimulatedTeam.endpoint(namespace, "single"), "apply", "-f", "-");
            await(namespace, 1);
            calls(when + ", one endpoint", stage.account().calls(), 1);
            writes(when + ", one endpoint", namespace, Map.of(), 1);

            stage.account().forgetCalls();
            Map<String, Long> writesBefore = writes(namespace);
            cluster.kubectl(
                    IntStream.range(0, MANY)
                            .mapToObj(i -> SimulatedTeam.endpoint(namespace, "many-" + i))
                            .collect(Collectors.joining("\n---\n")),
                    "apply",
                    "-f",
                    "-");
            await(namespace, MANY + 1);
            calls(when + ", each of " + MANY, stage.account().calls(), MANY);
            writes(when + ", each of " + MANY, namespace, writesBefore, MANY);
            if (speed > 1) {
                quiet(namespace, stage);
            }
        }
        cleanUp(namespace);
    }

    private void calls(String when, Map<String, Long> calls, int endpointCount) {
        double hosting = sum(calls, HOSTING);
        double lists = sum(calls, "sagemaker\\.List.*");
        figures.add(when + ": SageMaker control-plane calls, all", hosting / endpointCount, "", "<= 6", "15.7");
        figures.add(when + ": - of these its own", (hosting - lists) / endpointCount, "", "", "");
        figures.add(when + ": - of these its share of lists", lists / endpointCount, "", "", "");
        figures.add(when + ": preflight, ECR S3 IAM and quotas", sum(calls, PREFLIGHT) / endpointCount, "", "", "");
        figures.add(
                when + ": STS and InvokeEndpoint",
                (sum(calls, ".*") - hosting - sum(calls, PREFLIGHT)) / endpointCount,
                "",
                "",
                "");
    }

    private static double sum(Map<String, Long> counts, String keys) {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().matches(keys))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Only an API server of our own tells who wrote what. */
    private void writes(String when, String namespace, Map<String, Long> before, int endpointCount) {
        if (cluster.audit().isEmpty()) {
            return;
        }
        Map<String, Long> now = writes(namespace);
        double objects = sum(now, OBJECT) - sum(before, OBJECT);
        double events = sum(now, EVENT) - sum(before, EVENT);
        figures.add(when + ": writes to the object", objects / endpointCount, "", "<= 4", "13.2");
        figures.add(when + ": events", events / endpointCount, "", "", "");
    }

    /** Minutes of the operator's and AWS's time in which nobody changes anything. */
    private void quiet(String namespace, Stage stage) {
        long wall = (long) (QUIET.toMillis() / stage.clock().speed());
        stage.account().forgetCalls();
        Map<String, Long> writes = writes(namespace);
        Instant end = stage.clock().instant().plus(QUIET);
        Waiting.until(
                QUIET.toMinutes() + " quiet minutes to pass",
                Duration.ofMillis(wall * 2 + 10_000),
                () -> stage.clock().instant().isAfter(end),
                () -> "");
        Map<String, Long> calls = stage.account().calls();
        long lists = calls.getOrDefault("sagemaker.ListEndpoints", 0L);
        long all = calls.values().stream().mapToLong(Long::longValue).sum();
        double minutes = QUIET.toMinutes();
        figures.add((MANY + 1) + " quiet endpoints: AWS calls a minute, fast tier", lists / minutes, "", "<= 1", "200");
        figures.add(
                (MANY + 1) + " quiet endpoints: AWS calls a minute, slow tier", (all - lists) / minutes, "", "", "");
        cluster.audit()
                .ifPresent(api -> figures.add(
                        (MANY + 1) + " quiet endpoints: writes a minute",
                        (sum(writes(namespace), ".*") - sum(writes, ".*")) / minutes,
                        "",
                        "0",
                        "200"));
        figures.add(
                "operator's memory, " + (MANY + 1) + " endpoints",
                stage.operator().residentMiB().orElse(0L),
                "MiB",
                "<= 200",
                "71");
    }

    /** What the operator has written in a namespace so far, by kind. */
    private Map<String, Long> writes(String namespace) {
        return cluster.audit().map(api -> api.writes(namespace)).orElse(List.of()).stream()
                .filter(write -> write.user().equals(OPERATOR) && write.code() < 300)
                .collect(Collectors.groupingBy(KubeApi.Write::resource, Collectors.counting()));
    }

    private void await(String namespace, int ready) {
        Waiting.until(
                ready + " endpoints in " + namespace + " to be Ready",
                LIMIT,
                () -> endpoints.in(namespace).stream()
                                .filter(Endpoints::isReady)
                                .count()
                        == ready,
                () -> endpoints.in(namespace).stream()
                        .filter(endpoint -> !Endpoints.isReady(endpoint))
                        .limit(3)
                        .map(endpoint -> String.valueOf(endpoint.getStatus()))
                        .collect(Collectors.joining("\n")));
    }

    /** A namespace with an identity of its own; the simulator's role for ml-prod serves it too. */
    private String namespace(String purpose) throws IOException {
        String name = "measure-" + purpose;
        cluster.kubectl(SimulatedTeam.manifest(name), "apply", "-f", "-");
        return name;
    }

    /** The simulator that had their endpoints is gone, and the operator with it: nobody else takes the finalizers off. */
    private void cleanUp(String namespace) throws IOException {
        List<ServerlessEndpoint> left = new ArrayList<>(endpoints.in(namespace));
        for (ServerlessEndpoint endpoint : left) {
            cluster.admin().resource(endpoint).edit(object -> {
                object.getMetadata().setFinalizers(List.of());
                return object;
            });
        }
        cluster.admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withTimeout(30, TimeUnit.SECONDS)
                .delete();
        cluster.kubectl("", "patch", "awsid", namespace, "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        cluster.kubectl("", "delete", "awsid", namespace);
    }
}
