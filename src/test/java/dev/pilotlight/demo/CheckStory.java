package dev.pilotlight.demo;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** The life of one endpoint, from file to nothing, each step checked. */
final class CheckStory {
    private static final double SPEED = 20;
    private static final Duration STEP = Duration.ofSeconds(90);
    private static final String NAMESPACE = "ml-prod";
    private static final String NAME = "sentiment";

    private final Watchdog watchdog;
    private final DemoCluster cluster;
    private final Path operatorKubeConfig;
    private final Endpoints endpoints;

    CheckStory(Watchdog watchdog, DemoCluster cluster, Path operatorKubeConfig) {
        this.watchdog = watchdog;
        this.cluster = cluster;
        this.operatorKubeConfig = operatorKubeConfig;
        this.endpoints = new Endpoints(cluster.admin());
    }

    /** Tells it; the figures on the way go to the table of measurements. */
    Figures tell() throws IOException {
        Figures figures = new Figures();
        Demo.say("the story of samples/quickstart, at " + SPEED + " times the speed of the clock on the wall");
        try (Stage stage = Stage.start(watchdog, operatorKubeConfig, SPEED, Demo.freePort(), List.of())) {
            stage.awaitOperator();
            figures.add("operator start to watches caught up", stage.operator().age());
            SimulatedAccount aws = stage.account();

            cluster.kubectl("", "apply", "--server-side", "-k", "samples/quickstart");
            step("create -> Ready", Endpoints::isReady);
            require(aws.hostingResources() == 3, "a model, an endpoint config and an endpoint are in the simulator");
            String endpointName = current().getStatus().endpointName();
            String first = current().getStatus().revision().deployed();

            long asked = System.nanoTime();
            require(
                    aws.invoke(endpointName, "{\"text\": \"what a good day\"}").contains("POSITIVE"),
                    "a good text is POSITIVE");
            require(
                    aws.invoke(endpointName, "{\"text\": \"terrible\"}").contains("NEGATIVE"),
                    "a terrible one is NEGATIVE");
            report("invoke twice", Duration.ofNanos(System.nanoTime() - asked));

            edit("{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            step(
                    "change memory -> new revision Ready",
                    endpoint -> Endpoints.isReady(endpoint)
                            && endpoint.getStatus().effective().memorySizeInMB() == 3072);
            require(!current().getStatus().revision().deployed().equals(first), "memory makes a new revision");

            String second = current().getStatus().revision().deployed();
            AtomicBoolean unready = new AtomicBoolean();
            edit("{\"spec\":{\"serverless\":{\"maxConcurrency\":40,\"provisionedConcurrency\":2}}}");
            step("change concurrency, live", endpoint -> {
                if (!Endpoints.condition(endpoint, "Ready")
                        .filter(c -> "True".equals(c.status()))
                        .isPresent()) {
                    unready.set(true);
                }
                return endpoint.getStatus().effective().maxConcurrency() == 40
                        && Integer.valueOf(2)
                                .equals(endpoint.getStatus().effective().provisionedConcurrency());
            });
            require(!unready.get(), "a change of concurrency leaves Ready alone");
            require(current().getStatus().revision().deployed().equals(second), "concurrency makes no revision");

            cluster.kubectl("", "delete", "--wait=false", "sep", NAME, "-n", NAMESPACE);
            Duration gone = Waiting.until(
                    "the endpoint to be gone",
                    STEP,
                    () -> endpoints.find(NAMESPACE, NAME).isEmpty(),
                    () -> endpoints.describe(NAMESPACE));
            report("delete -> gone", gone);
            require(
                    aws.hostingResources() == 0,
                    "the simulator holds nothing of ours, but " + aws.hostingResources() + " resources");
            System.out.println("  the simulator holds nothing of ours");
            cluster.kubectl("", "delete", "awsid", "ml-prod", "--wait=false");
            return figures;
        }
    }

    private void step(String what, Predicate<ServerlessEndpoint> done) {
        Duration took = Waiting.until(
                what,
                STEP,
                () -> endpoints
                        .find(NAMESPACE, NAME)
                        .filter(Endpoints::isReported)
                        .filter(done)
                        .isPresent(),
                () -> endpoints.describe(NAMESPACE));
        report(what, took);
    }

    private static void report(String what, Duration took) {
        System.out.printf("  %-40s %5.1f s%n", what, took.toMillis() / 1000.0);
    }

    private ServerlessEndpoint current() {
        return endpoints.find(NAMESPACE, NAME).orElseThrow(() -> new DemoFailure(NAMESPACE + "/" + NAME + " is gone"));
    }

    private void edit(String patch) throws IOException {
        cluster.kubectl("", "patch", "sep", NAME, "-n", NAMESPACE, "--type=merge", "-p", patch);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new DemoFailure("this should hold and does not: " + what);
        }
    }
}
