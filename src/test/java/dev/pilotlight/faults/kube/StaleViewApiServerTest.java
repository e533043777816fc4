package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import dev.pilotlight.testing.proxy.Fault;
import dev.pilotlight.testing.proxy.KubeRequest;
import dev.pilotlight.testing.proxy.WatchDisturbance;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The operator sees an old cluster (F13): what it decides on that touches nothing of the new one. */
@RealApiServer
class StaleViewApiServerTest {
    private static final String NAME = Ask.NAME;

    @Test
    void anOldListShowsAnObjectThatHasANamesakeByNowAndNothingOfTheNamesakeIsTouched(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "sieve").serving(NAME);
            JsonNode old = currentList(world, team);
            replace(team);
            world.advanceUntil("the namesake is ready", () -> team.isReady(NAME) && ownsAll(team));
            String version = team.endpoint(NAME).getMetadata().getResourceVersion();

            restartAgainst(world, old);
            world.forgetCalls();
            world.advanceBy(Duration.ofMinutes(30));
            assertThat(world.mutations()).as("for an object that is gone").isEmpty();
            assertThat(team.endpoint(NAME).getMetadata().getResourceVersion()).isEqualTo(version);

            recover(world);
            Ordeal.assertQuiet(world, team);
            Ordeal.leave(world, team);
        }
    }

    @Test
    void anOldListShowsADeletionThatIsLongOverAndTheNamesakeServesOn(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "sieve").serving(NAME);
            team.editEndpoint(
                    NAME, "{\"metadata\":{\"finalizers\":[\"" + Pilotlight.FINALIZER + "\",\"test.example/keep\"]}}");
            world.stopOperator();
            team.deleteEndpoint(NAME);
            world.startOperator();
            JsonNode old = currentList(world, team);
            world.advanceUntil("AWS is clean", () -> team.inAws().isEmpty());
            team.editEndpoint(NAME, "{\"metadata\":{\"finalizers\":[]}}");
            team.applyEndpoint(NAME);
            world.advanceUntil("the namesake is ready", () -> team.isReady(NAME) && ownsAll(team));

            restartAgainst(world, old);
            world.forgetCalls();
            world.advanceBy(Duration.ofMinutes(30));
            assertThat(world.mutations()).isEmpty();
            assertThat(team.inAws()).hasSize(3);

            recover(world);
            Ordeal.assertQuiet(world, team);
            Ordeal.leave(world, team);
        }
    }

    @Test
    void anOldListShowsAnOldSpecAndAwsIsNotTakenBackToIt(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "sieve").serving(NAME);
            JsonNode old = currentList(world, team);
            Ask.CHANGE.ask(team);
            world.advanceUntil("changed", () -> Ask.CHANGE.done(team));

            restartAgainst(world, old);
            world.forgetCalls();
            world.advanceBy(Duration.ofMinutes(30));
            assertThat(world.mutations()).isEmpty();

            recover(world);
            world.settle();
            assertThat(Ask.CHANGE.done(team)).isTrue();
            Ordeal.assertQuiet(world, team);
            Ordeal.leave(world, team);
        }
    }

    /** A list as it is now, as the API server gives it to the operator. */
    private static JsonNode currentList(World world, Tenant team) {
        // While the operator still writes, the version would move on before the list is there.
        world.settle();
        String version = team.endpoint(NAME).getMetadata().getResourceVersion();
        world.proxy().expireWatches(Ordeal.ENDPOINTS);
        Waiting.until(() -> world.proxy().lastList(Ordeal.ENDPOINTS).toString().contains(version));
        return world.proxy().lastList(Ordeal.ENDPOINTS);
    }

    /** Somebody tears the object out and makes it anew, while the operator looks on. */
    private static void replace(Tenant team) {
        team.editEndpoint(NAME, "{\"metadata\":{\"finalizers\":[]}}");
        team.deleteEndpoint(NAME);
        team.editIfThere(NAME, "{\"metadata\":{\"finalizers\":[]}}");
        team.applyEndpoint(NAME);
    }

    private static boolean ownsAll(Tenant team) {
        return team.uidsInAws().equals(Set.of(team.endpoint(NAME).getMetadata().getUid()));
    }

    private static void restartAgainst(World world, JsonNode old) {
        world.stopOperator();
        world.proxy().disturb(Ordeal.ENDPOINTS, WatchDisturbance.frozen());
        world.proxy().meet(KubeRequest.listsOf(Ordeal.ENDPOINTS), Fault.oldList(old));
        world.startOperator();
    }

    private static void recover(World world) {
        world.proxy().forgive();
        world.proxy().calm(Ordeal.ENDPOINTS);
        world.proxy().expireWatches(Ordeal.ENDPOINTS);
    }
}
