package dev.pilotlight.simulator.runtime;

import dev.pilotlight.simulator.sagemaker.Hosted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The containers of one endpoint. Provisioned slots are always warm; above them containers start on demand, up to the
 * maximum concurrency, and stay warm for the idle time-out. A new deployment starts with no warm container. Thread safe.
 */
final class Fleet {
    private final Duration idleTimeout;
    private final Meter meter = new Meter();
    private final Map<Long, Instant> idle = new LinkedHashMap<>();
    private final Set<Long> busy = new HashSet<>();
    private final List<Instant> ends = new ArrayList<>();
    private final List<Instant> provisionedEnds = new ArrayList<>();
    private int provisionedBusy;
    private long deployment;
    private long containers;

    Fleet(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    /**
     * A container for a request; empty when the maximum concurrency is reached. On a clock that is turned by hand answers come at once and
     * leases with them, so a provisioned slot is busy for the time that its request would have taken; a container on demand is not.
     */
    synchronized Optional<Lease> lease(Hosted hosted, Instant now) {
        startOver(hosted);
        idle.values().removeIf(since -> since.plus(idleTimeout).isBefore(now));
        if (busy.size() + provisionedBusy >= hosted.max()) {
            return Optional.empty();
        }
        provisionedEnds.removeIf(end -> !end.isAfter(now));
        if (!hosted.serverless() || Math.max(provisionedBusy, provisionedEnds.size()) < hosted.provisioned()) {
            provisionedBusy++;
            return Optional.of(new Lease(0, false, true, false));
        }
        boolean cold = idle.isEmpty();
        // The one used last: it is the warmest, and the others may time out.
        long container = cold ? ++containers : idle.keySet().stream().reduce(0L, (a, b) -> b);
        idle.remove(container);
        busy.add(container);
        return Optional.of(new Lease(container, cold, false, hosted.provisioned() > 0));
    }

    synchronized void giveBack(Lease lease, Hosted hosted, Instant now) {
        if (lease.provisioned()) {
            provisionedBusy--;
            return;
        }
        busy.remove(lease.container());
        if (hosted.deployment() == deployment) {
            idle.put(lease.container(), now);
        }
    }

    /**
     * Counts a request that takes {@code lasts} from now on, and says how many are under way with it, by the time that they would have
     * taken.
     */
    synchronized Executions executions(Lease lease, Hosted hosted, Instant now, Duration lasts) {
        ends.removeIf(end -> !end.isAfter(now));
        ends.add(now.plus(lasts));
        provisionedEnds.removeIf(end -> !end.isAfter(now));
        if (lease.provisioned()) {
            provisionedEnds.add(now.plus(lasts));
        }
        return new Executions(ends.size(), Math.min(provisionedEnds.size(), hosted.provisioned()));
    }

    /**
     * @param all requests under way
     * @param provisioned those of them that provisioned slots have
     */
    record Executions(int all, int provisioned) {}

    synchronized void serves(Hosted hosted, Instant from) {
        startOver(hosted);
        meter.allocate(hosted.memory(), hosted.serverless() ? hosted.provisioned() : 0, from);
    }

    synchronized void stops(Instant at) {
        idle.clear();
        meter.allocate(0, 0, at);
    }

    synchronized void served(Lease lease, Hosted hosted, Duration billed, long in, long out) {
        meter.served(lease, hosted.memory(), billed, in, out);
    }

    synchronized void throttled() {
        meter.throttled();
    }

    synchronized void modelError() {
        meter.modelError();
    }

    synchronized Map<String, Object> read(Instant now) {
        idle.values().removeIf(since -> since.plus(idleTimeout).isBefore(now));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("containers", Map.of("idle", idle.size(), "busy", busy.size(), "provisionedBusy", provisionedBusy));
        json.put("billing", meter.read(now));
        return json;
    }

    private void startOver(Hosted hosted) {
        if (hosted.deployment() > deployment) {
            deployment = hosted.deployment();
            idle.clear();
        }
    }
}
