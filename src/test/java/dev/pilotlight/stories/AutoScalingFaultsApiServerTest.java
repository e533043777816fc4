package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.operator.PilotlightOperator;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.testing.Crash;
import dev.pilotlight.testing.HeldCall;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.StoryLease;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.TeamPolicy;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;

/** What can go wrong between us and Application Auto Scaling: processes that end, answers that are lost, leaders that are none any more. */
@RealApiServer
class AutoScalingFaultsApiServerTest {
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
        try (StoryLease lease = new StoryLease(api, "pilotlight-scaling");
                World world = World.start(api, setup -> setup.brisk().operator(lease.holder("first")))) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            world.forgetCalls();
            lease.isTaken();

            TeamPolicy.apply(team, "auto", "sentiment", ALL);
            world.settle();
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(world.mutations()).as("of one who does not lead").isEmpty();

            lease.isFree();
            world.restartOperator();
            world.advanceUntil("by the successor", () -> has(world, endpoint, 1, 2));
        }
    }

    @ParameterizedTest
    @CsvSource({"RegisterScalableTarget", "PutScalingPolicy", "PutScheduledAction"})
    void aLateCallOfAnOldLeaderIsFoundAndSetRight(String operation, KubeApi api) {
        try (StoryLease lease = new StoryLease(api, "pilotlight-scaling");
                World world = World.start(api, setup -> setup.brisk().operator(lease.holder("first")))) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").provisionedConcurrency(2));
            HeldCall pause = HeldCall.first("application-autoscaling:" + operation);
            world.boundary(pause);
            TeamPolicy policy = TeamPolicy.apply(team, "auto", "sentiment", ALL);
            world.advanceUntilHeld("the old leader stands still", pause::isHolding);

            PilotlightOperator old = world.leaveOperatorRunning();
            world.boundary(CallBoundary.OPEN);
            lease.isFree();
            world.startOperator();
            policy.change(BASELINE);
            world.advanceUntil("the successor is done", () -> has(world, endpoint, 0, 0));
            pause.release();
            Awaitility.await().until(() -> old.passes().running() == 0);
            world.advanceBy(Duration.ofMinutes(75));

            assertThat(has(world, endpoint, 0, 0)).as("within the slow period").isTrue();
            assertThat(targets(world, endpoint).getFirst().maxCapacity()).isEqualTo(1);
            assertThat(endpoint.says("Ready")).isEqualTo("True Succeeded");
            old.close();
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
}
