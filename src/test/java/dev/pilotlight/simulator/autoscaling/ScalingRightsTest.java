package dev.pilotlight.simulator.autoscaling;

import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.DIMENSION;
import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.ID;
import static dev.pilotlight.simulator.autoscaling.ScaledEndpoint.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What a role must be allowed before auto scaling works for it, by AWS's page of prerequisites. */
class ScalingRightsTest {
    private static final List<String> REGISTERING = List.of(
            "application-autoscaling:RegisterScalableTarget",
            "sagemaker:DescribeEndpoint",
            "sagemaker:DescribeEndpointConfig",
            "sagemaker:UpdateEndpointWeightsAndCapacities",
            "iam:CreateServiceLinkedRole");
    private static final List<String> TRACKING = List.of(
            "application-autoscaling:PutScalingPolicy", "cloudwatch:PutMetricAlarm", "cloudwatch:DescribeAlarms");

    private final ScaledEndpoint endpoint = new ScaledEndpoint(settings -> settings.enforcePolicies(true));
    private final List<SdkClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(SdkClient::close);
        endpoint.close();
    }

    private <C extends SdkClient, B extends AwsClientBuilder<B, C>> C as(List<String> actions, B builder) {
        String allowed = actions.stream().map(action -> "\"" + action + "\"").collect(Collectors.joining(","));
        endpoint.aws.seed("""
                {"roles":[{"arn":"arn:aws:iam::111122223333:role/scaler",
                "trust":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]},
                "policies":{"p":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[%s],"Resource":"*"}]}}}]}""".formatted(allowed));
        Credentials issued = endpoint.aws
                .client(StsClient.builder())
                .assumeRole(
                        r -> r.roleArn("arn:aws:iam::111122223333:role/scaler").roleSessionName("scaler"))
                .credentials();
        C client = builder.endpointOverride(endpoint.aws.simulator().endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken())))
                .build();
        clients.add(client);
        return client;
    }

    private static List<String> without(List<String> actions, String action) {
        return actions.stream().filter(one -> !one.equals(action)).toList();
    }

    private static void register(ApplicationAutoScalingClient client) {
        client.registerScalableTarget(request -> request.serviceNamespace("sagemaker")
                .resourceId(ID)
                .scalableDimension(DIMENSION)
                .minCapacity(1)
                .maxCapacity(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application-autoscaling:RegisterScalableTarget",
                "sagemaker:DescribeEndpoint",
                "sagemaker:DescribeEndpointConfig",
                "sagemaker:UpdateEndpointWeightsAndCapacities",
                "iam:CreateServiceLinkedRole"
            })
    void registeringNeeds(String action) {
        ApplicationAutoScalingClient may = as(without(REGISTERING, action), ApplicationAutoScalingClient.builder());

        assertThatThrownBy(() -> register(may))
                .isInstanceOf(AwsServiceException.class)
                .hasMessageContaining("is not authorized to perform: " + action);
    }

    @Test
    void theServiceLinkedRoleIsMadeOnce() {
        register(as(REGISTERING, ApplicationAutoScalingClient.builder()));
        register(as(without(REGISTERING, "iam:CreateServiceLinkedRole"), ApplicationAutoScalingClient.builder()));

        assertThat(endpoint.aws.simulator().calls().of("application-autoscaling.RegisterScalableTarget"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application-autoscaling:PutScalingPolicy",
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:DescribeAlarms"
            })
    void trackingNeeds(String action) {
        endpoint.register(1, 4);
        ApplicationAutoScalingClient may = as(without(TRACKING, action), ApplicationAutoScalingClient.builder());

        assertThatThrownBy(() -> may.putScalingPolicy(request -> request.serviceNamespace("sagemaker")
                        .resourceId(ID)
                        .scalableDimension(DIMENSION)
                        .policyName("p")
                        .policyType("TargetTrackingScaling")))
                .isInstanceOf(AwsServiceException.class)
                .hasMessageContaining("is not authorized to perform: " + action);
    }

    @Test
    void whoMayNotDeregisterCannotDeleteAScaledEndpoint() {
        endpoint.register(1, 4);
        SageMakerClient may = as(List.of("sagemaker:DeleteEndpoint"), SageMakerClient.builder());

        assertThatThrownBy(() -> may.deleteEndpoint(request -> request.endpointName(NAME)))
                .hasMessageContaining("An Application AutoScaling scalable target exists for a variant being deleted");

        as(
                        List.of("sagemaker:DeleteEndpoint", "application-autoscaling:DeregisterScalableTarget"),
                        SageMakerClient.builder())
                .deleteEndpoint(request -> request.endpointName(NAME));
    }

    @Test
    void readingNeedsItsOwnActions() {
        assertThatThrownBy(() ->
                        as(List.of("s3:GetObject"), CloudWatchClient.builder()).listMetrics())
                .hasMessageContaining("cloudwatch:ListMetrics");
        assertThatThrownBy(() -> as(List.of("s3:GetObject"), PricingClient.builder())
                        .getProducts(request -> request.serviceCode("AmazonSageMaker")))
                .hasMessageContaining("pricing:GetProducts");
        assertThatThrownBy(() -> as(List.of("s3:GetObject"), ApplicationAutoScalingClient.builder())
                        .describeScalingActivities(request -> request.serviceNamespace("sagemaker")))
                .hasMessageContaining("application-autoscaling:DescribeScalingActivities");
    }
}
