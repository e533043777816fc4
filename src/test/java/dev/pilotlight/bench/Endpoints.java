package dev.pilotlight.bench;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.demo.DemoCluster;
import dev.pilotlight.demo.SimulatedTeam;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The endpoints of one run: a team's, in one namespace under one AWSIdentity. */
final class Endpoints implements AutoCloseable {
    private static final String NAMESPACE = "bench";
    private static final String OPERATOR = "system:serviceaccount:pilotlight-system:pilotlight";
    /** Requests to the API server at a time, as a sync engine would have. */
    private static final int AT_A_TIME = 8;

    private static final int REFUSED = 300;

    private final DemoCluster cluster;
    private final SharedIndexInformer<ServerlessEndpoint> informer;
    private final AtomicInteger readyTransitions = new AtomicInteger();

    Endpoints(DemoCluster cluster) throws IOException {
        this.cluster = cluster;
        cluster.kubectl(SimulatedTeam.manifest(NAMESPACE), "apply", "-f", "-");
        this.informer = cluster.admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(NAMESPACE)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(ServerlessEndpoint added) {
                        // Nothing was seen of it before.
                    }

                    @Override
                    public void onUpdate(ServerlessEndpoint before, ServerlessEndpoint after) {
                        if (!ready(before).equals(ready(after))) {
                            readyTransitions.incrementAndGet();
                        }
                    }

                    @Override
                    public void onDelete(ServerlessEndpoint deleted, boolean unknown) {
                        // Nobody deletes any.
                    }
                });
    }

    /** How often the status of a Ready condition changed so far, as a watch shows it. */
    int readyTransitions() {
        return readyTransitions.get();
    }

    private static String ready(ServerlessEndpoint endpoint) {
        return endpoint.getStatus() == null
                ? ""
                : endpoint.getStatus().conditions().stream()
                        .filter(condition -> condition.type().equals("Ready"))
                        .map(Condition::status)
                        .findFirst()
                        .orElse("");
    }

    void create(int count) {
        try (ExecutorService senders = Executors.newFixedThreadPool(AT_A_TIME)) {
            IntStream.range(0, count).forEach(number -> senders.execute(() -> create(name(number))));
        }
    }

    static String name(int number) {
        return "endpoint-" + number;
    }

    private void create(String name) {
        cluster.admin()
                .resource(cluster.admin()
                        .getKubernetesSerialization()
                        .unmarshal(SimulatedTeam.endpoint(NAMESPACE, name), ServerlessEndpoint.class))
                .create();
    }

    void setMaxConcurrency(String name, int max) {
        cluster.admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"serverless\":{\"maxConcurrency\":" + max + "}}}");
    }

    /** The first so many get a WarmPolicy that leaves their provisioned concurrency to AWS's own auto scaling. */
    void leaveCapacityToAws(int count) throws IOException {
        String policies = IntStream.range(0, count)
                .mapToObj(Endpoints::name)
                .map(name -> """
                apiVersion: pilotlight.dev/v1alpha1
                kind: WarmPolicy
                metadata: {namespace: %1$s, name: %2$s}
                spec:
                  targetRef: {name: %2$s}
                  executor: ApplicationAutoScaling
                  provisionedConcurrency: {baseline: 1, targetTracking: {min: 1, max: 2}}
                """.formatted(NAMESPACE, name))
                .collect(Collectors.joining("---\n"));
        cluster.kubectl(policies, "apply", "-f", "-");
    }

    /** How many are at rest, within a range that AWS scales in. */
    int scaledByAws() {
        return (int) informer.getStore().list().stream()
                .map(ServerlessEndpoint::getStatus)
                .filter(status -> status != null
                        && status.progress() == null
                        && status.effective() != null
                        && status.effective().provisionedConcurrencyRange() != null)
                .count();
    }

    /** What the first so many are called in AWS. */
    List<String> namesInAws(int count) {
        List<String> names = IntStream.range(0, count).mapToObj(Endpoints::name).toList();
        return informer.getStore().list().stream()
                .filter(endpoint -> names.contains(endpoint.getMetadata().getName()))
                .map(endpoint -> endpoint.getStatus().endpointName())
                .toList();
    }

    /** How many are Ready for the spec they have now, with the capacity it asks for. */
    int done() {
        return (int)
                informer.getStore().list().stream().filter(Endpoints::isDone).count();
    }

    /** What a few of those that are not done say. */
    String unfinished() {
        List<String> few = informer.getStore().list().stream()
                .filter(endpoint -> !isDone(endpoint))
                .limit(3)
                .map(endpoint -> String.valueOf(endpoint.getStatus()))
                .toList();
        return done() + " of " + informer.getStore().list().size() + " done; " + String.join("\n", few);
    }

    private static boolean isDone(ServerlessEndpoint endpoint) {
        return endpoint.getStatus() != null
                && endpoint.getStatus().conditions().stream().anyMatch(ready -> isReady(ready, endpoint))
                && endpoint.getStatus().effective() != null
                && Objects.equals(
                        endpoint.getStatus().effective().maxConcurrency(),
                        endpoint.getSpec().serverless().maxConcurrency());
    }

    private static boolean isReady(Condition condition, ServerlessEndpoint endpoint) {
        return condition.type().equals("Ready")
                && condition.status().equals("True")
                && Objects.equals(
                        condition.observedGeneration(), endpoint.getMetadata().getGeneration());
    }

    /** The operator's writes so far, of any kind, to the objects and about them. */
    long writes() {
        return cluster.audit().orElseThrow().writes(NAMESPACE).stream()
                .filter(write -> write.user().equals(OPERATOR) && write.code() < REFUSED)
                .count();
    }

    /** Of these the writes to ServerlessEndpoints themselves, status included. */
    long objectWrites() {
        return cluster.audit().orElseThrow().writes(NAMESPACE).stream()
                .filter(write -> write.user().equals(OPERATOR) && write.code() < REFUSED)
                .filter(write -> write.resource().equals("serverlessendpoints"))
                .count();
    }

    @Override
    public void close() {
        informer.close();
    }
}
