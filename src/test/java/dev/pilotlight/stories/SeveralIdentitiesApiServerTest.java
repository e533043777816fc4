package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Several AWSIdentities of one account share the poller and nothing else. */
@RealApiServer
class SeveralIdentitiesApiServerTest {

    @Test
    void revokingOneIdentityChangesNothingForObjectsUnderAnotherOfTheSameAccount(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Tenant revoked = Tenant.in(world, "revoked").serving("sentiment");
            Tenant other = Tenant.in(world, "other").serving("sentiment");

            revoked.forbid("sagemaker:*");
            revoked.trustNobody();
            revoked.editIdentity("{\"spec\":{\"allowedNamespaces\":{\"names\":[]}}}");
            revoked.editEndpoint("sentiment", "{\"spec\":{\"serverless\":{\"maxConcurrency\":30}}}");
            world.advanceBy(Duration.ofMinutes(70));
            other.editEndpoint("sentiment", "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.advanceUntil("the other one goes on", () -> other.isReady("sentiment"));

            assertThat(other.status("sentiment").orElseThrow().effective().memorySizeInMB())
                    .isEqualTo(3072);
            assertThat(revoked.isReady("sentiment")).isFalse();
            assertThat(revoked.isTrue("sentiment", "Available")).isTrue();
            assertThat(revoked.endpointsInAws()).hasSize(1);
        }
    }
}
