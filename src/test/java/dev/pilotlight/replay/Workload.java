package dev.pilotlight.replay;

/**
 * Requests to be replayed.
 *
 * @param name what they are, for the report
 * @param start the second where the part that is judged begins; what came before is there to learn from
 * @param days how long everything lasts, from second 0
 * @param arrivals seconds, ascending
 * @param durations how long each keeps a warm container busy, in seconds
 */
record Workload(String name, double start, int days, double[] arrivals, double[] durations) {
    static final int DAY = 86_400;

    Workload {
        if (arrivals.length != durations.length) {
            throw new IllegalArgumentException(arrivals.length + " arrivals, " + durations.length + " durations");
        }
    }

    double end() {
        return days * (double) DAY;
    }

    /** Index of the first request that is judged. */
    int first() {
        int low = 0;
        int high = arrivals.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (arrivals[middle] < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
