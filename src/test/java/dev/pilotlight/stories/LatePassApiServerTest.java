package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.HeldCall;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A pass whose object goes between the moment JOSDK takes it from the watch's cache and the moment the pass begins. */
@RealApiServer
class LatePassApiServerTest {
    private static final String NAME = "sentiment";
    private static final String UNFINALIZED = "{\"metadata\":{\"finalizers\":[]}}";

    @Test
    void aPassThatBeginsWhenItsObjectIsGoneDoesNothing(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "late").serving(NAME);
            HeldCall hold = HeldCall.first("sagemaker:UpdateEndpointWeightsAndCapacities");
            world.boundary(hold);
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":25}}}");
            world.advanceUntilHeld("a pass is under way", hold::isHolding);
            tearOut(team);

            // The first pass over the namesake has taken it from the cache, and waits for the one that is under way.
            team.applyEndpoint(NAME);
            String uid = team.endpoint(NAME).getMetadata().getUid();
            await("the namesake's pass waits for its turn", LatePassApiServerTest::aPassWaitsForItsTurn);
            tearOut(team);
            awaitTheWatch(world);
            long statusWrites = statusWrites(api, team);
            hold.release();
            world.settle();

            assertThat(statusWrites(api, team) - statusWrites)
                    .as("one by the pass that was under way, none by the late one")
                    .isEqualTo(1);
            assertThat(world.operator().passes().lastVersion(uid))
                    .as("what is remembered of it")
                    .isEmpty();
            assertThat(world.operator().passes().failed()).isZero();
        }
    }

    private static void tearOut(Tenant team) {
        team.editEndpoint(NAME, UNFINALIZED);
        team.deleteEndpoint(NAME);
        team.editIfThere(NAME, UNFINALIZED);
        assertThat(team.exists(NAME)).isFalse();
    }

    private static boolean aPassWaitsForItsTurn() {
        return Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getState() == Thread.State.WAITING
                        && Arrays.stream(thread.getValue())
                                .anyMatch(frame -> frame.getMethodName().equals("inTurn")));
    }

    /** Events of a watch come in their order: who has seen a later object has seen all that was before. */
    private static void awaitTheWatch(World world) {
        Tenant later = Tenant.in(world, "later");
        later.applyEndpoint("marker");
        String uid = later.endpoint("marker").getMetadata().getUid();
        await(
                "the watch has told that it is gone",
                () -> world.operator().passes().lastVersion(uid).isPresent());
    }

    private static long statusWrites(KubeApi api, Tenant team) {
        return api.writes(team.namespace()).stream()
                .filter(write -> write.subresource().equals("status"))
                .count();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }
}
