package dev.pilotlight.operator.metrics;

import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.aws.AwsCallListener;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.health.Passes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;

/** Counts AWS calls as they happen and reads the rest when Prometheus asks. */
public final class OperatorMetrics implements AwsCallListener {
    private final MeterRegistry registry;

    public OperatorMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void called(AwsCall call) {
        Counter.builder("pilotlight.aws.requests")
                .description("AWS API requests, one for each attempt")
                .tag("operation", call.operation())
                .tag("region", call.location().region())
                .tag("code", call.failure().isPresent() ? call.code() : "OK")
                .register(registry)
                .increment();
        Timer.builder("pilotlight.aws.request.duration")
                .description("Duration of AWS API requests")
                .tag("operation", call.operation())
                .register(registry)
                .record(call.duration());
    }

    @Override
    public void held(Location location, String operation, Instant until) {
        Counter.builder("pilotlight.aws.held")
                .description("AWS API requests held back by the operator's own rate limiter")
                .tag("operation", operation)
                .tag("region", location.region())
                .register(registry)
                .increment();
    }

    /** Makes progress visible. */
    public void watch(Passes passes) {
        Gauge.builder(
                        "pilotlight.oldest.unreconciled.seconds",
                        passes,
                        p -> p.oldestUnreconciled().toMillis() / 1000.0)
                .description("Age of the oldest object that no pass has ended well for; liveness fails when it grows")
                .register(registry);
        FunctionCounter.builder("pilotlight.passes", passes, Passes::total)
                .description("Reconcile passes")
                .register(registry);
        FunctionCounter.builder("pilotlight.passes.failed", passes, Passes::failed)
                .description("Reconcile passes that ended in an error of the operator's own")
                .register(registry);
    }

    /** Makes the inventory visible. */
    public void watch(Inventory inventory) {
        FunctionCounter.builder(
                        "pilotlight.inventory.lists", inventory, i -> i.stats().lists())
                .description("List requests of the inventory")
                .register(registry);
        FunctionCounter.builder(
                        "pilotlight.inventory.describes",
                        inventory,
                        i -> i.stats().describes())
                .description("Describe requests of the inventory")
                .register(registry);
        Gauge.builder(
                        "pilotlight.inventory.followed",
                        inventory,
                        i -> i.stats().locations().values().stream()
                                .mapToInt(l -> l.followed())
                                .sum())
                .description("Endpoints that are between states and looked after closely")
                .register(registry);
    }
}
