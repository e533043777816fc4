package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.StoryLease;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An operator that lost its Lease, or never noticed that it did, changes nothing any more. */
@RealApiServer
class LeaderApiServerTest {
    private static final String NAME = "sentiment";
    private static final String LEASE = "pilotlight-story";

    @Test
    void anOldLeaderThatHasNotNoticedMakesNoCallAndItsSuccessorGoesOn(KubeApi api) {
        try (StoryLease lease = new StoryLease(api, LEASE);
                World world = World.start(api, setup -> {
                    Stories.quickAws(setup);
                    setup.operator(lease.holder("first"));
                })) {
            Tenant team = Tenant.in(world, "leader").serving(NAME);
            lease.isTaken();
            world.forgetCalls();

            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            team.applyEndpoint("other");
            world.settle();
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(world.mutations()).as("of one who does not lead").isEmpty();
            assertThat(team.endpointsInAws()).hasSize(1);

            lease.isFree();
            world.restartOperator();
            world.advanceUntil("both ready", () -> team.isReady(NAME) && team.isReady("other"));
            assertThat(world.mutations().stream().filter("sagemaker:UpdateEndpoint"::equals))
                    .hasSize(1);
        }
    }

    @Test
    void aLeaderThatStopsHandsOverAtOnce(KubeApi api) {
        try (StoryLease lease = new StoryLease(api, LEASE);
                World world = World.start(api, setup -> {
                    Stories.quickAws(setup);
                    setup.operator(lease.holder("first"));
                })) {
            Tenant team = Tenant.in(world, "handover").serving(NAME);
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.restartOperator();
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.status(NAME).orElseThrow().effective().memorySizeInMB())
                    .isEqualTo(3072);
        }
    }
}
