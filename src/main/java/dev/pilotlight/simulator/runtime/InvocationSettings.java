package dev.pilotlight.simulator.runtime;

import java.time.Duration;
import java.util.Map;

/**
 * How containers start, answer and stop. AWS publishes no law for any of this; these are parameters of a simulation,
 * not AWS numbers.
 *
 * @param coldStartBase part of a cold start that every image has
 * @param coldStartPerGiB added for every GiB of image
 * @param handling what the model takes at 1,769 MB; less memory makes it slower in proportion (by analogy with Lambda)
 * @param idleTimeout how long an on-demand container stays warm after its last request
 * @param memoryNeeds memory in MB that models of an image need, by repository name; a smaller endpoint runs out of
 *     memory. An image whose name or tag contains {@code needs-4096mb} needs that much
 * @param billsColdStart whether the time of a cold start is billed (AWS does not say)
 */
public record InvocationSettings(
        Duration coldStartBase,
        Duration coldStartPerGiB,
        Duration handling,
        Duration idleTimeout,
        Map<String, Integer> memoryNeeds,
        boolean billsColdStart) {

    public InvocationSettings {
        memoryNeeds = Map.copyOf(memoryNeeds);
    }

    /** Cold start 2 s and 2 s per GiB, handling 80 ms, idle for 5 minutes, no image needs more than it has. */
    public static InvocationSettings defaults() {
        return new InvocationSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMillis(80),
                Duration.ofMinutes(5),
                Map.of(),
                false);
    }

    public InvocationSettings withHandling(Duration newHandling) {
        return new InvocationSettings(
                coldStartBase, coldStartPerGiB, newHandling, idleTimeout, memoryNeeds, billsColdStart);
    }

    public InvocationSettings withColdStart(Duration base, Duration perGiB) {
        return new InvocationSettings(base, perGiB, handling, idleTimeout, memoryNeeds, billsColdStart);
    }

    public InvocationSettings withIdleTimeout(Duration newIdleTimeout) {
        return new InvocationSettings(
                coldStartBase, coldStartPerGiB, handling, newIdleTimeout, memoryNeeds, billsColdStart);
    }

    public InvocationSettings withMemoryNeeds(Map<String, Integer> newMemoryNeeds) {
        return new InvocationSettings(
                coldStartBase, coldStartPerGiB, handling, idleTimeout, newMemoryNeeds, billsColdStart);
    }

    public InvocationSettings billingColdStarts(boolean newBillsColdStart) {
        return new InvocationSettings(
                coldStartBase, coldStartPerGiB, handling, idleTimeout, memoryNeeds, newBillsColdStart);
    }
}
