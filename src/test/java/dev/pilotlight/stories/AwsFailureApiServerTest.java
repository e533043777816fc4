package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.simulator.sagemaker.HostingSettings;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS refuses, stumbles, forgets and keeps silent; the endpoint comes up all the same, once, and says what it waits for. */
@RealApiServer
class AwsFailureApiServerTest {
    private static final String NAME = "sentiment";
    private static final Scope HERE = new Scope(Tenant.ACCOUNT, "us-east-1");

    @Test
    void throttlingOfTenMinutesIsWaitedOutAndNobodyIsAsked(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = withIdentity(world, "throttled");
            always(world, "sagemaker.*", Fault.Refuse.throttled());
            team.applyEndpoint(NAME);
            for (int minute = 0; minute < 10; minute++) {
                world.advanceBy(Duration.ofMinutes(1));
                assertThat(team.reason(NAME, "Reconciling")).isEqualTo("Throttled");
                assertThat(team.condition(NAME, "Stalled")).isEmpty();
            }
            assertThat(world.calls().values().stream().mapToLong(n -> n).sum())
                    .as("calls in ten minutes of throttling")
                    .isLessThan(60);

            world.simulator().faults().clear();
            world.advanceUntil("ready", () -> team.isReady(NAME));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fault of its own", "dropped connection"})
    void anAwsThatIsDownForTenMinutesIsWaitedOut(String how, KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = withIdentity(world, "down");
            Fault fault = how.startsWith("dropped")
                    ? new Fault.DropBefore()
                    : new Fault.Refuse(500, "InternalFailure", "An internal failure occurred.");
            always(world, "sagemaker.*", fault);
            team.applyEndpoint(NAME);
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(team.reason(NAME, "Reconciling")).isEqualTo("AWSUnavailable");

            world.simulator().faults().clear();
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.inAws()).hasSize(3);
        }
    }

    @Test
    void aServingEndpointStaysReadyWhileAwsIsDown(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "blackout").serving(NAME);
            String version = version(world, team);
            always(world, "*.*", new Fault.DropBefore());
            world.advanceBy(Duration.ofMinutes(30));
            assertThat(team.isReady(NAME)).isTrue();
            assertThat(version(world, team)).as("nothing was written").isEqualTo(version);
        }
    }

    @Test
    void aNetworkThatDropsEveryThirdCallMakesNothingTwice(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = withIdentity(world, "flaky");
            world.simulator().faults().sometimes(0.3, FaultPlan.named("*.*"), new Fault.LoseAnswer());
            team.applyEndpoint(NAME);
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.inAws()).hasSize(3);
            team.deleteEndpoint(NAME);
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void theAnswerOfEveryCallThatChangesAwsIsLostOnceAndNothingIsMadeTwiceOrLeftBehind(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = withIdentity(world, "lost");
            List<String> mutating = List.of(
                    "CreateModel",
                    "CreateEndpointConfig",
                    "CreateEndpoint",
                    "UpdateEndpoint",
                    "UpdateEndpointWeightsAndCapacities",
                    "AddTags",
                    "DeleteTags",
                    "DeleteEndpoint",
                    "DeleteEndpointConfig",
                    "DeleteModel");
            mutating.forEach(
                    operation -> world.simulator().faults().next("sagemaker." + operation, new Fault.LoseAnswer()));

            team.applyEndpoint(NAME);
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.inAws()).hasSize(3);
            team.editEndpoint(NAME, "{\"spec\":{\"tags\":[{\"key\":\"team\",\"value\":\"nlp\"}]}}");
            world.advanceUntil(
                    "tagged",
                    () -> team.status(NAME).orElseThrow().appliedTagKeys().contains("team"));
            team.editEndpoint(NAME, "{\"spec\":{\"tags\":null}}");
            world.advanceUntil(
                    "untagged",
                    () -> team.status(NAME).orElseThrow().appliedTagKeys().isEmpty());
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":30}}}");
            world.advanceUntil("scaled", () -> isScaledTo(team, 30));
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.advanceUntil("changed", () -> team.isReady(NAME) && noPreviewIsLeft(team));
            assertThat(team.endpointsInAws()).hasSize(1);
            assertThat(succeeded(world, "UpdateEndpoint")).isEqualTo(1);
            team.deleteEndpoint(NAME);
            world.advanceUntil("gone", () -> !team.exists(NAME));

            assertThat(team.inAws()).isEmpty();
            assertThat(world.simulator().faults().pending())
                    .as("answers that were never lost")
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CreateModel", "CreateEndpointConfig", "CreateEndpoint", "ListEndpoints", "DescribeEndpoint"})
    void aPermissionThatIsMissingIsNamedAndWaitedForAndNothingIsLostWhenItComes(String operation, KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = withIdentity(world, "denied");
            team.forbid("sagemaker:" + operation);
            team.applyEndpoint(NAME);

            world.advanceBy(Duration.ofSeconds(110));
            assertThat(team.reason(NAME, "Reconciling")).isEqualTo("AccessDenied");
            assertThat(team.condition(NAME, "Ready").orElseThrow().message())
                    .contains("sagemaker:" + operation, team.identity());
            world.advanceBy(Duration.ofSeconds(20));
            assertThat(team.reason(NAME, "Stalled")).isEqualTo("AccessDenied");

            team.trustEverybody();
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.inAws()).hasSize(3);
        }
    }

    @Test
    void aPermissionThatStaysMissingCostsFewCallsAndHardlyAWrite(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = withIdentity(world, "patient");
            team.forbid("sagemaker:CreateModel");
            team.applyEndpoint(NAME);
            world.advanceBy(Duration.ofMinutes(10));
            world.forgetCalls();
            String version = version(world, team);

            world.advanceBy(Duration.ofHours(1));

            assertThat(version(world, team)).as("nothing was written").isEqualTo(version);
            assertThat(world.calls().get("sagemaker:CreateModel"))
                    .as("tries in an hour")
                    .isBetween(10L, 16L);
        }
    }

    @Test
    void anUpdateThatIsDeniedLeavesTheOldRevisionServing(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "noupdate").serving(NAME);
            String before = team.status(NAME).orElseThrow().revision().deployed();
            team.forbid("sagemaker:UpdateEndpoint");
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.advanceUntil("a person is asked", () -> team.isTrue(NAME, "Stalled", "AccessDenied"));
            assertThat(team.isTrue(NAME, "Available")).isTrue();
            assertThat(team.status(NAME).orElseThrow().revision().deployed()).isEqualTo(before);

            team.trustEverybody();
            world.advanceUntil("ready", () -> team.isReady(NAME) && noPreviewIsLeft(team));
            assertThat(team.endpointsInAws()).hasSize(1);
        }
    }

    @Test
    void aDeniedChangeOfCapacityAloneLeavesTheEndpointReady(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "noscaling").serving(NAME);
            team.forbid("sagemaker:UpdateEndpointWeightsAndCapacities");
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":30}}}");
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(team.isReady(NAME)).isTrue();
            assertThat(team.condition(NAME, "Scaling").orElseThrow().reason()).isEqualTo("CapacityChangeFailed");

            team.trustEverybody();
            world.advanceUntil("scaled", () -> isScaledTo(team, 30));
        }
    }

    @Test
    void aUsedUpQuotaIsWaitedForUntilTheProgressDeadline(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = withIdentity(world, "quota");
            world.simulator().limits().set(HERE, new HostingLimits.Limits(0, 1000, 6144));
            team.applyEndpoint(NAME, "{preflight: 'Off', rollout: {progressDeadlineSeconds: 900}}");

            world.advanceBy(Duration.ofSeconds(880));
            assertThat(team.reason(NAME, "Reconciling")).isEqualTo("QuotaExceeded");
            assertThat(team.condition(NAME, "Ready").orElseThrow().message())
                    .contains("Maximum number of serverless endpoints");
            world.advanceBy(Duration.ofSeconds(40));
            assertThat(team.reason(NAME, "Stalled")).isEqualTo("QuotaExceeded");

            world.simulator().limits().set(HERE, HostingLimits.Limits.DOCUMENTED);
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.inAws()).hasSize(3);
        }
    }

    @Test
    void anImageThatIsPushedLateIsFoundByItself(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = withIdentity(world, "image");
            team.applyEndpoint(NAME, "model: {image: '%s/sentiment:9.9.9'}".formatted(Tenant.REGISTRY));
            world.advanceBy(Duration.ofSeconds(110));
            assertThat(team.reason(NAME, "Reconciling")).isEqualTo("PreflightFailed");
            world.advanceBy(Duration.ofSeconds(20));
            assertThat(team.reason(NAME, "Stalled")).isEqualTo("PreflightFailed");
            assertThat(team.condition(NAME, "Stalled").orElseThrow().message())
                    .contains("ImageNotFound", "sentiment:9.9.9", "spec.model.image");

            team.pushImage("9.9.9");
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.status(NAME).orElseThrow().resolvedImage()).contains("@sha256:");
        }
    }

    @Test
    void readsThatComeLateNeitherMakeThingsTwiceNorCountAsLoss(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.simulator(simulator -> simulator.hosting(HostingSettings.defaults()
                        .withDurations(HostingSettings.StateDurations.NONE)
                        .withConsistency(new HostingSettings.Consistency(2, Duration.ofSeconds(3))))))) {
            Tenant team = Tenant.in(world, "late").serving(NAME);
            assertThat(team.inAws()).hasSize(3);
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.advanceUntil("changed", () -> team.isReady(NAME) && noPreviewIsLeft(team));
            assertThat(team.endpointsInAws()).hasSize(1);
            assertThat(succeeded(world, "UpdateEndpoint")).isEqualTo(1);
            team.deleteEndpoint(NAME);
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void ourOwnRateLimitIsNobodysConcern(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = withIdentity(world, "many");
            List<String> names = IntStream.range(0, 25).mapToObj(i -> "e" + i).toList();
            names.forEach(team::applyEndpoint);
            world.advanceUntil("all ready", () -> names.stream().allMatch(team::isReady));

            long statusWrites = api.writes(team.namespace()).stream()
                    .filter(write -> write.subresource().equals("status"))
                    .count();
            assertThat(statusWrites).as("status writes of 25 endpoints").isLessThanOrEqualTo(4 * 25);
            assertThat(world.calls().keySet()).doesNotContain("sagemaker:DeleteEndpoint");
        }
    }

    private static Tenant withIdentity(World world, String prefix) {
        Tenant team = Tenant.in(world, prefix);
        team.applyIdentity();
        world.settle();
        return team;
    }

    private static void always(World world, String operation, Fault fault) {
        world.simulator().faults().sometimes(1, FaultPlan.named(operation), fault);
    }

    private static String version(World world, Tenant team) {
        return world.endpoint(team.namespace(), NAME).getMetadata().getResourceVersion();
    }

    private static boolean isScaledTo(Tenant team, int max) {
        return team.condition(NAME, "Scaling").isEmpty()
                && team.isReady(NAME)
                && team.status(NAME).orElseThrow().effective().maxConcurrency() == max;
    }

    private static boolean noPreviewIsLeft(Tenant team) {
        return team.status(NAME).orElseThrow().revisions().stream()
                .allMatch(record -> record.previewEndpointConfigName() == null);
    }

    private static long succeeded(World world, String operation) {
        Map<String, Long> outcomes =
                world.simulator().calls().byOutcome().getOrDefault("sagemaker." + operation, Map.of());
        return outcomes.getOrDefault("ok", 0L) + outcomes.getOrDefault("connection dropped", 0L);
    }
}
