package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.World;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The policies in deploy/iam allow what the operator does, hold nothing it does not, and are what it runs under here. */
@RealApiServer
class ShippedAwsPoliciesApiServerTest {
    private static final Path IAM = Path.of("deploy", "iam");
    private static final String OPERATOR = "pilotlight-operator";

    /** Permissions that AWS asks for beside the call that needs them. */
    private static final Set<String> IMPLIED = Set.of(
            "iam:PassRole",
            "s3:ListBucket",
            "iam:CreateServiceLinkedRole",
            "cloudwatch:PutMetricAlarm",
            "cloudwatch:DescribeAlarms",
            "cloudwatch:DeleteAlarms");

    private static final String PUT = "application-autoscaling:PutScheduledAction";

    private static final StaticCredentialsProvider ADMIN =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("111122223333", "not-checked"));

    @Test
    void theWholeLifeOfAnEndpointRunsUnderTheShippedPoliciesAndUsesAllOfThem(KubeApi api) throws IOException {
        try (World world = World.start(
                api, setup -> setup.withoutOperator().simulator(simulator -> simulator.enforcePolicies(true)))) {
            world.startOperatorAs(operatorCredentials(world));
            assertThat(api.kubectl("apply", "--server-side", "-k", "samples/quickstart")
                            .exitCode())
                    .isZero();
            world.advanceUntil("ready", () -> isReady(world));

            edit(world, "{\"spec\":{\"tags\":[{\"key\":\"team\",\"value\":\"nlp\"}]}}");
            world.advanceUntil("tagged", () -> status(world).appliedTagKeys().contains("team"));
            edit(world, "{\"spec\":{\"tags\":null}}");
            world.advanceUntil("untagged", () -> status(world).appliedTagKeys().isEmpty());

            edit(world, "{\"spec\":{\"serverless\":{\"maxConcurrency\":30}}}");
            world.advanceUntil("scaled", () -> status(world).effective().maxConcurrency() == 30);

            letAwsScale(world);

            world.simulator().seeds().from(new ObjectMapper().readTree("""
                    {"images": [{"repository": "sentiment", "tags": ["multi"], "sizeInBytes": 1000000,
                     "platforms": ["linux/amd64", "linux/arm64"]}]}"""));
            edit(
                    world,
                    "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072},\"model\":{\"image\":\"111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:multi\"}}}");
            world.advanceUntil(
                    "updated", () -> isReady(world) && status(world).effective().memorySizeInMB() == 3072);
            world.advanceBy(Duration.ofMinutes(70)); // the slow look at tags, config and model

            world.restartOperatorAs(operatorCredentials(world));
            edit(
                    world,
                    "{\"spec\":{\"serverless\":{\"memorySizeInMB\":2048,\"maxConcurrency\":20},\"model\":{\"image\":\"111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0\"}}}"); // meets its model
            // and config again
            world.advanceUntil(
                    "reverted",
                    () -> isReady(world) && status(world).effective().memorySizeInMB() == 2048);
            world.api()
                    .admin()
                    .resources(ServerlessEndpoint.class)
                    .inNamespace("ml-prod")
                    .withName("sentiment")
                    .delete();
            world.advanceUntil("gone", () -> world.endpoint("ml-prod", "sentiment") == null);

            Set<String> used = new TreeSet<>(world.calls().keySet());
            used.removeIf(operation -> operation.startsWith("sts:"));
            Set<String> allowed = actions(Files.readString(IAM.resolve("identity-permissions.json")));
            allowed.removeAll(IMPLIED);
            assertThat(used)
                    .as("actions the operator used, and those deploy/iam allows")
                    .isEqualTo(allowed);
        }
    }

    /** A policy that leaves the number to AWS, a rule and a window less, and the policy's end. */
    private static void letAwsScale(World world) {
        String window =
                "{\"name\":\"office\",\"timeZone\":\"UTC\",\"start\":\"0 20 * * *\",\"end\":\"0 21 * * *\",\"capacity\":4}";
        apply(world, "\"windows\":[" + window + "],\"targetTracking\":{\"min\":1,\"max\":10}");
        world.advanceUntil(
                "window scheduled",
                () -> world.mutations().stream().filter(PUT::equals).count() == 2);
        apply(world, "\"windows\":[]");
        world.advanceUntil(
                "rule and window gone",
                () -> world.calls().containsKey("application-autoscaling:DeleteScalingPolicy")
                        && world.calls().getOrDefault("application-autoscaling:DeleteScheduledAction", 0L) == 2);
        world.api()
                .admin()
                .resources(WarmPolicy.class)
                .inNamespace("ml-prod")
                .withName("auto")
                .delete();
        world.advanceUntil("let go", () -> status(world).scalableTarget() == null);
    }

    private static void apply(World world, String more) {
        String policy = """
                {"apiVersion": "pilotlight.dev/v1alpha1", "kind": "WarmPolicy", "metadata": {"name": "auto", "namespace": "ml-prod"},
                 "spec": {"targetRef": {"name": "sentiment"}, "executor": "ApplicationAutoScaling",
                  "provisionedConcurrency": {"baseline": 1, %s}}}""".formatted(more);
        world.api()
                .admin()
                .resource(Serialization.unmarshal(policy, WarmPolicy.class))
                .fieldManager("team")
                .forceConflicts()
                .serverSideApply();
    }

    /** Makes the roles as deploy/iam says, and assumes the operator's own as its pod would. */
    private static String operatorCredentials(World world) throws IOException {
        try (IamClient iam = IamClient.builder()
                        .endpointOverride(world.simulator().endpoint())
                        .region(Region.AWS_GLOBAL)
                        .credentialsProvider(ADMIN)
                        .build();
                StsClient sts = StsClient.builder()
                        .endpointOverride(world.simulator().endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(ADMIN)
                        .build()) {
            boolean known = iam.listRoles().roles().stream()
                    .anyMatch(role -> role.roleName().equals(OPERATOR));
            if (!known) {
                iam.createRole(role -> role.roleName(OPERATOR).assumeRolePolicyDocument("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                         "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}]}"""));
                String permissions = policy(world, "operator-permissions.json");
                iam.putRolePolicy(
                        put -> put.roleName(OPERATOR).policyName("shipped").policyDocument(permissions));
                String trust = policy(world, "identity-trust.json");
                iam.updateAssumeRolePolicy(update -> update.roleName("ml-prod").policyDocument(trust));
                String identity = policy(world, "identity-permissions.json");
                iam.putRolePolicy(
                        put -> put.roleName("ml-prod").policyName("shipped").policyDocument(identity));
            }
            return sts.assumeRole(request -> request.roleArn("arn:aws:iam::111122223333:role/" + OPERATOR)
                            .roleSessionName("pod"))
                    .credentials()
                    .accessKeyId();
        }
    }

    private static String policy(World world, String file) throws IOException {
        return Files.readString(IAM.resolve(file)).replace("CLUSTER_ID", world.clusterID());
    }

    private static Set<String> actions(String policy) throws IOException {
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement : new ObjectMapper().readTree(policy).path("Statement")) {
            JsonNode action = statement.path("Action");
            if (action.isArray()) {
                action.forEach(one -> actions.add(one.asText()));
            } else {
                actions.add(action.asText());
            }
        }
        return actions;
    }

    private static ServerlessEndpointStatus status(World world) {
        return world.endpoint("ml-prod", "sentiment").getStatus();
    }

    private static boolean isReady(World world) {
        ServerlessEndpoint endpoint = world.endpoint("ml-prod", "sentiment");
        return endpoint.getStatus() != null
                && World.condition(endpoint.getStatus().conditions(), "Ready")
                        .filter(ready -> ready.status().equals("True")
                                && ready.observedGeneration()
                                        .equals(endpoint.getMetadata().getGeneration()))
                        .isPresent();
    }

    private static void edit(World world, String mergePatch) {
        assertThat(world.api()
                        .kubectl("patch", "sep", "sentiment", "-n", "ml-prod", "--type=merge", "-p", mergePatch)
                        .exitCode())
                .isZero();
    }
}
