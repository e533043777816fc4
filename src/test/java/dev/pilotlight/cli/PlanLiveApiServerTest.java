package dev.pilotlight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.aws.AwsCallListener;
import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.aws.RateLimiter;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.plan.Action;
import dev.pilotlight.domain.plan.EndpointPlan;
import dev.pilotlight.domain.plan.Finding;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.domain.plan.PlannedStep;
import dev.pilotlight.operator.cost.BundledPrices;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.testing.HandMade;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.ManualScheduler;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pilotlight plan --live}: it tells what the operator then does, and does nothing itself. */
@RealApiServer
class PlanLiveApiServerTest {
    private static final String USUAL = "serverless: {memorySizeInMB: 2048, maxConcurrency: 20}";

    @TempDir
    Path folder;

    private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
    private boolean ownCredentials;

    @Test
    void whatServesAsWrittenIsNothingToDo(KubeApi api) throws IOException {
        try (World world = World.start(api, World.Setup::brisk)) {
            Tenant team = Tenant.in(world, "plan").serving("reviews");

            Plan plan = plan(world, file(team, "reviews", "1.4.0", USUAL), false);

            assertThat(plan.exitCode()).as(plan.toString()).isEqualTo(Plan.NOTHING);
            assertThat(plan.endpoints().getFirst().action()).isEqualTo(Action.NONE);
        }
    }

    @Test
    void theOperatorThenDoesWhatThePlanOfANewRevisionSaid(KubeApi api) throws IOException {
        try (World world = World.start(api, World.Setup::brisk)) {
            Tenant team = Tenant.in(world, "plan").serving("reviews");
            team.pushImage("1.5.0");
            String capacity = "serverless: {memorySizeInMB: 2048, maxConcurrency: 30, provisionedConcurrency: 2}";

            Plan plan = plan(world, file(team, "reviews", "1.5.0", capacity), false);

            EndpointPlan reviews = plan.endpoints().getFirst();
            assertThat(plan.exitCode()).as(plan.toString()).isEqualTo(Plan.CHANGES);
            assertThat(reviews.action()).isEqualTo(Action.ROLL_OUT);
            assertThat(reviews.costAfter().describe()).isEqualTo("52.56 USD");

            world.forgetCalls();
            team.editEndpoint("reviews", """
                    {"spec": {"model": {"image": "%s/sentiment:1.5.0"},
                              "serverless": {"maxConcurrency": 30, "provisionedConcurrency": 2}}}""".formatted(Tenant.REGISTRY));
            world.advanceUntil("the new revision serves and its preview is gone", () -> isReadyAndTidy(team));
            assertThat(mutations(reviews)).isEqualTo(world.mutations());
        }
    }

    private static boolean isReadyAndTidy(Tenant team) {
        return team.isReady("reviews")
                && team.inAws().stream().noneMatch(name -> name.contains("-pv-") || name.endsWith("-m1-p0"));
    }

    @Test
    void theOperatorThenDoesWhatThePlanOfAPruneSaid(KubeApi api) throws IOException {
        try (World world = World.start(api, World.Setup::brisk)) {
            Tenant team = Tenant.in(world, "plan").serving("reviews");
            team.applyEndpoint("gone");
            world.advanceUntil("both serve", () -> team.isReady("gone"));
            Path file = file(team, "reviews", "1.4.0", USUAL);

            assertThat(plan(world, file, false).notes())
                    .singleElement()
                    .asString()
                    .contains("/gone is no longer in");
            Plan plan = plan(world, file, true);

            EndpointPlan gone = plan.endpoints().getFirst();
            assertThat(gone.action()).isEqualTo(Action.DELETE);
            world.forgetCalls();
            team.deleteEndpoint("gone");
            world.advanceUntil("it is gone", () -> !team.exists("gone"));
            assertThat(mutations(gone)).isEqualTo(world.mutations());
        }
    }

    @Test
    void anImageThatDoesNotExistIsFoundOutBeforeItIsMerged(KubeApi api) throws IOException {
        try (World world = World.start(api, World.Setup::brisk)) {
            Tenant team = Tenant.in(world, "plan").serving("reviews");

            Plan plan = plan(world, file(team, "reviews", "no-such-tag", USUAL), false);

            assertThat(plan.exitCode()).isEqualTo(Plan.ERRORS);
            EndpointPlan reviews = plan.endpoints().getFirst();
            assertThat(reviews.obstacle().orElseThrow().reason()).isEqualTo("PreflightFailed");
            assertThat(reviews.findings())
                    .extracting(Finding::code, Finding::severity)
                    .contains(tuple("ImageNotFound", Finding.Severity.FAILS));
        }
    }

    @Test
    void anEndpointThatSomebodyDeletedWouldBeMadeAgain(KubeApi api) throws IOException {
        try (World world = World.start(api, World.Setup::brisk)) {
            Tenant team = Tenant.in(world, "plan").serving("reviews");
            world.stopOperator();
            world.console().deleteEndpoint(team.endpoint("reviews").getStatus().endpointName());

            Plan plan = plan(world, file(team, "reviews", "1.4.0", USUAL), false);

            assertThat(plan.endpoints().getFirst().action()).isEqualTo(Action.CREATE);
        }
    }

