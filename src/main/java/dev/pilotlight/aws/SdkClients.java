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
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
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
    private final Lazy<S3Client> s3;
    private final Lazy<IamClient> iam;
    private final Lazy<ServiceQuotasClient> quotas;
    private final Lazy<ApplicationAutoScalingClient> autoScaling;
    private final Lazy<CloudWatchClient> cloudWatch;
    private final Lazy<PricingClient> pricing;

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
        // The simulator has one host name, and so no bucket can be part of it.
        boolean onePort = settings.endpointOverride().isPresent();
        this.s3 = new Lazy<>(() -> build(S3Client.builder().forcePathStyle(onePort), controlPlane));
        this.iam = new Lazy<>(() -> build(IamClient.builder(), controlPlane));
        this.quotas = new Lazy<>(() -> build(ServiceQuotasClient.builder(), controlPlane));
        this.autoScaling = new Lazy<>(() -> build(ApplicationAutoScalingClient.builder(), controlPlane));
        this.cloudWatch = new Lazy<>(() -> build(CloudWatchClient.builder(), controlPlane));
        this.pricing = new Lazy<>(() -> build(PricingClient.builder(), controlPlane, priceListRegion(region)));
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

    S3Client s3() {
        return s3.get();
    }

    /** IAM is one for all Regions of a partition; its endpoint rules find it from any of them. */
    IamClient iam() {
        return iam.get();
    }

    ServiceQuotasClient quotas() {
        return quotas.get();
    }

    ApplicationAutoScalingClient autoScaling() {
        return autoScaling.get();
    }

    CloudWatchClient cloudWatch() {
        return cloudWatch.get();
    }

    /** The prices of every Region are the same wherever they are asked for. */
    PricingClient pricing() {
        return pricing.get();
    }

    /**
     * The Price List API has endpoints in three Regions (AWS docs). The one on the same continent is taken: organisations that keep
     * their accounts to some Regions seldom allow one far away.
     */
    private static Region priceListRegion(String region) {
        if (region.startsWith("eu-")) {
            return Region.EU_CENTRAL_1;
        }
        return region.startsWith("ap-") ? Region.AP_SOUTH_1 : Region.US_EAST_1;
    }

    private <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C build(
            B builder, Duration timeout) {
        return build(builder, timeout, region);
    }

    private <C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C build(
            B builder, Duration timeout, Region region) {
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
