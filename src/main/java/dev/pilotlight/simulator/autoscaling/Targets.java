package dev.pilotlight.simulator.autoscaling;

import dev.pilotlight.simulator.cloudwatch.AlarmBook;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.ScalingTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The scalable targets of all accounts and Regions. Hosting calls it under its lock, and it calls nobody but the alarms. */
public final class Targets implements ScalingTargets {
    private final AlarmBook alarms;
    private final ConcurrentMap<Scope, Map<String, Target>> all = new ConcurrentHashMap<>();

    public Targets(AlarmBook alarms) {
        this.alarms = alarms;
    }

    @Override
    public boolean covers(Scope scope, String endpointName) {
        return !of(scope, endpointName).isEmpty();
    }

    @Override
    public void deregister(Scope scope, String endpointName) {
        of(scope, endpointName).forEach(this::remove);
    }

    Optional<Target> find(Scope scope, String resourceId) {
        Map<String, Target> there = of(scope);
        synchronized (there) {
            return Optional.ofNullable(there.get(resourceId));
        }
    }

    List<Target> list(Scope scope) {
        Map<String, Target> there = of(scope);
        synchronized (there) {
            return List.copyOf(there.values());
        }
    }

    Iterable<Scope> scopes() {
        return all.keySet();
    }

    void add(Target target) {
        Map<String, Target> there = of(target.scope());
        synchronized (there) {
            there.put(target.resource().text(), target);
        }
    }

    /** With its policies, their alarms, and its scheduled actions. */
    void remove(Target target) {
        target.leave();
        target.policies().forEach(policy -> removeAlarms(target.scope(), policy));
        Map<String, Target> there = of(target.scope());
        synchronized (there) {
            there.remove(target.resource().text(), target);
        }
    }

    void removeAlarms(Scope scope, Policy policy) {
        alarms.remove(scope, policy.alarmHigh());
        policy.alarmLow().ifPresent(low -> alarms.remove(scope, low));
    }

    private List<Target> of(Scope scope, String endpointName) {
        List<Target> found = new ArrayList<>(list(scope));
        found.removeIf(target -> !target.resource().endpointName().equalsIgnoreCase(endpointName));
        return found;
    }

    private Map<String, Target> of(Scope scope) {
        return all.computeIfAbsent(scope, s -> new TreeMap<>());
    }
}
