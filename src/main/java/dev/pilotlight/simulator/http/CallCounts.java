package dev.pilotlight.simulator.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each API was called and what came of it. Every HTTP request counts, retries and lost answers included. */
public final class CallCounts {
    private final ConcurrentMap<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ConcurrentMap<String, LongAdder>> outcomes = new ConcurrentHashMap<>();

    /** Counts a call and returns how many of this API there were, this one included. */
    long called(String api) {
        LongAdder count = calls.computeIfAbsent(api, a -> new LongAdder());
        synchronized (count) {
            count.increment();
            return count.sum();
        }
    }

    void ended(String api, String outcome) {
        outcomes.computeIfAbsent(api, a -> new ConcurrentHashMap<>())
                .computeIfAbsent(outcome, o -> new LongAdder())
                .increment();
    }

    /** Calls of one API, for example {@code sagemaker.CreateEndpoint}. */
    public long of(String api) {
        LongAdder count = calls.get(api);
        return count == null ? 0 : count.sum();
    }

    /** Calls of all APIs. */
    public long total() {
        return calls.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Calls by {@code service.Operation}, sorted by name. */
    public Map<String, Long> byApi() {
        Map<String, Long> counts = new TreeMap<>();
        calls.forEach((api, count) -> counts.put(api, count.sum()));
        return counts;
    }

    /** Calls by API and outcome: {@code ok}, the error code, or {@code connection dropped}. */
    public Map<String, Map<String, Long>> byOutcome() {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        outcomes.forEach((api, byOutcome) -> {
            Map<String, Long> sorted = new TreeMap<>();
            byOutcome.forEach((outcome, count) -> sorted.put(outcome, count.sum()));
            counts.put(api, sorted);
        });
        return counts;
    }

    /** Starts counting from nothing. */
    public void reset() {
        calls.clear();
        outcomes.clear();
    }
}
