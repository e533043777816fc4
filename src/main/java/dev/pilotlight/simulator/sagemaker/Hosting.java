package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The hosting records of one account and Region. Names are unique without regard to case. Everything in here is guarded
 * by {@link #lock}.
 */
final class Hosting {
    private final ReentrantLock lock = new ReentrantLock();
    private final Scope scope;
    private final SimulatorClock clock;
    private final Random random;
    private final SearchIndex index;
    private final Map<Kind, Map<String, Resource>> records = new HashMap<>();
    private final Map<String, Scenario> chosen = new HashMap<>();
    private long counter;

    Hosting(Scope scope, HostingWorld world) {
        this.scope = scope;
        this.clock = world.clock();
        this.random = new Random(world.seed() ^ scope.hashCode());
        this.index = new SearchIndex(world.settings().searchLag());
        for (Kind kind : Kind.values()) {
            records.put(kind, new LinkedHashMap<>());
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    Scope scope() {
        return scope;
    }

    /** A number between -1 and 1, repeatable by seed. */
    double deviation() {
        return random.nextDouble() * 2 - 1;
    }

    long next() {
        return ++counter;
    }

    void put(Resource resource) {
        records.get(resource.kind()).put(key(resource.name()), resource);
        resource.onChange(() -> index.changed(resource, clock.now()));
        index.changed(resource, clock.now());
    }

    void remove(Resource resource) {
        if (records.get(resource.kind()).remove(key(resource.name()), resource)) {
            index.removed(resource, clock.now());
        }
    }

    /** The records of a kind as Search sees them. */
    List<SearchIndex.Entry> searchable(Kind kind, Instant now) {
        return index.at(now, kind);
    }

    Optional<Resource> find(Kind kind, String name) {
        return Optional.ofNullable(records.get(kind).get(key(name)));
    }

    Optional<Resource> byArn(String arn) {
        return Kind.ofArn(arn)
                .flatMap(kind -> find(kind, arn.substring(arn.indexOf('/') + 1))
                        .filter(found -> found.arn().equalsIgnoreCase(arn)));
    }

    List<Model> models() {
        return all(Kind.MODEL, Model.class);
    }

    List<EndpointConfig> endpointConfigs() {
        return all(Kind.ENDPOINT_CONFIG, EndpointConfig.class);
    }

    List<Endpoint> endpoints() {
        return all(Kind.ENDPOINT, Endpoint.class);
    }

    Optional<Scenario> chosen(String endpointName) {
        return Optional.ofNullable(chosen.get(key(endpointName)));
    }

    void choose(String endpointName, Scenario scenario) {
        if (scenario == Scenario.NONE) {
            chosen.remove(key(endpointName));
        } else {
            chosen.put(key(endpointName), scenario);
        }
    }

    private <R extends Resource> List<R> all(Kind kind, Class<R> type) {
        Collection<Resource> all = records.get(kind).values();
        return all.stream().map(type::cast).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