    @Test
    void anEndpointOfSomebodyElseIsPlannedToBeAdopted(KubeApi api) throws IOException {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            team.mayAdopt(team.namespace() + "-*");
            String name = team.namespace() + "-old";
            world.console().make(name, HandMade.asInTheManifest());
            world.advanceBy(Duration.ofMinutes(1));
            // The simulator writes down that an endpoint runs when it is first looked at.
            world.console().endpoint(name);
            String spec = USUAL + "\n  adoptionPolicy: Adopt\n  endpointName: " + name;

            Plan plan = plan(world, file(team.namespace(), team.identity(), "sentiment", "1.4.0", spec), false);

            assertThat(plan.exitCode()).as(plan.toString()).isEqualTo(Plan.CHANGES);
            assertThat(plan.endpoints().getFirst().steps())
                    .extracting(PlannedStep::call)
                    .containsExactly("AddTags");
        }
    }

    @Test
    void withOwnCredentialsNoRoleIsAssumed(KubeApi api) throws IOException {
        try (World world = World.start(api, World.Setup::brisk)) {
            Tenant team = Tenant.in(world, "plan").serving("reviews");
            team.trustNobody();
            ownCredentials = true;

            Plan plan = plan(world, file(team, "reviews", "1.4.0", USUAL), false);

            assertThat(plan.exitCode()).as(plan.toString()).isEqualTo(Plan.NOTHING);
            assertThat(calls).noneMatch(call -> call.operation().equals("sts:AssumeRole"));
        }
    }

    @Test
    void awsThatCannotBeReadIsAnErrorOfThatObjectAlone(KubeApi api) throws IOException {
        try (World world = World.start(api, World.Setup::brisk)) {
            Tenant team = Tenant.in(world, "plan").serving("reviews");
            team.trustNobody();

            Plan plan = plan(world, file(team, "reviews", "1.4.0", USUAL), false);

            assertThat(plan.exitCode()).isEqualTo(Plan.ERRORS);
            assertThat(plan.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).startsWith("AWS could not be read: "));
        }
    }

    @Test
    void whatTheSnapshotDoesNotPriceIsReadFromAwsPriceListWhereThatIsAllowed(KubeApi api) throws IOException {
        try (World world = World.start(api, World.Setup::brisk)) {
            Tenant team = Tenant.in(world, "plan").serving("reviews");
            Path file = file(
                    team,
                    "reviews",
                    "1.4.0",
                    "serverless: {memorySizeInMB: 2048, maxConcurrency: 20, provisionedConcurrency: 2}");

            assertThat(new PlanText().of(plan(world, file, false, PriceBook.empty())))
                    .contains(" USD a month")
                    .doesNotContain("unknown a month");
            assertThat(calls).anyMatch(call -> call.operation().equals("pricing:GetProducts"));

            world.simulator()
                    .faults()
                    .sometimes(
                            1,
                            FaultPlan.named("pricing.GetProducts"),
                            new Fault.Refuse(403, "AccessDeniedException", "not authorized"));
            Plan unpriced = plan(world, file, false, PriceBook.empty());
            assertThat(new PlanText().of(unpriced)).contains("unknown");
            assertThat(unpriced.problems()).isEmpty();
        }
    }

    // ---- the program

    /** Makes the plan, and holds it to changing neither AWS nor the cluster. */
    private Plan plan(World world, Path file, boolean prune) {
        return plan(world, file, prune, BundledPrices.read());
    }

    private Plan plan(World world, Path file, boolean prune, PriceBook snapshot) {
        calls.clear();
        AwsSettings aws = AwsSettings.defaults()
                .withEndpointOverride(world.simulator().endpoint())
                .withAccessKey("111122223333", "not-checked");
        ManualScheduler scheduler = new ManualScheduler(world.now());
        PlanManifests files = new PlanManifests(null, InputStream.nullInputStream());
        files.read(file.toString());
        Object before = world.simulator().state().read();

        Plan plan = new PlanLive(
                        world.api().admin(),
                        new SdkAwsSessions(
                                aws,
                                new RateLimiter(aws.rates(), scheduler.clock()),
                                CallBoundary.OPEN,
                                List.<AwsCallListener>of(calls::add)),
                        scheduler,
                        world.clusterID(),
                        ownCredentials,
                        snapshot)
                .plan(files, prune);

        assertThat(calls).isNotEmpty().noneMatch(AwsCall::mutating);
        assertThat(world.simulator().state().read()).isEqualTo(before);
        return plan;
    }

    private static List<String> mutations(EndpointPlan plan) {
        return plan.steps().stream()
                .filter(PlannedStep::mutating)
                .map(step -> "sagemaker:" + step.call())
                .toList();
    }

    private Path file(Tenant team, String name, String tag, String capacity) throws IOException {
        return file(team.namespace(), team.identity(), name, tag, capacity);
    }

    private Path file(String namespace, String identity, String name, String tag, String capacity) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                apiVersion: pilotlight.dev/v1alpha1
                kind: ServerlessEndpoint
                metadata: {name: "%s", namespace: "%s"}
                spec:
                  identityRef: {name: "%s"}
                  region: us-east-1
                  model:
                    image: %s/sentiment:%s
                    modelDataURL: s3://ml-prod-models/sentiment/1.4.0/model.tar.gz
                    executionRoleARN: arn:aws:iam::111122223333:role/sagemaker/sentiment
                  %s
                """.formatted(
                        name, namespace, identity, Tenant.REGISTRY, tag, capacity));
    }
}
