package dev.pilotlight.bench;

import dev.pilotlight.demo.Waiting;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DesiredWeightAndCapacity;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.EndpointSummary;

/**
 * AWS's own auto scaling at work: every endpoint has a WarmPolicy that leaves its provisioned concurrency to it, and it changes that over and
 * over. Whether an endpoint is as it should be is not in question meanwhile.
 */
final class Scaling {
    private static final int CHANGES = 200;
    private static final int MOST_AT_A_TIME = 50;
    private static final int LARGEST_PAGE = 100;
    /** The fast tier has looked at everything after that. */
    private static final Duration LOOKED_AT = Duration.ofSeconds(130);

    private final Run run;
    private final int size;
    private final Duration limit;

    Scaling(Run run, int size, Duration limit) {
        this.run = run;
        this.size = size;
        this.limit = limit;
    }

    void measure(Table table) throws IOException {
        int count = Math.min(size, MOST_AT_A_TIME);
        run.endpoints().leaveCapacityToAws(count);
        Waiting.until(
                "AWS to scale " + count + " endpoints",
                limit,
                () -> run.endpoints().scaledByAws() == count,
                () -> run.endpoints().scaledByAws() + " of " + count + "; "
                        + run.endpoints().unfinished());
        run.awaitAll(size, limit);
        int transitions = run.endpoints().readyTransitions();
        long writes = run.endpoints().objectWrites();
        try (SageMakerClient aws = client(run.stage().account().address())) {
            for (int change = 0; change < CHANGES; change += count) {
                // From the baseline of 1 to all that maxConcurrency allows, and back.
                int provisioned = 2 - change / count % 2;
                List<String> names = run.endpoints().namesInAws(count);
                names.forEach(name -> provision(aws, name, provisioned));
                Waiting.until("AWS to be done", limit, () -> atRest(aws).containsAll(names), () -> "");
            }
        }
        Duration rest = LOOKED_AT;
        long begun = System.nanoTime();
        Waiting.until(
                "the operator to look",
                rest.multipliedBy(2),
                () -> System.nanoTime() - begun > rest.toNanos(),
                () -> "");
        table.add(
                size,
                CHANGES + " changes by AWS's auto scaling: changes of Ready",
                run.endpoints().readyTransitions() - transitions,
                "0");
        table.add(
                size,
                CHANGES + " changes by AWS's auto scaling: writes to each object",
                (run.endpoints().objectWrites() - writes) / (double) count,
                "<= 1 an hour");
    }

    /** As Application Auto Scaling does it. */
    private static void provision(SageMakerClient aws, String name, int provisioned) {
        DesiredWeightAndCapacity capacity = DesiredWeightAndCapacity.builder()
                .variantName("AllTraffic")
                .serverlessUpdateConfig(update -> update.provisionedConcurrency(provisioned))
                .build();
        aws.updateEndpointWeightsAndCapacities(
                request -> request.endpointName(name).desiredWeightsAndCapacities(capacity));
    }

    private static Set<String> atRest(SageMakerClient aws) {
        // All of them: the simulator keeps a state until somebody was told of it.
        return aws.listEndpointsPaginator(request -> request.maxResults(LARGEST_PAGE)).endpoints().stream()
                .filter(endpoint -> endpoint.endpointStatus() == EndpointStatus.IN_SERVICE)
                .map(EndpointSummary::endpointName)
                .collect(Collectors.toSet());
    }

    private static SageMakerClient client(URI address) {
        return SageMakerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("111122223333", "not-checked")))
                .build();
    }
}
