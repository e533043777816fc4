package dev.pilotlight.cli;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.aws.RateLimiter;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.operator.kube.ClusterIds;
import dev.pilotlight.operator.orphans.OrphanSearch;
import dev.pilotlight.operator.orphans.Owners;
import dev.pilotlight.operator.orphans.Place;
import dev.pilotlight.operator.time.ClockScheduler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The flags with which a command looks at what the operator looks after, and the search they make. */
final class ClusterAccess {

    @Option(
            names = "--watch-namespace",
            paramLabel = "NAMESPACE",
            split = ",",
            description = "Namespaces that the operator looks after, as it was told. Default: all.")
    private List<String> namespaces = List.of();

    @Option(
            names = "--cluster-id",
            description = "Id in ownership tags, as the operator was told. Default: UID of namespace kube-system.")
    private String clusterID;

    @Option(
            names = "--grace",
            paramLabel = "MINUTES",
            defaultValue = "10",
            description = "Time between the two looks at the owners, at least 10 minutes. Default: ${DEFAULT-VALUE}.")
    private int graceMinutes;

    @Option(
            names = "--aws-endpoint-url",
            description =
                    "One URL for all AWS services, for the simulator. Default: AWS, or what $AWS_ENDPOINT_URL says.")
    private URI awsEndpoint;

    Duration grace() {
        return Duration.ofMinutes(graceMinutes);
    }

    /**
     * @throws ParameterException when a flag makes no sense
     * @throws MissingException when there is no cluster to ask
     */
    void check(CommandLine command) {
        if (graceMinutes < 10) {
            throw new ParameterException(command, "--grace must be at least 10, was " + graceMinutes);
        }
        try {
            OperatorOptions.requireClusterID(clusterID);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
        KubeConfig.require();
    }

    /** What is done with the search. */
    @FunctionalInterface
    interface Use {
        int with(OrphanSearch search, List<Place> places);
    }

    /** Opens cluster and AWS, and closes them afterwards. */
    int search(Consumer<String> progress, Use use) {
        Clock clock = OperatorOptions.wallClock();
        AwsSettings defaults = AwsSettings.defaults();
        AwsSettings aws = awsEndpoint == null ? defaults : defaults.withEndpointOverride(awsEndpoint);
        try (KubernetesClient client = new KubernetesClientBuilder().build();
                ClockScheduler scheduler = new ClockScheduler(clock)) {
            OrphanSearch search = new OrphanSearch(
                    ClusterIds.resolve(client, Optional.ofNullable(clusterID)),
                    Set.copyOf(namespaces),
                    new SdkAwsSessions(aws, new RateLimiter(aws.rates(), clock), CallBoundary.OPEN, List.of()),
                    new Owners(client),
                    due -> await(scheduler, due),
                    clock,
                    progress);
            return use.with(
                    search, Place.of(client.resources(AWSIdentity.class).list().getItems()));
        } catch (KubernetesClientException e) {
            throw new MissingException("cannot work with the cluster: " + e.getMessage(), e);
        }
    }

    private static void await(ClockScheduler scheduler, Instant due) {
        CountDownLatch reached = new CountDownLatch(1);
        scheduler.at(due, "orphans", reached::countDown);
        try {
            reached.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
