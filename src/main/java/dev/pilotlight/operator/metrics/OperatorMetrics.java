package dev.pilotlight.operator.metrics;

import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.aws.AwsCallListener;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.preflight.Quotas;
import dev.pilotlight.domain.preflight.Usage;
import dev.pilotlight.domain.warm.coldstart.ColdStarts;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.health.Passes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

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

    /** Makes visible how much of its quotas an account uses in a Region. A quota nobody had to read yet is NaN. */
    public void watch(
            Location location,
            Supplier<Usage> usage,
            Supplier<Usage> foreign,
            Supplier<Number> orphans,
            Supplier<Optional<Quotas>> quotas) {
        gauge("pilotlight.account.endpoints", location, () -> usage.get().endpoints())
                .description("Serverless endpoints of this cluster in the account and Region, previews included")
                .register(registry);
        gauge("pilotlight.account.concurrency", location, () -> usage.get().concurrency())
                .description("Sum of their maxConcurrency")
                .register(registry);
        gauge("pilotlight.orphans", location, orphans)
                .description(
                        "Endpoints with this cluster's tags whose ServerlessEndpoint is gone; 'pilotlight orphans' lists them")
                .register(registry);
        gauge(
                        "pilotlight.account.foreign.endpoints",
                        location,
                        () -> foreign.get().endpoints())
                .description(
                        "Serverless endpoints in the account and Region that are not this cluster's, as far as looked at")
                .register(registry);
        gauge(
                        "pilotlight.account.foreign.concurrency",
                        location,
                        () -> foreign.get().concurrency())
                .description("Sum of their maxConcurrency")
                .register(registry);
        gauge("pilotlight.account.endpoints.quota", location, () -> value(quotas.get(), Quotas::endpoints))
                .description("Quota of the account on serverless endpoints in the Region, as last read")
                .register(registry);
        gauge("pilotlight.account.concurrency.quota", location, () -> value(quotas.get(), Quotas::totalConcurrency))
                .description("Quota of the account on their total concurrency in the Region, as last read")
                .register(registry);
    }

    /**
     * Makes a warm policy visible.
     *
     * @return takes it away again
     */
    public Runnable watchPolicy(String namespace, String policy, Supplier<Number> warm, Supplier<Number> usdPerHour) {
        List<Gauge> gauges = List.of(
                Gauge.builder("pilotlight.warm.provisioned.concurrency", warm)
                        .description("Provisioned concurrency that runs under the policy now")
                        .tag("namespace", namespace)
                        .tag("policy", policy)
                        .register(registry),
                Gauge.builder("pilotlight.warm.cost.usd.per.hour", usdPerHour)
                        .description(
                                "What that costs an hour in US dollars, estimates included; NaN where the price is unknown")
                        .tag("namespace", namespace)
                        .tag("policy", policy)
                        .register(registry));
        return () -> gauges.forEach(registry::remove);
    }

    /**
     * Makes visible what cold starts an endpoint under a policy had today, and how often it is pinged. What is not known is NaN.
     *
     * @return takes it away again
     */
    public Runnable watchColdStarts(
            String namespace,
            String policy,
            Supplier<Optional<ColdStarts>> today,
            Supplier<Optional<Duration>> pingInterval) {
        List<Gauge> gauges = List.of(
                policyGauge(
                                "pilotlight.warm.cold.start.ratio",
                                namespace,
                                policy,
                                () -> today.get().flatMap(ColdStarts::share).orElse(Double.NaN))
                        .description(
                                "Share of invocations since midnight UTC that waited for a container to start, own pings left out")
                        .register(registry),
                policyGauge(
                                "pilotlight.warm.cold.start.seconds",
                                namespace,
                                policy,
                                () -> seconds(today.get().flatMap(ColdStarts::p50)))
                        .tag("quantile", "0.5")
                        .description("What a cold start took since midnight UTC")
                        .register(registry),
                policyGauge(
                                "pilotlight.warm.cold.start.seconds",
                                namespace,
                                policy,
                                () -> seconds(today.get().flatMap(ColdStarts::p95)))
                        .tag("quantile", "0.95")
                        .description("What a cold start took since midnight UTC")
                        .register(registry),
                policyGauge(
                                "pilotlight.warm.overhead.seconds",
                                namespace,
                                policy,
                                () -> seconds(today.get().flatMap(ColdStarts::overhead)))
                        .description("What SageMaker added to an invocation on average since midnight UTC")
                        .register(registry),
                policyGauge(
                                "pilotlight.warm.ping.interval.seconds",
                                namespace,
                                policy,
                                () -> seconds(pingInterval.get()))
                        .description("Seconds between pings; NaN where there are none")
                        .register(registry));
        return () -> gauges.forEach(registry::remove);
    }

    private static Gauge.Builder<Supplier<Number>> policyGauge(
            String name, String namespace, String policy, Supplier<Number> value) {
        return Gauge.builder(name, value).tag("namespace", namespace).tag("policy", policy);
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(d -> d.toNanos() / 1e9).orElse(Double.NaN);
    }

    private static Gauge.Builder<Supplier<Number>> gauge(String name, Location location, Supplier<Number> value) {
        return Gauge.builder(name, value).tag("account", location.accountID()).tag("region", location.region());
    }

    private static double value(Optional<Quotas> quotas, Function<Quotas, OptionalInt> which) {
        OptionalInt value = quotas.map(which).orElse(OptionalInt.empty());
        return value.isPresent() ? value.getAsInt() : Double.NaN;
    }
}
