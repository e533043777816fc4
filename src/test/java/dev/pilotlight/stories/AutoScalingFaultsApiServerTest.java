package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.operator.OperatorSettings;
import dev.pilotlight.operator.PilotlightOperator;
import dev.pilotlight.operator.leader.LeaseSettings;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.testing.Crash;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.TeamPolicy;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;

/** What can go wrong between us and Application Auto Scaling: processes that end, answers that are lost, leaders that are none any more. */
@RealApiServer
class AutoScalingFaultsApiServerTest {
    private static final String NAMESPACE = "pilotlight-system";
    private static final String LEASE = "pilotlight-scaling";

    /** Long enough that the old leader does not find out by itself within the story. */
    private static final LeaseSettings SLOW =
            new LeaseSettings(NAMESPACE, LEASE, Duration.ofSeconds(90), Duration.ofSeconds(60), Duration.ofSeconds(20));

    private static final String ALL = """
            executor: ApplicationAutoScaling
            provisionedConcurrency:
              baseline: 1
              targetTracking: {min: 1, max: 10}
              windows: [{name: office, timeZone: Europe/Berlin, start: 0 8 * * MON-FRI, end: 0 19 * * MON-FRI, capacity: 4}]
            """;
    private static final String BASELINE = """
            executor: ApplicationAutoScaling
            provisionedConcurrency: {baseline: 1}
            """;

    /** At which edge of a call the trouble comes. */
    enum Edge {
        BEFORE,
        AFTER,
        ANSWER_LOST
    }

