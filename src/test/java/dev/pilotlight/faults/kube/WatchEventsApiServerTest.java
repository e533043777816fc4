package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import dev.pilotlight.testing.proxy.KubeProxy;
import dev.pilotlight.testing.proxy.WatchDisturbance;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The operator hears of the cluster late, twice, out of order or not at all (F14). */
@RealApiServer
class WatchEventsApiServerTest {
    private static final String NAME = Ask.NAME;

    @Test
    void whatTheWatchHoldsBackIsNotDoneAndThenDoneOnce(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "frozen").serving(NAME);
            world.forgetCalls();
            world.proxy().disturb(Ordeal.ENDPOINTS, WatchDisturbance.frozen());
            Ask.CHANGE.ask(team);
            world.advanceBy(Duration.ofMinutes(30));
            assertThat(world.mutations()).isEmpty();
            assertThat(team.condition(NAME, "Ready")).as("of this generation").isEmpty();

            world.proxy().calm(Ordeal.ENDPOINTS);
            world.advanceUntil("changed", () -> Ask.CHANGE.done(team));
            assertThat(world.mutations().stream().filter("sagemaker:UpdateEndpoint"::equals))
                    .hasSize(1);
            Ordeal.assertQuiet(world, team);
            Ordeal.leave(world, team);
        }
    }

    @Test
    void aWatchThatFreezesInTheMiddleOfAFlowChangesNothingOfTheOutcome(KubeApi api) {
        disturbed(api, WatchDisturbance.frozen());
    }

    @Test
    void eventsThatArriveTwiceChangeNothingOfTheOutcome(KubeApi api) {
        disturbed(api, WatchDisturbance.duplicating());
    }

    @Test
    void eventsThatArriveLateAndOutOfOrderChangeNothingOfTheOutcome(KubeApi api) {
        disturbed(api, WatchDisturbance.reordering(new Random(20_260_302)));
    }

    @Test
    void eventsThatNeverArriveAreMadeUpForByTheNextList(KubeApi api) {
        Random random = new Random(20_260_302);
        disturbed(api, WatchDisturbance.dropping(event -> random.nextInt(3) == 0));
    }

    /** For two minutes in every flow, then for good; lists repair what was not told. */
    private static void disturbed(KubeApi api, Supplier<WatchDisturbance> disturbance) {
        try (World world = Ordeal.world(api)) {
            for (Ask ask : Ask.values()) {
                Tenant team = Tenant.in(world, "disturbed");
                ask.prepare(team);
                world.settle();
                world.forgetCalls();
                KubeProxy proxy = world.proxy();
                proxy.disturb(Ordeal.ENDPOINTS, disturbance);
                ask.ask(team);
                world.advanceBy(Duration.ofMinutes(2));
                proxy.calm(Ordeal.ENDPOINTS);
                proxy.expireWatches(Ordeal.ENDPOINTS);
                world.advanceUntil(ask + " is done", () -> ask.done(team));
                assertThat(world.mutations().stream()
                                .filter(call -> call.startsWith("sagemaker:Create") || call.contains("Update"))
                                .distinct()
                                .count())
                        .as("%s: %s", ask, world.mutations())
                        .isLessThanOrEqualTo(4);
                Ordeal.assertQuiet(world, team);
                Ordeal.leave(world, team);
            }
        }
    }
}
