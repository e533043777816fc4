package dev.pilotlight.simulator.sagemaker;

import java.time.Duration;

/**
 * How SageMaker hosting behaves where AWS does not say, or says "a few minutes".
 *
 * @param durations how long states last
 * @param consistency how late new objects are seen
 * @param addsProvisionedConcurrency whether UpdateEndpointWeightsAndCapacities may give provisioned concurrency to a
 *     variant that has none
 * @param countsOldAndNew whether the old and the new concurrency both count against the quota while an endpoint updates
 * @param volumeSizeInGB what DescribeEndpointConfig shows on serverless variants, where it means nothing
 * @param searchLag how long Search goes on showing what was before a change
 */
public record HostingSettings(
        StateDurations durations,
        Consistency consistency,
        boolean addsProvisionedConcurrency,
        boolean countsOldAndNew,
        int volumeSizeInGB,
        Duration searchLag) {

    /**
     * How long states last on the simulator's clock. 165 s is one public measurement of a serverless create; the others
     * are assumptions.
     *
     * @param creating from CreateEndpoint to InService
     * @param updating from UpdateEndpoint to InService
     * @param scaling from UpdateEndpointWeightsAndCapacities to InService
     * @param deleting from DeleteEndpoint to gone
     * @param jitter how far a duration may differ at random, from 0 (never) to 1 (from nothing to twice as long)
     */
    public record StateDurations(
            Duration creating, Duration updating, Duration scaling, Duration deleting, double jitter) {

        /** Every state lasts until it was read once, and no longer. */
        public static final StateDurations NONE =
                new StateDurations(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

        /** Creating 165 s, Updating 120 s, scaling 60 s, Deleting 10 s, not random. */
        public static final StateDurations USUAL = new StateDurations(
                Duration.ofSeconds(165), Duration.ofSeconds(120), Duration.ofSeconds(60), Duration.ofSeconds(10), 0);

        public StateDurations {
            if (jitter < 0 || jitter > 1) {
                throw new IllegalArgumentException("jitter must be between 0 and 1, was " + jitter);
            }
        }

        public StateDurations withJitter(double newJitter) {
            return new StateDurations(creating, updating, scaling, deleting, newJitter);
        }
    }

    /**
     * How late a new object is seen by Describe, List and by the calls that refer to it. It is seen when both have passed.
     *
     * @param hiddenReads how many lookups miss it
     * @param hiddenFor how long lookups miss it
     */
    public record Consistency(int hiddenReads, Duration hiddenFor) {
        public static final Consistency STRONG = new Consistency(0, Duration.ZERO);
    }

    /** The usual durations, strongly consistent but for Search, both undocumented behaviours in the caller's favour. */
    public static HostingSettings defaults() {
        return new HostingSettings(StateDurations.USUAL, Consistency.STRONG, true, false, 30, Duration.ofSeconds(10));
    }

    public HostingSettings withDurations(StateDurations newDurations) {
        return new HostingSettings(
                newDurations, consistency, addsProvisionedConcurrency, countsOldAndNew, volumeSizeInGB, searchLag);
    }

    public HostingSettings withConsistency(Consistency newConsistency) {
        return new HostingSettings(
                durations, newConsistency, addsProvisionedConcurrency, countsOldAndNew, volumeSizeInGB, searchLag);
    }

    /** Sets the two behaviours AWS does not document. */
    public HostingSettings assuming(boolean newAddsProvisionedConcurrency, boolean newCountsOldAndNew) {
        return new HostingSettings(
                durations, consistency, newAddsProvisionedConcurrency, newCountsOldAndNew, volumeSizeInGB, searchLag);
    }

    public HostingSettings withSearchLag(Duration newSearchLag) {
        return new HostingSettings(
                durations, consistency, addsProvisionedConcurrency, countsOldAndNew, volumeSizeInGB, newSearchLag);
    }
}
