package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.operator.OperatorSettings;
import dev.pilotlight.operator.PilotlightOperator;
import dev.pilotlight.operator.leader.LeaseSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A leader stands still in the middle of a call, another one takes over and ends the work, and then the late call goes out (F17). */
@RealApiServer
class FailoverApiServerTest {
    private static final String NAMESPACE = "pilotlight-system";
    private static final String LEASE = "pilotlight-failover";
    private static final int MOST_CALLS = 20;

    /** Long enough that the old leader does not find out by itself. */
    private static final LeaseSettings SLOW =
            new LeaseSettings(NAMESPACE, LEASE, Duration.ofSeconds(90), Duration.ofSeconds(60), Duration.ofSeconds(20));

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
        try (World world = World.start(
                api,
                setup -> setup.hosting(settings -> settings.withDurations(StateDurations.NONE))
                        .operator(OperatorSettings.defaults()
                                .withClusterID("test-cluster")
                                .withLease("replica", SLOW)))) {
            Tenant team = Tenant.in(world, "failover");
            ask.prepare(team);
            Hold hold = new Hold(call);
            world.boundary(hold);
            ask.ask(team);
            world.advanceUntilHeld("held at call " + call, () -> hold.held.get() || ask.done(team));
            if (!hold.held.get()) {
                return false;
            }

            PilotlightOperator old = world.leaveOperatorRunning();
            world.boundary(CallBoundary.OPEN);
            free(api);
            world.startOperator();
            if (editedMeanwhile) {
                team.editEndpoint(Ask.NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":4096}}}");
            }
            world.advanceUntil("the successor is done", () -> ask.done(team));
            hold.release.countDown();
            Waiting.until(() -> old.passes().running() == 0);
            // What the late call did to what serves is seen within a poll period, and repaired.
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(ask.done(team)).as("after the late call").isTrue();
            assertThat(team.endpointsInAws()).hasSize(1);
            Ordeal.assertQuiet(world, team);
            Ordeal.leave(world, team);
            old.close();
            return true;
        } finally {
            api.admin().leases().inNamespace(NAMESPACE).withName(LEASE).delete();
        }
    }

    private static void free(KubeApi api) {
        api.admin().leases().inNamespace(NAMESPACE).withName(LEASE).edit(lease -> {
            lease.getSpec().setHolderIdentity("");
            lease.getSpec().setLeaseDurationSeconds(1);
            lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(1));
            return lease;
        });
    }

    /** Holds one call, after everything was checked and before it leaves. */
    private static final class Hold implements CallBoundary {
        private final AtomicInteger mutations = new AtomicInteger();
        private final AtomicBoolean held = new AtomicBoolean();
        private final CountDownLatch release = new CountDownLatch(1);
        private final int number;

        Hold(int number) {
            this.number = number;
        }

        @Override
        public void before(String operation) {
            if (operation.matches("sagemaker:(Create|Update|Delete|AddTags).*")
                    && mutations.incrementAndGet() == number) {
                held.set(true);
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
