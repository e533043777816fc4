package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultHook;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes wrong with the objects of one namespace is nobody else's trouble. {@link RaceApiServerTest} has the object that breaks us. */
@RealApiServer
class IsolationApiServerTest {
    private static final String NAME = "sentiment";
    private static final int MANY = 20;
    private static final String VALIDATED = """
            rollout: {strategy: InPlace, validation: {requests: [{name: happy, contentType: application/json,
              body: '{"text": "good"}', expect: 'response.status == 200'}]}}""";

    @Test
    void twentyEndpointsWhoseValidationsHangHarmNobodyInAnotherNamespace(KubeApi api) {
        try (World world = World.start(
                api,
                setup -> setup.brisk()
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(50, 1000, 6144))))) {
            Tenant other = Tenant.in(world, "other");
            other.applyIdentity();
            Duration alone = untilReady(world, other, "alone", () -> false);

            Tenant slow = Tenant.in(world, "slow");
            slow.applyIdentity();
            Hang hang = new Hang(slow.namespace());
            try {
                world.simulator().faults().sometimes(1, hang::holds, new Fault.None());
                IntStream.range(0, MANY).forEach(i -> slow.applyEndpoint("e" + i, VALIDATED));
                world.advanceUntilBeside("validations hang", () -> hang.held() > 0, () -> isBeingValidated(slow));
                int held = hang.held();

                Duration beside = untilReady(world, other, NAME, () -> hang.held() >= held);
                assertThat(beside).as("alone it took %s", alone).isLessThanOrEqualTo(alone.multipliedBy(2));
                other.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
                world.advanceUntilBeside("it changes", () -> hang.held() >= held, () -> other.isReady(NAME));
                other.deleteEndpoint(NAME);
                world.advanceUntilBeside("it goes", () -> hang.held() >= held, () -> !other.exists(NAME));
                assertThat(hang.held()).as("at a time").isLessThan(MANY);
                assertThat(world.operator().passes().oldestUnreconciled())
                        .as("nothing that a restart would help")
                        .isLessThan(Duration.ofMinutes(10));
            } finally {
                hang.release();
            }
            world.advanceUntil(
                    "all are validated", () -> IntStream.range(0, MANY).allMatch(i -> slow.isReady("e" + i)));
        }
    }

    private static boolean isBeingValidated(Tenant team) {
        return IntStream.range(0, MANY)
                .allMatch(i -> team.condition("e" + i, "Ready")
                        .filter(condition -> condition.reason().equals("Validating"))
                        .isPresent());
    }

    private static Duration untilReady(World world, Tenant team, String name, BooleanSupplier hanging) {
        Instant begun = world.now();
        team.applyEndpoint(name, VALIDATED);
        world.advanceUntilBeside(name + " is ready", hanging, () -> team.isReady(name));
        return Duration.between(begun, world.now());
    }

    /** Does not answer a namespace's invocations until it is released. */
    private static final class Hang {
        private final String namespace;
        private final CountDownLatch released = new CountDownLatch(1);
        private final Map<FaultHook.Call, Boolean> held = new ConcurrentHashMap<>();

        Hang(String namespace) {
            this.namespace = namespace;
        }

        boolean holds(FaultHook.Call call) {
            if (call.operation().equals("InvokeEndpoint") && call.caller().arn().contains("/" + namespace + "/")) {
                held.put(call, true);
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    held.remove(call);
                }
            }
            return false;
        }

        int held() {
            return held.size();
        }

        void release() {
            released.countDown();
        }
    }
}
