package dev.pilotlight.simulator.cloudwatch;

import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Measurements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The alarms that exist. Whoever keeps them evaluates them; here they are only looked at. Thread safe. */
public final class AlarmBook {
    private final Map<Scope, Map<String, Alarm>> alarms = new ConcurrentHashMap<>();

    /** StateValue. */
    public enum State {
        OK,
        ALARM,
        INSUFFICIENT_DATA
    }

    /**
     * An alarm on the average of a metric over minutes.
     *
     * @param comparison {@code GreaterThanThreshold} or {@code LessThanThreshold}
     * @param minutes EvaluationPeriods of 60 s, all of which must be beyond the threshold
     * @param action ARN of the policy it triggers
     */
    public record Alarm(
            String name,
            String arn,
            Measurements.Variant variant,
            String metric,
            String comparison,
            double threshold,
            int minutes,
            String action,
            State state,
            Instant stateSince) {

        /** The same in another state. */
        Alarm in(State newState, Instant at) {
            return newState == state
                    ? this
                    : new Alarm(name, arn, variant, metric, comparison, threshold, minutes, action, newState, at);
        }
    }

    /** Makes or replaces the alarm of that name. */
    public void put(Scope scope, Alarm alarm) {
        Map<String, Alarm> there = of(scope);
        synchronized (there) {
            there.put(alarm.name(), alarm);
        }
    }

    /** The alarm of that name, if there still is one, is in a state from then on. */
    public void enter(Scope scope, String name, State state, Instant at) {
        Map<String, Alarm> there = of(scope);
        synchronized (there) {
            there.computeIfPresent(name, (n, alarm) -> alarm.in(state, at));
        }
    }

    public void remove(Scope scope, String name) {
        Map<String, Alarm> there = of(scope);
        synchronized (there) {
            there.remove(name);
        }
    }

    /** All of an account and Region, by name. */
    public List<Alarm> list(Scope scope) {
        Map<String, Alarm> there = of(scope);
        synchronized (there) {
            return List.copyOf(there.values());
        }
    }

    private Map<String, Alarm> of(Scope scope) {
        return alarms.computeIfAbsent(scope, s -> new TreeMap<>());
    }
}
