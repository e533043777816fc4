package dev.pilotlight.replay;

/**
 * What a policy did in the week that is judged.
 *
 * @param spillover share of the requests that found no provisioned slot
 * @param cold what the requests that found none waited for
 * @param slotHours provisioned, in hours of one slot
 * @param bill slots, requests and pings
 * @param changes of capacity
 */
record Outcome(String policy, double spillover, Cold cold, double slotHours, Bill bill, int changes) {

    /**
     * Cold starts under every model of them; with none does capacity cost another amount.
     *
     * @param shares of the requests that waited for a cold start, by idle time of {@link ColdModel#IDLE_GRID} and then by readiness of
     *     {@link SeedRun#READINESS_GRID}
     * @param sharesByTime the same with a fixed time of a cold start, of {@link ColdModel#COLD_GRID}
     * @param addedP50 seconds that cold starts added at the median of all requests
     * @param addedP95 the same at the 95th percentile
     * @param addedP99 the same at the 99th
     */
    record Cold(double[][] shares, double[] sharesByTime, double addedP50, double addedP95, double addedP99) {
        double share(int idle, int readiness) {
            return shares[idle][readiness];
        }
    }

    /** US dollars a week. */
    record Bill(double slots, double provisionedRequests, double onDemandRequests, double pings) {
        double sum() {
            return slots + provisionedRequests + onDemandRequests + pings;
        }
    }

    /** With containers that are kept for ten minutes, and slots that are ready after three. */
    double coldShare() {
        return cold.share(ColdModel.BASE_IDLE, SeedRun.BASE_READINESS);
    }

    double usd() {
        return bill.sum();
    }
}
