package dev.pilotlight.aws;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients of one Region, shared by all sessions there: each request carries the credentials of its session, and a request
 * that forgot to would be anonymous and refused.
 */
final class SdkClients {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final AwsSettings settings;
    private final Region region;
    private final ScheduledExecutorService timeouts;
    private final Lazy<SageMakerClient> sageMaker;
    private final Lazy<SageMakerRuntimeClient> runtime;
    private final Lazy<EcrClient> ecr;
    private final Lazy<StsClient> sts;

    /**
     * @param timeouts on which the SDK watches its call timeouts; one for all, or every client would start threads of its own
     */
    SdkClients(AwsSettings settings, String region, ScheduledExecutorService timeouts) {
        this.settings = settings;
        this.region = Region.of(region);
        this.timeouts = timeouts;
        Duration controlPlane = settings.controlPlaneTimeout();
        this.sageMaker = new Lazy<>(() -> build(SageMakerClient.builder(), controlPlane));
        this.runtime = new Lazy<>(() -> build(SageMakerRuntimeClient.builder(), settings.invokeTimeout()));
        this.ecr = new Lazy<>(() -> build(EcrClient.builder(), controlPlane));
        this.sts = new Lazy<>(() -> build(StsClient.builder(), settings.stsTimeout()));
    }

    SageMakerClient sageMaker() {
        return sageMaker.get();
    }

    SageMakerRuntimeClient runtime() {
        return runtime.get();
    }

    EcrClient ecr() {
        return ecr.get();
    }

    StsClient sts() {
        return sts.get();
    }

    private <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C build(
            B builder, Duration timeout) {
        settings.endpointOverride().ifPresent(builder::endpointOverride);
        return builder.region(region)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout)
                        .socketTimeout(timeout))
                .overrideConfiguration(override -> override.apiCallTimeout(timeout)
                        .apiCallAttemptTimeout(timeout)
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .scheduledExecutorService(timeouts))
                .build();
    }
}
