package dev.pilotlight.simulator.runtime;

import dev.pilotlight.simulator.sagemaker.Hosted;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Measurements;
import java.time.Duration;
import java.time.Instant;

/**
 * What CloudWatch gets of one request: the metrics that AWS lists for serverless endpoints, sampled when requests come. Two things are
 * assumed, for AWS does not say them: a throttled request counts among Invocations and Invocation4XXErrors, and a provisioned metric has
 * no points in a minute without requests.
 */
record Measured(Measurements measurements, Scope scope, Hosted hosted, Instant at) {

    void throttled() {
        put("Invocations", 1);
        errors(1, 0);
    }

    void begun(Lease lease, Fleet.Executions executions) {
        if (!hosted.serverless()) {
            return;
        }
        put("ServerlessConcurrentExecutionsUtilization", Math.min(1.0, (double) executions.all() / hosted.max()));
        if (hosted.provisioned() > 0) {
            put("ServerlessProvisionedConcurrencyExecutions", executions.provisioned());
            put(
                    "ServerlessProvisionedConcurrencyUtilization",
                    (double) executions.provisioned() / hosted.provisioned());
            put(
                    lease.provisioned()
                            ? "ServerlessProvisionedConcurrencyInvocations"
                            : "ServerlessProvisionedConcurrencySpilloverInvocations",
                    1);
        }
    }

    /**
     * @param start of a container, zero where one was warm
     * @param status of the container's answer
     */
    void answered(Lease lease, Duration start, Duration handling, int status) {
        put("Invocations", 1);
        errors(status >= 400 && status < 500 ? 1 : 0, status >= 500 ? 1 : 0);
        put("ModelLatency", micros(handling));
        put("OverheadLatency", micros(start));
        if (lease.cold()) {
            put("ModelSetupTime", micros(start));
        }
    }

    /** AWS docs: 1 for such an answer, 0 for any other. */
    private void errors(int client, int server) {
        put("Invocation4XXErrors", client);
        put("Invocation5XXErrors", server);
    }

    private void put(String metric, double value) {
        measurements.record(
                scope, new Measurements.Variant(hosted.endpointName(), hosted.variant()), metric, at, value);
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1000.0;
    }
}
