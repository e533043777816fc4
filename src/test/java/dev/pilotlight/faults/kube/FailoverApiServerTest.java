package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.operator.PilotlightOperator;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import dev.pilotlight.testing.HeldCall;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.StoryLease;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A leader stands still in the middle of a call, another one takes over and ends the work, and then the late call goes out (F17). */
@RealApiServer
class FailoverApiServerTest {
    private static final int MOST_CALLS = 20;

    @ParameterizedTest
    @CsvSource({"CREATE, false", "CHANGE, false", "CHANGE, true"})
    void aLateCallOfAnOldLeaderHarmsNothing(Ask ask, boolean editedMeanwhile, KubeApi api) {
        long held = Extent.calls(MOST_CALLS)
                .takeWhile(call -> failover(api, ask, call, editedMeanwhile))
                .count();
        System.out.println(ask + ": " + held + " late calls");
        assertThat(held).isPositive();
    }

    /** Returns whether the flow has so many mutating calls. */
    private static boolean failover(KubeApi api, Ask ask, int call, boolean editedMeanwhile) {
        try (StoryLease lease = new StoryLease(api, "pilotlight-failover");
                World world = World.start(
                        api,
                        setup -> setup.hosting(settings -> settings.withDurations(StateDurations.NONE))
                                .operator(lease.holder("replica")))) {
            Tenant team = Tenant.in(world, "failover");
            ask.prepare(team);
            HeldCall hold = new HeldCall("sagemaker:(Create|Update|Delete|AddTags).*", call);
            world.boundary(hold);
            ask.ask(team);
            world.advanceUntilHeld("held at call " + call, () -> hold.isHolding() || ask.done(team));
            if (!hold.isHolding()) {
                return false;
            }

            PilotlightOperator old = world.leaveOperatorRunning();
            world.boundary(CallBoundary.OPEN);
            lease.isFree();
            world.startOperator();
            if (editedMeanwhile) {
                team.editEndpoint(Ask.NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":4096}}}");
            }
            world.advanceUntil("the successor is done", () -> ask.done(team));
            hold.release();
            Waiting.until(() -> old.passes().running() == 0);
            // What the late call did to what serves is seen within a poll period, and repaired.
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(ask.done(team)).as("after the late call").isTrue();
            assertThat(team.endpointsInAws()).hasSize(1);
            Ordeal.assertQuiet(world, team);
            Ordeal.leave(world, team);
            old.close();
            return true;
        }
    }
}
