package dev.pilotlight.bench;

import dev.pilotlight.demo.Demo;
import dev.pilotlight.demo.DemoCluster;
import dev.pilotlight.demo.Stage;
import dev.pilotlight.demo.Waiting;
import dev.pilotlight.demo.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One operator, one AWS and one cluster, new, with an AWSIdentity in it. */
final class Run implements AutoCloseable {
    private final DemoCluster cluster;
    private final Stage stage;
    private final Endpoints endpoints;

    /**
     * @param speed how many times as fast as the wall clock the operator's and AWS's time runs
     * @param size for how many endpoints AWS's quotas suffice
     */
    Run(Watchdog watchdog, int size, double speed, List<String> simulatorFlags) throws IOException {
        cluster = DemoCluster.open(Optional.empty());
        cluster.install();
        stage = Stage.start(
                watchdog, cluster.operatorKubeConfig(watchdog.folder()), speed, Demo.freePort(), simulatorFlags);
        stage.awaitOperator();
        stage.account().allowEndpoints(size);
        endpoints = new Endpoints(cluster);
    }

    Stage stage() {
        return stage;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** What the operator asked AWS for since {@link #forget()}. */
    Counts counts() {
        return new Counts(stage.account().calls());
    }

    void forget() {
        stage.account().forgetCalls();
    }

    double cpuSeconds() {
        return stage.operator().cpuSeconds().orElse(0.0);
    }

    double residentMiB() {
        return stage.operator().residentMiB().orElse(0L);
    }

    Duration awaitAll(int size, Duration limit) {
        return Waiting.until(
                size + " endpoints to be Ready",
                limit,
                () -> endpoints.done() == size,
                () -> endpoints.unfinished() + "\n" + stage.operator().tail());
    }

    @Override
    public void close() {
        endpoints.close();
        stage.close();
        cluster.close();
    }
}
