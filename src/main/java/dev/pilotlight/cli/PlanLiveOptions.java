package dev.pilotlight.cli;

import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.operator.cost.BundledPrices;
import dev.pilotlight.operator.kube.ClusterIds;
import dev.pilotlight.operator.time.ClockScheduler;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The flags of {@code pilotlight plan --live}: how cluster and AWS are reached. */
final class PlanLiveOptions {

    @Option(names = "--context", description = "With --live: context of the kubeconfig. Default: the current one.")
    private String context;

    @Option(
            names = "--cluster-id",
            description =
                    "With --live: the operator's --cluster-id, where it has one. Default: UID of namespace kube-system.")
    private String clusterID;

    @Option(
            names = "--own-credentials",
            description =
                    "With --live: read AWS with your own credentials instead of assuming the roles of the AWSIdentities. They must lead to the same account.")
    private boolean ownCredentials;

    @Option(
            names = "--aws-endpoint-url",
            description =
                    "With --live: one URL for all AWS services, for the simulator. Default: AWS, or what $$AWS_ENDPOINT_URL says.")
    private URI awsEndpoint;

    /**
     * @throws ParameterException when a flag makes no sense
     * @throws UnreadableClusterException when there is no cluster to ask
     */
    void check(CommandLine command) {
        try {
            OperatorOptions.requireClusterID(clusterID);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
        KubeConfig.problem().ifPresent(problem -> {
            throw new UnreadableClusterException(problem, null);
        });
    }

    Plan plan(PlanManifests files, boolean prune, Clock clock) {
        AwsSettings defaults = AwsSettings.defaults();
        AwsSettings aws = awsEndpoint == null ? defaults : defaults.withEndpointOverride(awsEndpoint);
        // A command that cannot reach the cluster says so at once instead of trying for minutes.
        Config config = new ConfigBuilder(Config.autoConfigure(context))
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                ClockScheduler scheduler = new ClockScheduler(clock)) {
            String cluster = ClusterIds.resolve(client, Optional.ofNullable(clusterID));
            return new PlanLive(
                            client,
                            SdkAwsSessions.create(aws, clock),
                            scheduler,
                            cluster,
                            ownCredentials,
                            BundledPrices.read())
                    .plan(files, prune);
        } catch (KubernetesClientException e) {
            throw new UnreadableClusterException(
                    "cannot read the cluster at " + config.getMasterUrl() + ": " + rootOf(e), e);
        }
    }

    /** The client wraps what the operating system said in what it was doing. */
    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
