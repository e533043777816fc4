package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.operator.OperatorSettings;
import dev.pilotlight.operator.leader.LeaseSettings;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An operator that lost its Lease, or never noticed that it did, changes nothing any more. */
@RealApiServer
class LeaderApiServerTest {
    private static final String NAME = "sentiment";
    private static final String NAMESPACE = "pilotlight-system";
    private static final String LEASE = "pilotlight-story";

    /** Long enough that the old leader does not find out by itself within the story. */
    private static final LeaseSettings SLOW =
            new LeaseSettings(NAMESPACE, LEASE, Duration.ofSeconds(90), Duration.ofSeconds(60), Duration.ofSeconds(30));

    @Test
    void anOldLeaderThatHasNotNoticedMakesNoCallAndItsSuccessorGoesOn(KubeApi api) {
        try (World world = World.start(api, setup -> {
            Stories.quickAws(setup);
            setup.operator(
                    OperatorSettings.defaults().withClusterID("test-cluster").withLease("first", SLOW));
        })) {
            Tenant team = Tenant.in(world, "leader").serving(NAME);
            lease(api, lease -> lease.getSpec().setHolderIdentity("usurper"));
            world.forgetCalls();

            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            team.applyEndpoint("other");
            world.settle();
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(world.mutations()).as("of one who does not lead").isEmpty();
            assertThat(team.endpointsInAws()).hasSize(1);

            lease(api, LeaderApiServerTest::free);
            world.restartOperator();
            world.advanceUntil("both ready", () -> team.isReady(NAME) && team.isReady("other"));
            assertThat(world.mutations().stream().filter("sagemaker:UpdateEndpoint"::equals))
                    .hasSize(1);
        } finally {
            api.admin().leases().inNamespace(NAMESPACE).withName(LEASE).delete();
        }
    }

    @Test
    void aLeaderThatStopsHandsOverAtOnce(KubeApi api) {
        try (World world = World.start(api, setup -> {
            Stories.quickAws(setup);
            setup.operator(
                    OperatorSettings.defaults().withClusterID("test-cluster").withLease("first", SLOW));
        })) {
            Tenant team = Tenant.in(world, "handover").serving(NAME);
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.restartOperator();
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.status(NAME).orElseThrow().effective().memorySizeInMB())
                    .isEqualTo(3072);
        } finally {
            api.admin().leases().inNamespace(NAMESPACE).withName(LEASE).delete();
        }
    }

    private static void lease(KubeApi api, Consumer<Lease> change) {
        api.admin().leases().inNamespace(NAMESPACE).withName(LEASE).edit(lease -> {
            change.accept(lease);
            return lease;
        });
    }

    private static void free(Lease lease) {
        lease.getSpec().setHolderIdentity("");
        lease.getSpec().setLeaseDurationSeconds(1);
        lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(1));
    }
}
