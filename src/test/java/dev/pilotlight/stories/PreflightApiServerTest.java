package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.api.v1alpha1.RegionUsage;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.testing.EndpointManifest;
import dev.pilotlight.testing.HandMade;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything that can be known before AWS is changed is known before AWS is changed, all of it at once. */
@RealApiServer
class PreflightApiServerTest {
    private static final String NAME = "sentiment";
    private static final Scope HERE = new Scope(Tenant.ACCOUNT, "us-east-1");
    private static final String NOBODYS_ROLE = "arn:aws:iam::111122223333:role/sagemaker/nobodys";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static EndpointManifest broken(Team team) {
        return team.manifest(NAME)
                .imageTag("not-pushed")
                .modelData("s3://ml-prod-models/sentiment/none/model.tar.gz")
                .executionRole(NOBODYS_ROLE);
    }

    @Test
    void allFindingsAreSaidAtOnceAndNothingIsCreated(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);

            TeamEndpoint endpoint = team.apply(broken(team));
            endpoint.awaitReason("PreflightPassed", "PreflightFailed");

            assertThat(endpoint.message("PreflightPassed"))
                    .contains("[ImageNotFound]", "[ModelDataNotFound]", "[ExecutionRoleNotFound]")
                    .contains("not-pushed", "s3://ml-prod-models/sentiment/none/model.tar.gz", NOBODYS_ROLE);
            assertThat(endpoint.says("Ready")).isEqualTo("False PreflightFailed");
            assertThat(endpoint.says("Reconciling")).isEqualTo("True PreflightFailed");
            world.advanceBy(Duration.ofMinutes(3));
            assertThat(endpoint.says("Stalled")).isEqualTo("True PreflightFailed");
            assertThat(world.mutations()).isEmpty();
            assertThat(endpoint.eventReasons().stream().filter("PreflightFailed"::equals))
                    .as("events about the same findings")
                    .hasSize(1);
        }
    }

    @Test
    void whatComesLateIsFoundByItself(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.apply(team.manifest(NAME).imageTag("late"));
            world.advanceBy(Duration.ofMinutes(4));
            assertThat(endpoint.says("Stalled")).isEqualTo("True PreflightFailed");

            world.console().push("late");
            endpoint.awaitReady();

            assertThat(endpoint.says("PreflightPassed")).isEqualTo("True Succeeded");
            assertThat(endpoint.status().resolvedImage()).contains("@sha256:");
        }
    }

    @Test
    void warnSaysItAndGoesOn(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            archived(world, "old");

            TeamEndpoint endpoint =
                    team.serving(team.manifest(NAME).imageTag("old").preflight("Warn"));

            assertThat(endpoint.says("PreflightPassed")).isEqualTo("False PreflightFailed");
            assertThat(endpoint.message("PreflightPassed")).contains("[ImageArchived]", "spec.preflight is Warn");
        }
    }

    @Test
    void enforceStallsAtOnceOnWhatCannotPass(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            archived(world, "old");

            TeamEndpoint endpoint = team.apply(team.manifest(NAME).imageTag("old"));
            endpoint.awaitReason("Stalled", "PreflightFailed");

            assertThat(world.now()).isBefore(World.START.plus(Duration.ofSeconds(30)));
            assertThat(world.mutations()).isEmpty();
            endpoint.change(manifest -> manifest.imageTag("1.4.0"));
            endpoint.awaitReady();
            assertThat(endpoint.says("Stalled")).isEqualTo("absent");
        }
    }

    @Test
    void anImageForAnotherPlatformIsRefusedThoughItIsASingleOne(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            image(world, "from-a-laptop", "\"platform\": \"linux/arm64\"");

            TeamEndpoint endpoint = team.apply(team.manifest(NAME).imageTag("from-a-laptop"));
            endpoint.awaitReason("Stalled", "PreflightFailed");

            assertThat(endpoint.message("PreflightPassed"))
                    .contains("[ImagePlatform]", "is for linux/arm64 only", "--platform linux/amd64");
            assertThat(world.mutations()).isEmpty();
        }
    }

    @Test
    void endpointsThatOthersMadeCountAgainstTheQuota(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.brisk()
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(5, 30, 6144))))) {
            Team team = Team.in(world);
            team.serving(team.manifest("first").maxConcurrency(2));
            world.console().make("somebody-elses", HandMade.asInTheManifest().maxConcurrency(20));
            world.advanceBy(Duration.ofMinutes(70)); // the slow tier has looked at it by then
            world.forgetCalls();
            world.advanceBy(Duration.ofHours(3));
            assertThat(world.requests())
                    .filteredOn(call -> call.operation().equals("sagemaker:DescribeEndpoint"))
                    .as("a stranger that does not change is looked at once")
                    .isEmpty();

            TeamEndpoint endpoint = team.apply(team.manifest(NAME).maxConcurrency(9));
            endpoint.awaitReason("Ready", "PreflightFailed");

            assertThat(endpoint.message("Ready"))
                    .contains(
                            "[ConcurrencyQuota]",
                            "22 in use (20 of them by endpoints outside of this cluster)",
                            "of 30");
            assertThat(world.mutations()).isEmpty();
            world.console().deleteEndpoint("somebody-elses");
            endpoint.awaitReady();
        }
    }

    @Test
    void offAsksOnlyWhatTheTagMeans(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);

            TeamEndpoint endpoint = team.serving(team.manifest(NAME).preflight("Off"));

            assertThat(endpoint.says("PreflightPassed")).isEqualTo("absent");
            assertThat(endpoint.status().resolvedImage()).contains("@sha256:");
            assertThat(world.calls()).containsEntry("ecr:DescribeImages", 1L);
            assertThat(world.calls().keySet())
                    .doesNotContain(
                            "ecr:BatchGetImage", "s3:GetObject", "iam:GetRole", "servicequotas:GetServiceQuota");
        }
    }

    @Test
    void aBadRevisionIsHeldBackWhileTheGoodOneServes(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest(NAME));
            String good = endpoint.deployed();
            world.forgetCalls();

            endpoint.change(manifest -> manifest.imageTag("not-pushed"));
            endpoint.awaitReason("Ready", "PreflightFailed");

            assertThat(endpoint.says("Available")).isEqualTo("True Serving");
            assertThat(endpoint.deployed()).isEqualTo(good);
            assertThat(world.mutations()).isEmpty();
            endpoint.changeAndAwait(manifest -> manifest.imageTag("1.4.0"));
            assertThat(world.mutations()).isEmpty();
        }
    }

    @Test
    void aCheckThatNobodyMayMakeIsShownAndHoldsNothingBack(KubeApi api) {
        try (World world =
                World.start(api, setup -> setup.brisk().simulator(simulator -> simulator.enforcePolicies(true)))) {
            Tenant team = Tenant.in(world, "unread");
            team.permitOnly("sagemaker:*", "iam:PassRole");
            team.applyIdentity();
            team.applyEndpoint(NAME);

            world.advanceUntil("ready", () -> team.isReady(NAME));

            assertThat(team.condition(NAME, "PreflightPassed").orElseThrow()).satisfies(passed -> {
                assertThat(passed.status()).isEqualTo("True");
                assertThat(passed.reason()).isEqualTo("PassedWithFindings");
                assertThat(passed.message())
                        .contains(
                                "[ImageNotChecked]",
                                "[ModelDataNotChecked]",
                                "[ExecutionRoleNotChecked]",
                                "[QuotasNotChecked]");
            });
        }
    }

    @Test
    void thePreviewCountsAgainstTheQuotaToo(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest(NAME).maxConcurrency(10));
            world.simulator().limits().set(HERE, new HostingLimits.Limits(1, 10, 6144));
            world.advanceBy(Duration.ofHours(2)); // what was known of the quotas is out of date by then
            world.forgetCalls();

            endpoint.change(manifest -> manifest.memory(3072));
            endpoint.awaitReason("Ready", "PreflightFailed");
            assertThat(endpoint.message("Ready"))
                    .contains("[EndpointsQuota]", "[ConcurrencyQuota]", "10 in use", "preview", "InPlace");
            assertThat(endpoint.says("Reconciling")).isEqualTo("True PreflightFailed");
            assertThat(endpoint.says("Available")).isEqualTo("True Serving");
            assertThat(world.mutations()).isEmpty();

            endpoint.changeAndAwait(EndpointManifest::inPlace);
            assertThat(world.mutations()).contains("sagemaker:UpdateEndpoint");
        }
    }

    @Test
    void quotaThatIsRaisedLetsTheRolloutGoOn(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.brisk()
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(5, 10, 6144))))) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.apply(team.manifest(NAME).maxConcurrency(11));
            endpoint.awaitReason("Ready", "PreflightFailed");
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(endpoint.says("Reconciling")).isEqualTo("True PreflightFailed");

            world.simulator().limits().set(HERE, new HostingLimits.Limits(5, 11, 6144));
            endpoint.awaitReady();
        }
    }

    @Test
    void moreConcurrencyThanThereIsShowsInScalingAlone(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.brisk()
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(5, 30, 6144))))) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest(NAME).maxConcurrency(20));
            world.forgetCalls();

            endpoint.change(manifest -> manifest.maxConcurrency(31));
            endpoint.awaitReason("Scaling", "QuotaExceeded");
            assertThat(endpoint.says("Scaling")).isEqualTo("False QuotaExceeded");
            assertThat(endpoint.says("Ready")).isEqualTo("True Succeeded");
            assertThat(world.mutations()).isEmpty();

            endpoint.changeAndAwait(manifest -> manifest.maxConcurrency(30));
            endpoint.awaitAlso("scaled", () -> endpoint.status().effective().maxConcurrency() == 30);
        }
    }

    @Test
    void theLimitsOfAnIdentityAreEachNamespacesOwnAndCannotBeSwitchedOff(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team one = Team.in(world);
            Team other = Team.in(world);
            one.shareIdentityWith(other, "{\"endpoints\": 2, \"totalConcurrency\": 25}");
            TeamEndpoint first = one.serving(one.manifest("first").maxConcurrency(20));

            TeamEndpoint second =
                    one.apply(one.manifest("second").maxConcurrency(6).preflight("Off"));
            TeamEndpoint elsewhere =
                    other.apply(other.manifest("elsewhere", one.identity()).maxConcurrency(25));
            elsewhere.awaitReady();
            second.awaitReason("Ready", "PreflightFailed");
            assertThat(second.message("Ready")).contains("[TotalConcurrencyLimit]", "20 in use", "of 25");

            first.changeAndAwait(manifest -> manifest.maxConcurrency(19));
            second.awaitReady();
        }
    }

    @Test
    void anIdentityShowsWhatOthersTakeOfTheQuotasToo(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.brisk()
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(5, 60, 6144))))) {
            Team team = Team.in(world);
            team.serving(team.manifest("mine").maxConcurrency(20));
            Team neighbour = Team.in(world);
            neighbour.serving(neighbour.manifest("theirs").maxConcurrency(5));
            world.console().make("somebody-elses", HandMade.asInTheManifest().maxConcurrency(7));
            world.advanceBy(Duration.ofMinutes(80)); // the slow tier has looked at it by then

            RegionUsage shown = new RegionUsage("us-east-1", 1, 20, 0, 5, 60, 3, 32, 1, 7);
            assertThat(world.identity(team.identity()).getStatus().usage()).containsExactly(shown);
            String version = world.identity(team.identity()).getMetadata().getResourceVersion();

            world.restartOperator();
            world.advanceBy(Duration.ofHours(2));
            assertThat(world.identity(team.identity()).getMetadata().getResourceVersion())
                    .as("what was known is not forgotten until it is known again")
                    .isEqualTo(version);

            world.console().deleteEndpoint("somebody-elses");
            world.advanceBy(Duration.ofMinutes(20));
            assertThat(world.identity(team.identity()).getStatus().usage())
                    .containsExactly(new RegionUsage("us-east-1", 1, 20, 0, 5, 60, 2, 25, 0, 0));
        }
    }

    @Test
    void anIdentityShowsWhatIsUsedAgainstTheQuotas(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.brisk()
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(5, 60, 6144))))) {
            Team team = Team.in(world);
            team.serving(team.manifest("a").maxConcurrency(20));
            team.serving(team.manifest("b").maxConcurrency(5));
            world.advanceBy(Duration.ofMinutes(1));

            assertThat(world.identity(team.identity()).getStatus().usage())
                    .containsExactly(new RegionUsage("us-east-1", 2, 25, 0, 5, 60, 2, 25, 0, 0));
            String version = world.identity(team.identity()).getMetadata().getResourceVersion();

            world.restartOperator();
            world.advanceBy(Duration.ofHours(3));

            assertThat(world.identity(team.identity()).getMetadata().getResourceVersion())
                    .as("nothing is written while nothing changes")
                    .isEqualTo(version);
        }
    }

    @Test
    void ofTwoThatDoNotFitTogetherOneIsServed(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.brisk()
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(5, 30, 6144))))) {
            Team team = Team.in(world);
            List<TeamEndpoint> both = List.of(
                    team.apply(team.manifest("a").maxConcurrency(20)),
                    team.apply(team.manifest("b").maxConcurrency(20)));

            world.advanceUntil(
                    "one serves and the other waits",
                    () -> both.stream().anyMatch(endpoint -> endpoint.is("Ready", "True"))
                            && both.stream()
                                    .anyMatch(endpoint -> endpoint.says("Ready").equals("False PreflightFailed")));
        }
    }

    @Test
    void anEndpointAtRestIsNotLookedAtAnyMore(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            team.serving(team.manifest(NAME));
            assertThat(world.calls())
                    .containsEntry("ecr:DescribeImages", 1L)
                    .containsEntry("ecr:GetDownloadUrlForLayer", 1L)
                    .containsEntry("s3:GetObject", 2L)
                    .containsEntry("iam:GetRole", 1L)
                    .containsEntry("servicequotas:GetServiceQuota", 2L);
            world.forgetCalls();

            world.advanceBy(Duration.ofHours(3));
            world.restartOperator();
            world.advanceBy(Duration.ofHours(1));

            assertThat(world.calls().keySet()).noneMatch(operation -> operation.matches("(s3|iam|servicequotas):.*"));
            assertThat(world.calls()).doesNotContainKey("ecr:GetDownloadUrlForLayer");
            assertThat(world.calls().getOrDefault("ecr:DescribeImages", 0L))
                    .as("looks for a moved tag, one an hour")
                    .isLessThanOrEqualTo(5);
        }
    }

    @Test
    void aRestartWhileItWaitsChangesNothing(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.apply(team.manifest(NAME).imageTag("late"));
            world.advanceBy(Duration.ofMinutes(1));
            String version = endpoint.object().getMetadata().getResourceVersion();

            world.restartOperator();
            world.advanceBy(Duration.ofSeconds(30));
            assertThat(endpoint.object().getMetadata().getResourceVersion()).isEqualTo(version);

            world.console().push("late");
            endpoint.awaitReady();
        }
    }

    /** Pushes an image that has gone to ECR's archive. */
    private static void archived(World world, String tag) {
        image(world, tag, "\"imageStatus\": \"ARCHIVED\"");
    }

    private static void image(World world, String tag, String as) {
        try {
            world.simulator().seeds().from(JSON.readTree("""
                    {"account": "111122223333", "region": "us-east-1", "images": [
                     {"repository": "sentiment", "tags": ["%s"], "sizeInBytes": 2000, %s}]}""".formatted(tag, as)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
