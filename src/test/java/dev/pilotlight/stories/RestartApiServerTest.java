package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.testing.Crash;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The operator dies before or after each single AWS call of a flow, and another one takes over. Every such story has to end as the
 * undisturbed one does: the same things in AWS, each made once, the same status.
 */
@RealApiServer
class RestartApiServerTest {
    private static final String NAME = "sentiment";
    private static final int MOST_CALLS = 100;

    /** What a user asks for, and how one sees that it is done. */
    enum Flow {
        CREATE(false) {
            @Override
            void ask(Tenant team) {
                team.applyIdentity();
                team.applyEndpoint(NAME, VALIDATED);
            }
        },
        CHANGE_OF_MEMORY(true) {
            @Override
            void ask(Tenant team) {
                team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            }
        },
        CHANGE_OF_CAPACITY(true) {
            @Override
            void ask(Tenant team) {
                team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":30}}}");
            }
        },
        PROVISIONED_FROM_NONE_AND_BACK(true) {
            @Override
            void ask(Tenant team) {
                team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"provisionedConcurrency\":2}}}");
            }

            @Override
            boolean next(Tenant team) {
                boolean first = team.status(NAME).orElseThrow().effective().provisionedConcurrency() != null;
                if (first) {
                    team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"provisionedConcurrency\":null}}}");
                }
                return first;
            }
        },
        DELETE(true) {
            @Override
            void ask(Tenant team) {
                team.deleteEndpoint(NAME);
            }

            @Override
            boolean done(Tenant team) {
                return !team.exists(NAME);
            }
        };

        private static final String VALIDATED = """
                rollout:
                  validation:
                    requests:
                      - {name: happy, contentType: application/json, body: '{"text": "good"}', expect: response.status == 200}""";

        private final boolean needsEndpoint;

        Flow(boolean needsEndpoint) {
            this.needsEndpoint = needsEndpoint;
        }

        abstract void ask(Tenant team);

        /** Asks for the second half of the flow, where there is one; the answer is whether there was. */
        boolean next(Tenant team) {
            return false;
        }

        boolean done(Tenant team) {
            return team.isReady(NAME)
                    && team.condition(NAME, "Scaling").isEmpty()
                    && isAsWanted(team)
                    && team.status(NAME).orElseThrow().revisions().stream()
                            .allMatch(record -> record.previewEndpointConfigName() == null);
        }

        private static boolean isAsWanted(Tenant team) {
            var wanted = team.endpoint(NAME).getSpec().serverless();
            var effective = team.status(NAME).orElseThrow().effective();
            return Objects.equals(effective.memorySizeInMB(), wanted.memorySizeInMB())
                    && Objects.equals(effective.maxConcurrency(), wanted.maxConcurrency())
                    && Objects.equals(effective.provisionedConcurrency(), wanted.provisionedConcurrency());
        }
    }

    /** How a story ended, under names that do not tell one team from another. */
    private record Ending(List<String> inAws, Map<String, Long> mutations, List<String> status) {}

    @ParameterizedTest
    @EnumSource(Flow.class)
    void aCrashBeforeOrAfterAnyCallChangesNothingOfTheOutcome(Flow flow, KubeApi api) {
        try (World world = Stories.quick(api)) {
            Ending undisturbed = live(world, flow, "calm", CallBoundary.OPEN);
            int experiments = 0;
            for (boolean before : List.of(true, false)) {
                boolean crashed = true;
                for (int call = 1; crashed; call++) {
                    assertThat(call).isLessThan(MOST_CALLS);
                    CrashAt crash = new CrashAt(call, before);
                    Ending ending = live(world, flow, "crash", crash);
                    crashed = crash.fired.get();
                    if (crashed) {
                        experiments++;
                        assertThat(ending)
                                .as(
                                        "%s, crash %s call %d, %s",
                                        flow, before ? "before" : "after", call, crash.operation)
                                .isEqualTo(undisturbed);
                    }
                }
            }
            System.out.println(flow + ": " + experiments + " crashes, undisturbed " + undisturbed.mutations());
            assertThat(experiments).isPositive();
        }
    }

    @Test
    void aRestartOfAQuietOperatorChangesNothingAnywhere(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "quiet").serving(NAME);
            String version = team.endpoint(NAME).getMetadata().getResourceVersion();
            world.forgetCalls();
            for (int i = 0; i < 3; i++) {
                world.restartOperator();
                world.settle();
            }
            assertThat(world.mutations()).isEmpty();
            assertThat(team.endpoint(NAME).getMetadata().getResourceVersion()).isEqualTo(version);
            assertThat(world.calls())
                    .as("the status says what was verified")
                    .doesNotContainKey("sagemaker:DescribeEndpoint");
        }
    }

    @Test
    void aRestartWhileAwsIsAwayLeavesAServingEndpointReady(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "offline").serving(NAME);
            String version = team.endpoint(NAME).getMetadata().getResourceVersion();
            world.simulator().faults().sometimes(1, FaultPlan.named("*.*"), new Fault.DropBefore());
            world.restartOperator();
            world.advanceBy(Duration.ofMinutes(20));
            assertThat(team.isReady(NAME)).isTrue();
            assertThat(team.identityReason("Ready")).isEqualTo("RoleAssumed");
            assertThat(team.endpoint(NAME).getMetadata().getResourceVersion())
                    .as("nothing was written")
                    .isEqualTo(version);

            world.simulator().faults().clear();
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.advanceUntil("changed", () -> team.isReady(NAME));
        }
    }

    @Test
    void whatWasAskedForWhileNobodyRanIsDoneAtTheNextStart(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "absent").serving(NAME);
            world.stopOperator();
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            team.applyEndpoint("other");
            world.startOperator();
            world.advanceUntil("both ready", () -> team.isReady(NAME) && team.isReady("other"));
            world.stopOperator();
            team.deleteEndpoint(NAME);
            team.deleteEndpoint("other");
            world.startOperator();
            world.advanceUntil("both gone", () -> !team.exists(NAME) && !team.exists("other"));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void aRevisionThatAnswersWronglyIsTakenBackAlsoByAnOperatorThatWasStartedMeanwhile(KubeApi api) {
        try (World world = Stories.quick(api)) {
            world.console().push("2.0.0-echo");
            Team team = Team.in(world);
            TeamEndpoint endpoint =
                    team.serving(team.manifest(NAME).inPlace().expecting("response.json.label == \"POSITIVE\""));
            String good = endpoint.deployed();
            endpoint.change(manifest -> manifest.imageTag("2.0.0-echo"));
            world.advanceUntil(
                    "the update was asked for", () -> world.mutations().contains("sagemaker:UpdateEndpoint"));
            world.restartOperator();
            endpoint.awaitStalled();

            assertThat(endpoint.says("Stalled")).isEqualTo("True ValidationFailed");
            assertThat(world.mutations().stream().filter("sagemaker:UpdateEndpoint"::equals))
                    .as("there and back")
                    .hasSize(2);
            assertThat(world.console()
                            .endpoint(endpoint.endpointName())
                            .path("EndpointConfigName")
                            .asText())
                    .contains(good);
        }
    }

    @Test
    void theHistoryIsTrimmedAlsoOfWhatAnEarlierOperatorMade(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "history");
            team.applyIdentity();
            team.applyEndpoint(NAME, "rollout: {strategy: InPlace, revisionHistoryLimit: 1}");
            world.advanceUntil("ready", () -> team.isReady(NAME));
            for (int memory : List.of(3072, 4096)) {
                world.restartOperator();
                team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":%d}}}".formatted(memory));
                world.advanceUntil("ready", () -> team.isReady(NAME));
            }
            world.advanceUntil(
                    "trimmed", () -> team.status(NAME).orElseThrow().revisions().size() == 2);
            assertThat(team.inAws()).as("one endpoint, two revisions").hasSize(5);
        }
    }

    /** One team's story with something at the edge of its calls; afterwards the team is gone, and AWS with it. */
    private static Ending live(World world, Flow flow, String prefix, CallBoundary edge) {
        Tenant team = Tenant.in(world, prefix);
        if (flow.needsEndpoint) {
            team.applyIdentity();
            team.applyEndpoint(NAME, Flow.VALIDATED);
            world.advanceUntil("ready", () -> team.isReady(NAME));
        }
        world.simulator().calls().reset();
        world.boundary(edge);
        flow.ask(team);
        world.advanceUntil(flow + " is done, " + edge, () -> flow.done(team));
        if (flow.next(team)) {
            world.advanceUntil(flow + " is done, " + edge, () -> flow.done(team));
        }
        world.boundary(CallBoundary.OPEN);
        Ending ending = ending(world, team);

        team.deleteEndpoint(NAME);
        team.deleteIdentity();
        world.advanceUntil("all gone", () -> !team.exists(NAME) && world.identity(team.identity()) == null);
        assertThat(team.inAws()).as("left in AWS by %s, %s", flow, edge).isEmpty();
        return ending;
    }

    private static Ending ending(World world, Tenant team) {
        Map<String, Long> mutations = new TreeMap<>();
        world.simulator().calls().byOutcome().forEach((api, outcomes) -> {
            boolean mutating = api.matches("sagemaker\\.(Create|Update|Delete|Add).*");
            if (mutating && outcomes.containsKey("ok")) {
                mutations.put(api, outcomes.get("ok"));
            }
        });
        List<String> status = new ArrayList<>();
        team.status(NAME).ifPresent(s -> status.addAll(facts(s)));
        return new Ending(team.anonymous(team.inAws()), mutations, team.anonymous(status));
    }

    private static List<String> facts(ServerlessEndpointStatus status) {
        List<String> facts = new ArrayList<>();
        status.conditions()
                .forEach(c -> facts.add(c.type() + "=" + c.status() + "/" + c.reason() + ": " + c.message()));
        facts.add(String.valueOf(status.revision()));
        facts.add(String.valueOf(status.effective()));
        facts.add(String.valueOf(status.revisions()));
        facts.add(String.valueOf(status.attempt()));
        return facts;
    }

    /** Ends the operator's process at the n-th call from now, once. */
    private static final class CrashAt implements CallBoundary {
        private final int call;
        private final boolean before;
        private final AtomicInteger seen = new AtomicInteger();
        private final AtomicBoolean fired = new AtomicBoolean();
        private volatile String operation = "none";

        CrashAt(int call, boolean before) {
            this.call = call;
            this.before = before;
        }

        @Override
        public void before(String operation) {
            if (before) {
                maybe(operation);
            }
        }

        @Override
        public void after(String operation) {
            if (!before) {
                maybe(operation);
            }
        }

        private void maybe(String name) {
            if (seen.incrementAndGet() == call) {
                operation = name;
                fired.set(true);
                throw new Crash(toString());
            }
        }

        @Override
        public String toString() {
            return "crash " + (before ? "before" : "after") + " call " + call + " " + operation;
        }
    }
}
