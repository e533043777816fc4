package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import dev.pilotlight.testing.proxy.Fault;
import dev.pilotlight.testing.proxy.KubeRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The API server's answer to a reconnect lacks what there is (F16): absence from a list is never an order to delete. */
@RealApiServer
class FalseListApiServerTest {
    private static final String NAME = Ask.NAME;
    private static final Duration AWAY = Duration.ofMinutes(10);
    private static final int WATCHES = 2;

    @Test
    void anEmptyListAfterAReconnectIsNoOrderToDeleteAnything(KubeApi api) {
        falseList(api, Ordeal.ENDPOINTS, Fault.emptyList());
    }

    @Test
    void aTruncatedListAfterAReconnectIsNoOrderToDeleteAnything(KubeApi api) {
        falseList(api, Ordeal.ENDPOINTS, Fault.truncated(1));
    }

    @Test
    void anEmptyListOfIdentitiesIsNoOrderToDeleteAnything(KubeApi api) {
        falseList(api, Ordeal.IDENTITIES, Fault.emptyList());
    }

    @Test
    void anEmptyListOfNamespacesIsNoOrderToDeleteAnything(KubeApi api) {
        falseList(api, Ordeal.NAMESPACES, Fault.emptyList());
    }

    private static void falseList(KubeApi api, String resource, Fault fault) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "list").serving(NAME);
            team.applyEndpoint("other");
            world.advanceUntil("both are ready", () -> team.isReady("other"));
            List<String> inAws = team.inAws();
            world.settle();
            world.forgetCalls();
            world.proxy().meet(KubeRequest.listsOf(resource), fault);
            world.proxy().expireWatches(resource);
            Waiting.until(() -> world.proxy().met() > 0);
            world.advanceBy(Duration.ofMinutes(30));
            assertThat(world.mutations()).isEmpty();

            world.proxy().forgive();
            world.proxy().expireWatches(resource);
            world.advanceUntil("known again", () -> team.isReady(NAME) && team.isReady("other"));
            world.advanceBy(AWAY);
            assertThat(world.mutations()).isEmpty();
            assertThat(team.inAws()).isEqualTo(inAws);

            team.deleteEndpoint("other");
            world.advanceUntil("the other one is gone", () -> !team.exists("other"));
            Ordeal.leave(world, team);
        }
    }

    @Test
    void anIdentityIsNotLetGoBecauseItsUsersAreMissingFromAList(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "users").serving(NAME);
            world.settle();
            // Both controllers that watch endpoints get it, and not who asks again before an identity is let go.
            world.proxy().meet(KubeRequest.listsOf(Ordeal.ENDPOINTS), 0, WATCHES, Fault.emptyList());
            world.proxy().expireWatches(Ordeal.ENDPOINTS);
            Waiting.until(() -> world.proxy().met() == WATCHES);
            team.deleteIdentity();
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(world.identity(team.identity()))
                    .as("an endpoint still needs it to be cleaned up")
                    .isNotNull();

            world.proxy().forgive();
            world.proxy().expireWatches(Ordeal.ENDPOINTS);
            team.deleteEndpoint(NAME);
            world.advanceUntil("all is gone", () -> !team.exists(NAME) && world.identity(team.identity()) == null);
            assertThat(team.inAws()).isEmpty();
        }
    }
}
