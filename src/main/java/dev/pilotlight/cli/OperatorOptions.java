package dev.pilotlight.cli;

import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.inventory.InventorySettings;
import dev.pilotlight.operator.OperatorSettings;
import dev.pilotlight.operator.leader.LeaseSettings;
import dev.pilotlight.operator.time.DevelopmentClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The flags of {@code pilotlight operator}. */
final class OperatorOptions {

    @Option(
            names = "--watch-namespace",
            paramLabel = "NAMESPACE",
            split = ",",
            description = "Namespaces whose ServerlessEndpoints are looked after. Default: all.")
    private List<String> namespaces = List.of();

    @Option(
            names = "--cluster-id",
            description =
                    "Id in ownership tags and external ids; 1 to 128 letters, digits and . _ - @. Default: UID of namespace kube-system.")
    private String clusterID;

    @Option(names = "--leader-election", description = "Compete with other replicas for a Lease. Default: off.")
    private boolean leaderElection;

    @Option(
            names = "--namespace",
            defaultValue = "${env:POD_NAMESPACE:-pilotlight-system}",
            description = "Namespace of the Lease. Default: $POD_NAMESPACE, else pilotlight-system.")
    private String namespace;

    @Option(
            names = "--instance",
            defaultValue = "${env:POD_NAME:-pilotlight}",
            description = "Name of this replica. Default: $POD_NAME, else pilotlight.")
    private String instance;

    @Option(
            names = "--stall-after",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description =
                    "How long a cause that can pass by itself is waited for before a person is asked. Default: ${DEFAULT-VALUE}.")
    private int stallAfterSeconds;

    @Option(
            names = "--preflight-large-image",
            paramLabel = "MIB",
            defaultValue = "5120",
            description =
                    "Compressed size in MiB from which the checks before a rollout warn about an image. Default: ${DEFAULT-VALUE}.")
    private int largeImageMebibytes;

    @Option(
            names = "--preview-slots",
            paramLabel = "NUMBER",
            defaultValue = "5",
            description =
                    "The most preview endpoints at a time in one account and Region; further ones wait their turn. Default: ${DEFAULT-VALUE}.")
    private int previewSlots;

    @Option(
            names = "--poll-interval",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "Time between two listings of the endpoints of an account and Region. Default: ${DEFAULT-VALUE}.")
    private int pollSeconds;

    @Option(
            names = "--audit-interval",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "Time between two looks at tags, config and model of an endpoint. Default: ${DEFAULT-VALUE}.")
    private int auditSeconds;

    @Option(
            names = "--require-namespace-isolation",
            description = "Refuse AWSIdentities whose credentials namespaces would share (source: Pod). Default: off.")
    private boolean isolationRequired;

    @Option(
            names = "--http-port",
            defaultValue = "8080",
            description = "Port of metrics and health checks, 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Option(
            names = "--aws-endpoint-url",
            description =
                    "One URL for all AWS services, for the simulator. Default: AWS, or what $AWS_ENDPOINT_URL says.")
    private URI awsEndpoint;

    @Option(names = "--log-json", description = "Write logs as JSON lines. Default: off.")
    private boolean logJson;

    @Option(
            names = "--development-clock",
            paramLabel = "CLOCK",
            description =
                    "Time shared with a simulator that was given the same value, ORIGIN@SPEED@WALL-ORIGIN. For development only.")
    private String developmentClock;

    int httpPort() {
        return httpPort;
    }

    boolean logJson() {
        return logJson;
    }

    /** What a command goes by that has no clock of its own. */
    static Clock wallClock() {
        return Clock.systemUTC();
    }

    /** @throws IllegalArgumentException when the flag cannot be read */
    Clock clock() {
        return developmentClock == null ? wallClock() : DevelopmentClock.parse(developmentClock);
    }

    AwsSettings aws() {
        AwsSettings settings = AwsSettings.defaults();
        return awsEndpoint == null ? settings : settings.withEndpointOverride(awsEndpoint);
    }

    /** @throws IllegalArgumentException naming the flag that makes no sense */
    OperatorSettings settings() {
        requirePositive("--stall-after", stallAfterSeconds);
        requirePositive("--preflight-large-image", largeImageMebibytes);
        requirePositive("--preview-slots", previewSlots);
        requirePositive("--poll-interval", pollSeconds);
        requirePositive("--audit-interval", auditSeconds);
        if (httpPort < 0 || httpPort > 65_535) {
            throw new IllegalArgumentException("--http-port must be 0 to 65535, was " + httpPort);
        }
        requireClusterID(clusterID);
        OperatorSettings defaults = OperatorSettings.defaults();
        InventorySettings inventory = InventorySettings.defaults();
        return new OperatorSettings(
                Optional.ofNullable(clusterID),
                Set.copyOf(namespaces),
                instance,
                leaderElection ? Optional.of(LeaseSettings.standard(namespace, "pilotlight")) : Optional.empty(),
                isolationRequired,
                new Policy(
                        Duration.ofSeconds(stallAfterSeconds),
                        defaults.policy().staleReadGrace(),
                        largeImageMebibytes * 1024L * 1024L,
                        previewSlots,
                        defaults.policy().safeguards()),
                new InventorySettings(
                        Duration.ofSeconds(pollSeconds),
                        Duration.ofSeconds(auditSeconds),
                        inventory.followPeriod(),
                        inventory.settlePeriod()),
                defaults.reconcileThreads(),
                defaults.slowCalls(),
                defaults.slowCallsPerNamespace(),
                defaults.shutdownGrace());
    }

    /**
     * @param given null where the flag was not
     * @throws IllegalArgumentException when AWS would not take it
     */
    static void requireClusterID(String given) {
        if (given != null && !given.matches("[A-Za-z0-9._@-]{1,128}")) {
            throw new IllegalArgumentException(
                    "--cluster-id must be 1 to 128 letters, digits and . _ - @, was " + given);
        }
    }

    private static void requirePositive(String flag, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(flag + " must be at least 1, was " + value);
        }
    }
}
