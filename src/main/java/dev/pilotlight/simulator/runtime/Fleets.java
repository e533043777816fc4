package dev.pilotlight.simulator.runtime;

import dev.pilotlight.simulator.sagemaker.Hosted;
import dev.pilotlight.simulator.sagemaker.HostingListener;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Inspectable;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The containers of all endpoints. Meters outlive their endpoints, as bills do. */
public final class Fleets implements HostingListener, Inspectable {
    private record Key(Scope scope, String endpointName) {}

    private final SimulatorClock clock;
    private final Duration idleTimeout;
    private final ConcurrentMap<Key, Fleet> fleets = new ConcurrentHashMap<>();
    private final ConcurrentMap<Scope, AtomicInteger> running = new ConcurrentHashMap<>();

    public Fleets(SimulatorClock clock, InvocationSettings settings) {
        this.clock = clock;
        this.idleTimeout = settings.idleTimeout();
    }

    Fleet of(Scope scope, String endpointName) {
        return fleets.computeIfAbsent(new Key(scope, endpointName), key -> new Fleet(idleTimeout));
    }

    /** Executions that run now in an account and Region, over all endpoints. */
    AtomicInteger running(Scope scope) {
        return running.computeIfAbsent(scope, s -> new AtomicInteger());
    }

    @Override
    public void serves(Scope scope, Hosted hosted, Instant from) {
        of(scope, hosted.endpointName()).serves(hosted, from);
    }

    @Override
    public void stops(Scope scope, String endpointName, Instant at) {
        of(scope, endpointName).stops(at);
    }

    @Override
    public String section() {
        return "runtime";
    }

    @Override
    public Map<Scope, Object> inspect() {
        Map<Scope, Map<String, Object>> all = new LinkedHashMap<>();
        fleets.forEach((key, fleet) -> all.computeIfAbsent(key.scope(), scope -> new TreeMap<>())
                .put(key.endpointName(), fleet.read(clock.now())));
        return new LinkedHashMap<>(all);
    }
}
