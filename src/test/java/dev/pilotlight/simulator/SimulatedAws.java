package dev.pilotlight.simulator;

import dev.pilotlight.simulator.sagemaker.HostingSettings;
import dev.pilotlight.simulator.time.ManualClock;
import dev.pilotlight.simulator.wire.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantServerlessConfig;
import software.amazon.awssdk.services.sagemaker.model.Tag;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;

/** A simulator on a clock that is turned by hand, with unmodified SDK clients that do not retry. */
public final class SimulatedAws implements AutoCloseable {
    public static final String ACCOUNT = "111122223333";
    public static final String REGISTRY = ACCOUNT + ".dkr.ecr.us-east-1.amazonaws.com/";
    public static final String IMAGE = REGISTRY + "sentiment:1.4.0";
    public static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/sagemaker/sentiment";
    public static final String MODEL_DATA = "s3://ml-prod-models/sentiment/1.4.0/model.tar.gz";
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Simulator simulator;
    private final List<SdkClient> clients = new ArrayList<>();
    private final SageMakerClient sageMaker;
    private final SageMakerRuntimeClient runtime;

    private SimulatedAws(SimulatorSettings.Builder settings) {
        simulator = SimulatorServer.start(settings.build());
        sageMaker = client(SageMakerClient.builder());
        runtime = client(SageMakerRuntimeClient.builder());
    }

    /** States last until they were read once. */
    public static SimulatedAws start() {
        return start(settings -> settings);
    }

    public static SimulatedAws start(UnaryOperator<SimulatorSettings.Builder> more) {
        SimulatorSettings.Builder settings = SimulatorSettings.builder()
                .clock(new ManualClock(START))
                .hosting(HostingSettings.defaults().withDurations(HostingSettings.StateDurations.NONE));
        return new SimulatedAws(more.apply(settings));
    }

    public Simulator simulator() {
        return simulator;
    }

    public Scope scope() {
        return new Scope(ACCOUNT, "us-east-1");
    }

    public static SdkBytes bytes(String text) {
        return SdkBytes.fromUtf8String(text);
    }

    public SageMakerClient sageMaker() {
        return sageMaker;
    }

    public SageMakerRuntimeClient runtime() {
        return runtime;
    }

    /** A client of the default account and us-east-1. */
    public <C extends SdkClient, B extends AwsClientBuilder<B, C>> C client(B builder) {
        return client(builder, "AKIAEXAMPLE", Region.US_EAST_1);
    }

    public <C extends SdkClient, B extends AwsClientBuilder<B, C>> C client(
            B builder, String accessKey, Region region) {
        if (builder instanceof SdkSyncClientBuilder<?, ?> sync) {
            sync.httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(20)));
        }
        C client = builder.endpointOverride(simulator.endpoint())
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        clients.add(client);
        return client;
    }

    public void pass(Duration duration) {
        ManualClock manual = (ManualClock) simulator.clock();
        manual.advanceTo(manual.now().plus(duration));
    }

    public void model(String name, String image) {
        sageMaker.createModel(request -> request.modelName(name)
                .executionRoleArn(ROLE)
                .primaryContainer(container -> container.image(image).modelDataUrl(MODEL_DATA)));
    }

    public void config(String name, String model, int memory, int max, Integer provisioned) {
        sageMaker.createEndpointConfig(request -> request.endpointConfigName(name)
                .productionVariants(variant("main", model, serverless(memory, max, provisioned))));
    }

    public static ProductionVariant variant(String name, String model, ProductionVariantServerlessConfig serverless) {
        return ProductionVariant.builder()
                .variantName(name)
                .modelName(model)
                .serverlessConfig(serverless)
                .build();
    }

    public static ProductionVariantServerlessConfig serverless(int memory, int max, Integer provisioned) {
        return ProductionVariantServerlessConfig.builder()
                .memorySizeInMB(memory)
                .maxConcurrency(max)
                .provisionedConcurrency(provisioned)
                .build();
    }

    /** Creates an endpoint with model and configuration of its own. */
    public void endpoint(String name, String image, int max, Integer provisioned) {
        model(name, image);
        config(name, name, 2048, max, provisioned);
        sageMaker.createEndpoint(request -> request.endpointName(name)
                .endpointConfigName(name)
                .tags(Tag.builder().key("team").value("ml").build()));
    }

    /** Creates an endpoint and reads it until it serves. */
    public void servingEndpoint(String name, String image, int max, Integer provisioned) {
        endpoint(name, image, max, provisioned);
        readUntil(name, EndpointStatus.IN_SERVICE);
    }

    public DescribeEndpointResponse describe(String name) {
        return sageMaker.describeEndpoint(request -> request.endpointName(name));
    }

    /** Describes an endpoint twice at most: every state shows itself once. */
    public DescribeEndpointResponse readUntil(String name, EndpointStatus status) {
        DescribeEndpointResponse seen = describe(name);
        if (seen.endpointStatus() != status) {
            seen = describe(name);
        }
        if (seen.endpointStatus() != status) {
            throw new AssertionError(name + " is " + seen.endpointStatus() + ", not " + status);
        }
        return seen;
    }

    /** Makes an image exist. */
    public void image(String repository, String tag, long sizeInBytes) {
        seed("{\"images\":[{\"repository\":\"" + repository + "\",\"tags\":[\"" + tag + "\"],\"sizeInBytes\":"
                + sizeInBytes + "}]}");
    }

    public void seed(String json) {
        admin("POST", "seed", json);
    }

    /** Calls an admin path and gives its answer as text. */
    public String admin(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.endpoint() + "/_pilotlight/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        clients.forEach(SdkClient::close);
        simulator.close();
    }
}
