package dev.pilotlight.domain.metrics;

/**
 * The metrics of a serverless variant that are read, of those that AWS publishes, one value a minute (AWS docs: "Monitor a serverless endpoint"; nothing else is
 * published). Latencies are microseconds, shares lie between 0 and 1 but for memory.
 */
public enum EndpointMetric {
    /** Requests, as a sum. */
    INVOCATIONS("Invocations"),
    /** Microseconds that the container took. */
    MODEL_LATENCY("ModelLatency"),
    /** Microseconds that SageMaker added, the cold start included. */
    OVERHEAD_LATENCY("OverheadLatency"),
    /** Microseconds to start new compute; there is a point only where some was started. */
    MODEL_SETUP_TIME("ModelSetupTime"),
    /** Percent, 0 to 100. */
    MEMORY_UTILIZATION("/aws/sagemaker/Endpoints", "MemoryUtilization"),
    /** Executions by MaxConcurrency. */
    CONCURRENT_EXECUTIONS_UTILIZATION("ServerlessConcurrentExecutionsUtilization"),
    /** Executions in provisioned slots. */
    PROVISIONED_CONCURRENCY_EXECUTIONS("ServerlessProvisionedConcurrencyExecutions"),
    /** Requests served on demand because all slots were at work. */
    PROVISIONED_CONCURRENCY_SPILLOVER_INVOCATIONS("ServerlessProvisionedConcurrencySpilloverInvocations");

    private final String namespace;
    private final String awsName;

    EndpointMetric(String awsName) {
        this("AWS/SageMaker", awsName);
    }

    EndpointMetric(String namespace, String awsName) {
        this.namespace = namespace;
        this.awsName = awsName;
    }

    /** CloudWatch's namespace. */
    public String namespace() {
        return namespace;
    }

    /** MetricName. */
    public String awsName() {
        return awsName;
    }
}
