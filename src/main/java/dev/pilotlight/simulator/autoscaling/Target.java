package dev.pilotlight.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Scope;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A scalable target with what hangs on it. Guarded by itself; nobody calls another service while holding it. */
final class Target {
    static final String NAMESPACE = "sagemaker";
    static final String DIMENSION = "sagemaker:variant:DesiredProvisionedConcurrency";

    private static final int ACTIVITIES_KEPT = 200;

    private final Scope scope;
    private final ResourceId resource;
    private final String arn;
    private final Instant created;
    private final Map<String, Policy> policies = new TreeMap<>();
    private final Map<String, Action> actions = new TreeMap<>();
    private final Deque<Activity> activities = new ArrayDeque<>();
    private int min;
    private int max;
    private Suspended suspended = Suspended.NOTHING;
    private boolean gone;
    private boolean beating;
    private Instant scaledOut = Instant.MIN;
    private Instant scaledIn = Instant.MIN;

    /** SuspendedState. */
    record Suspended(boolean in, boolean out, boolean scheduled) {
        static final Suspended NOTHING = new Suspended(false, false, false);
    }

    Target(Scope scope, ResourceId resource, String arn, Instant created) {
        this.scope = scope;
        this.resource = resource;
        this.arn = arn;
        this.created = created;
    }

    Scope scope() {
        return scope;
    }

    ResourceId resource() {
        return resource;
    }

    String arn() {
        return arn;
    }

    synchronized int min() {
        return min;
    }

    synchronized int max() {
        return max;
    }

    synchronized Suspended suspended() {
        return suspended;
    }

    synchronized void suspend(Suspended value) {
        suspended = value;
    }

    /** @return false when the range makes no sense, and then nothing changed */
    synchronized boolean range(int newMin, int newMax) {
        if (newMin < 0 || newMax < newMin) {
            return false;
        }
        min = newMin;
        max = newMax;
        return true;
    }

    /** The capacity nearest to {@code wanted} that the range allows. */
    synchronized int within(int wanted) {
        return Math.clamp(wanted, min, max);
    }

    synchronized boolean gone() {
        return gone;
    }

    synchronized void leave() {
        gone = true;
    }

    /** Whether the caller is the one to let it beat from now on. */
    synchronized boolean startBeating() {
        boolean first = !beating && !gone;
        beating = first || beating;
        return first;
    }

    synchronized void stopBeating() {
        beating = false;
    }

    synchronized List<Policy> policies() {
        return List.copyOf(policies.values());
    }

    synchronized Optional<Policy> policy(String name) {
        return Optional.ofNullable(policies.get(name));
    }

    synchronized void put(Policy policy) {
        policies.put(policy.name(), policy);
    }

    synchronized Optional<Policy> removePolicy(String name) {
        return Optional.ofNullable(policies.remove(name));
    }

    synchronized List<Action> actions() {
        return List.copyOf(actions.values());
    }

    synchronized Optional<Action> action(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    synchronized void put(Action action) {
        actions.put(action.name(), action);
    }

    synchronized Optional<Action> removeAction(String name) {
        return Optional.ofNullable(actions.remove(name));
    }

    /** Newest first. */
    synchronized List<Activity> activities() {
        return List.copyOf(activities);
    }

    synchronized void add(Activity activity) {
        activities.addFirst(activity);
        if (activities.size() > ACTIVITIES_KEPT) {
            activities.removeLast();
        }
    }

    synchronized void replace(Activity old, Activity now) {
        List<Activity> all = activities.stream()
                .map(activity -> activity.equals(old) ? now : activity)
                .toList();
        activities.clear();
        activities.addAll(all);
    }

    synchronized void scaled(boolean out, Instant at) {
        if (out) {
            scaledOut = at;
        } else {
            scaledIn = at;
        }
    }

    synchronized Instant scaledOut() {
        return scaledOut;
    }

    synchronized Instant scaledIn() {
        return scaledIn;
    }

    synchronized ObjectNode describe(String roleArn) {
        ObjectNode json = key();
        json.put("MinCapacity", min).put("MaxCapacity", max).put("RoleARN", roleArn);
        json.put("CreationTime", JsonProtocol.seconds(created)).put("ScalableTargetARN", arn);
        json.putObject("SuspendedState")
                .put("DynamicScalingInSuspended", suspended.in())
                .put("DynamicScalingOutSuspended", suspended.out())
                .put("ScheduledScalingSuspended", suspended.scheduled());
        return json;
    }

    /** The members that name a target in every answer. */
    ObjectNode key() {
        return JsonProtocol.object()
                .put("ServiceNamespace", NAMESPACE)
                .put("ResourceId", resource.text())
                .put("ScalableDimension", DIMENSION);
    }
}
