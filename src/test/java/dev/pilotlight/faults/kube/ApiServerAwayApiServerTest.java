package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Watches end, and the API server is away (F15). Nothing of that asks for a deletion. */
@RealApiServer
class ApiServerAwayApiServerTest {
    private static final String NAME = Ask.NAME;
    private static final Duration AWAY = Duration.ofMinutes(10);

    @Test
    void anApiServerThatIsAwayForTenMinutesChangesNothingThatServes(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "away").serving(NAME);
            world.settle();
            world.forgetCalls();
            String version = team.endpoint(NAME).getMetadata().getResourceVersion();
            world.proxy().leave();
            world.advanceBy(AWAY);
            world.proxy().back();
            world.advanceBy(AWAY);
            assertThat(world.mutations()).isEmpty();
            assertThat(team.endpoint(NAME).getMetadata().getResourceVersion()).isEqualTo(version);

            Ask.CHANGE.ask(team);
            world.advanceUntil("the watches are back", () -> Ask.CHANGE.done(team));
            Ordeal.assertQuiet(world, team);
            Ordeal.leave(world, team);
        }
    }

    @Test
    void anApiServerThatGoesAtAnyCallOfAFlowChangesNothingOfTheOutcome(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Ordeal ordeal = new Ordeal(world);
            for (Ask ask : List.of(Ask.CREATE, Ask.CHANGE, Ask.DELETE)) {
                for (int number : Extent.calls(5).toArray()) {
                    ordeal.survive(ask, proxy -> atMutation(world, number, proxy::leave), () -> {
                        world.advanceBy(AWAY);
                        world.boundary(CallBoundary.OPEN);
                        world.proxy().back();
                    });
                }
            }
        }
    }

    @Test
    void watchesThatEndOrExpireInTheMiddleOfAFlowChangeNothingOfTheOutcome(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Ordeal ordeal = new Ordeal(world);
            for (Ask ask : Ask.values()) {
                ordeal.survive(
                        ask,
                        proxy -> atMutation(world, 0, () -> {
                            proxy.cutWatches();
                            proxy.expireWatches(Ordeal.ENDPOINTS);
                            proxy.expireWatches(Ordeal.IDENTITIES);
                        }));
                world.boundary(CallBoundary.OPEN);
            }
        }
    }

    /** Runs it once, after the mutating AWS call of that number; at every one for number 0. */
    private static void atMutation(World world, int number, Runnable what) {
        AtomicInteger mutations = new AtomicInteger();
        world.boundary(new CallBoundary() {
            @Override
            public void after(String operation) {
                boolean mutating = operation.matches("sagemaker:(Create|Update|Delete|AddTags).*");
                if (mutating && (mutations.incrementAndGet() == number || number == 0)) {
                    what.run();
                }
            }
        });
    }
}