    @ParameterizedTest
    @CsvSource({
        "RegisterScalableTarget, BEFORE", "RegisterScalableTarget, AFTER", "RegisterScalableTarget, ANSWER_LOST",
        "PutScalingPolicy, BEFORE", "PutScalingPolicy, AFTER", "PutScalingPolicy, ANSWER_LOST",
        "PutScheduledAction, BEFORE", "PutScheduledAction, AFTER", "PutScheduledAction, ANSWER_LOST",
        "DeleteScalingPolicy, BEFORE", "DeleteScalingPolicy, AFTER", "DeleteScalingPolicy, ANSWER_LOST",
        "DeleteScheduledAction, BEFORE", "DeleteScheduledAction, AFTER", "DeleteScheduledAction, ANSWER_LOST",
        "DeregisterScalableTarget, BEFORE", "DeregisterScalableTarget, AFTER", "DeregisterScalableTarget, ANSWER_LOST",
    })
    void troubleAtAnyCallEndsInTheSamePlace(String operation, Edge edge, KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            Trouble trouble = new Trouble(operation, edge);
            trouble.place(world);

            TeamPolicy policy = TeamPolicy.apply(team, "auto", "sentiment", ALL);
            world.advanceUntil("all of it", () -> has(world, endpoint, 1, 2));
            policy.change(BASELINE);
            world.advanceUntil("the range only", () -> has(world, endpoint, 0, 0));
            policy.delete();
            world.advanceUntil("removed", () -> targets(world, endpoint).isEmpty());
            world.advanceUntil(
                    "its own number",
                    () -> Integer.valueOf(2)
                                    .equals(endpoint.status().effective().provisionedConcurrency())
                            && endpoint.status()
                                    .effective()
                                    .provisionedBy()
                                    .kind()
                                    .equals("ServerlessEndpoint")
                            && endpoint.status().scalableTarget() == null);

            assertThat(trouble.happened.get()).isTrue();
            assertThat(endpoint.says("Ready")).isEqualTo("True Succeeded");
            world.advanceBy(Duration.ofMinutes(2));
            world.forgetCalls();
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(world.mutations()).isEmpty();
        }
    }

    @Test
    void whoDoesNotLeadAnyMoreRegistersNothingAndTheSuccessorDoes(KubeApi api) {
        try (World world = World.start(api, AutoScalingFaultsApiServerTest::leased)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            world.forgetCalls();
            lease(api, "usurper");

            TeamPolicy.apply(team, "auto", "sentiment", ALL);
            world.settle();
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(world.mutations()).as("of one who does not lead").isEmpty();

            lease(api, "");
            world.restartOperator();
            world.advanceUntil("by the successor", () -> has(world, endpoint, 1, 2));
        } finally {
            api.admin().leases().inNamespace(NAMESPACE).withName(LEASE).delete();
        }
    }

    @ParameterizedTest
    @CsvSource({"RegisterScalableTarget", "PutScalingPolicy", "PutScheduledAction"})
    void aLateCallOfAnOldLeaderIsFoundAndSetRight(String operation, KubeApi api) {
        try (World world = World.start(api, AutoScalingFaultsApiServerTest::leased)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            Pause pause = new Pause("application-autoscaling:" + operation);
            world.boundary(pause);
            TeamPolicy policy = TeamPolicy.apply(team, "auto", "sentiment", ALL);
            world.advanceUntilHeld("the old leader stands still", pause.held::get);

            PilotlightOperator old = world.leaveOperatorRunning();
            world.boundary(CallBoundary.OPEN);
            lease(api, "");
            world.startOperator();
            policy.change(BASELINE);
            world.advanceUntil("the successor is done", () -> has(world, endpoint, 0, 0));
            pause.release.countDown();
            Awaitility.await().until(() -> old.passes().running() == 0);
            world.advanceBy(Duration.ofMinutes(75));

            assertThat(has(world, endpoint, 0, 0)).as("within the slow period").isTrue();
            assertThat(targets(world, endpoint).getFirst().maxCapacity()).isEqualTo(1);
            assertThat(endpoint.says("Ready")).isEqualTo("True Succeeded");
            old.close();
        } finally {
            api.admin().leases().inNamespace(NAMESPACE).withName(LEASE).delete();
        }
    }

    @Test
    void aSuspendedEndpointIsScaledByNobodyUntilItIsSuspendedNoMore(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            TeamPolicy.apply(team, "auto", "sentiment", ALL);
            world.advanceUntil("all of it", () -> has(world, endpoint, 1, 2));

            endpoint.change(manifest -> manifest.suspended(true));
            world.advanceUntil(
                    "aws stands still",
                    () -> targets(world, endpoint).stream()
                            .allMatch(target -> target.suspendedState().scheduledScalingSuspended()
                                    && target.suspendedState().dynamicScalingInSuspended()
                                    && target.suspendedState().dynamicScalingOutSuspended()));
            assertThat(targets(world, endpoint)).hasSize(1);
            world.forgetCalls();
            world.restartOperator();
            world.advanceBy(Duration.ofHours(2));
            assertThat(world.mutations()).isEmpty();

            endpoint.change(manifest -> manifest.suspended(false));
            world.advanceUntil(
                    "aws scales again",
                    () -> targets(world, endpoint).stream()
                            .noneMatch(target -> target.suspendedState().scheduledScalingSuspended()));
            assertThat(endpoint.eventReasons()).doesNotContain("DriftDetected");
        }
    }

    private static List<ScalableTarget> targets(World world, TeamEndpoint endpoint) {
        return world.console().scalableTargets(endpoint.endpointName());
    }

    private static boolean has(World world, TeamEndpoint endpoint, int policies, int actions) {
        String name = endpoint.endpointName();
        return targets(world, endpoint).stream()
                        .anyMatch(target -> !target.suspendedState().scheduledScalingSuspended())
                && world.console().scalingPolicies(name) == policies
                && world.console().scheduledActions(name) == actions
                && endpoint.status().progress() == null;
    }

    private static void leased(World.Setup setup) {
        setup.brisk()
                .operator(OperatorSettings.defaults()
                        .withClusterID("test-cluster")
                        .withLease("first", SLOW));
    }

    /**
     * @param holder nobody holds it where this is empty
     */
    private static void lease(KubeApi api, String holder) {
        api.admin().leases().inNamespace(NAMESPACE).withName(LEASE).edit(lease -> {
            lease.getSpec().setHolderIdentity(holder);
            if (holder.isEmpty()) {
                lease.getSpec().setLeaseDurationSeconds(1);
                lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(1));
            }
            return lease;
        });
    }

    /** The process dies at one edge of one call, or the answer of the call is lost, once. */
    private static final class Trouble implements CallBoundary {
        private final String operation;
        private final Edge edge;
        private final AtomicBoolean happened = new AtomicBoolean();

        Trouble(String operation, Edge edge) {
            this.operation = operation;
            this.edge = edge;
        }

        void place(World world) {
            if (edge == Edge.ANSWER_LOST) {
                world.simulator()
                        .faults()
                        .sometimes(
                                1,
                                call -> call.name().endsWith("." + operation) && happened.compareAndSet(false, true),
                                new Fault.LoseAnswer());
            } else {
                world.boundary(this);
            }
        }

        @Override
        public void before(String called) {
            crash(called, Edge.BEFORE);
        }

        @Override
        public void after(String called) {
            crash(called, Edge.AFTER);
        }

        private void crash(String called, Edge here) {
            if (here == edge
                    && called.equals("application-autoscaling:" + operation)
                    && happened.compareAndSet(false, true)) {
                throw new Crash(operation);
            }
        }
    }

    /** Holds one call, after everything was checked and before it leaves. */
    private static final class Pause implements CallBoundary {
        private final String operation;
        private final AtomicBoolean held = new AtomicBoolean();
        private final CountDownLatch release = new CountDownLatch(1);

        Pause(String operation) {
            this.operation = operation;
        }

        @Override
        public void before(String called) {
            if (called.equals(operation) && held.compareAndSet(false, true)) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
