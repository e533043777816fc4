package dev.pilotlight.simulator.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What AWS would bill for one endpoint, and what it would count. Guarded by its {@link Fleet}. */
final class Meter {
    private final Map<Integer, Long> onDemandMillis = new TreeMap<>();
    private final Map<Integer, Long> provisionedMillis = new TreeMap<>();
    private final Map<Integer, Double> slotSeconds = new TreeMap<>();
    private long bytesIn;
    private long bytesOut;
    private long invocations;
    private long coldStarts;
    private long spillovers;
    private long throttles;
    private long modelErrors;
    private int slots;
    private int slotMemory;
    private Instant slotsSince = Instant.EPOCH;

    /** From {@code at} on so many provisioned slots of this memory are allocated. */
    void allocate(int memory, int newSlots, Instant at) {
        count(at);
        slots = newSlots;
        slotMemory = memory;
        slotsSince = at;
    }

    void served(Lease lease, int memory, Duration billed, long in, long out) {
        invocations++;
        bytesIn += in;
        bytesOut += out;
        if (memory == 0) {
            // Instances are billed by the hour, not by the request.
            return;
        }
        (lease.provisioned() ? provisionedMillis : onDemandMillis).merge(memory, billed.toMillis(), Long::sum);
        if (lease.cold()) {
            coldStarts++;
        }
        if (lease.spillover()) {
            spillovers++;
        }
    }

    void throttled() {
        throttles++;
    }

    void modelError() {
        modelErrors++;
    }

    /** What was metered until {@code now}; memory sizes in MB are the keys of durations. */
    Map<String, Object> read(Instant now) {
        count(now);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("invocations", invocations);
        json.put("coldStarts", coldStarts);
        json.put("spillovers", spillovers);
        json.put("throttles", throttles);
        json.put("modelErrors", modelErrors);
        json.put("onDemandMillisByMemory", new TreeMap<>(onDemandMillis));
        json.put("provisionedMillisByMemory", new TreeMap<>(provisionedMillis));
        json.put("provisionedSlotSecondsByMemory", new TreeMap<>(slotSeconds));
        json.put("bytesIn", bytesIn);
        json.put("bytesOut", bytesOut);
        return json;
    }

    private void count(Instant until) {
        if (slots > 0 && until.isAfter(slotsSince)) {
            double seconds = Duration.between(slotsSince, until).toMillis() / 1000.0 * slots;
            slotSeconds.merge(slotMemory, seconds, Double::sum);
            slotsSince = until;
        }
    }
}
