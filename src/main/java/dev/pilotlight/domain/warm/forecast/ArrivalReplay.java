package dev.pilotlight.domain.warm.forecast;

import java.util.PriorityQueue;

/** Requests as they came, through a fixed number of slots. Right for any arrivals, because it assumes nothing about them. */
public final class ArrivalReplay {
    private ArrivalReplay() {}

    /**
     * The share of requests that find every slot busy.
     *
     * @param arrivals seconds, ascending
     * @param durations seconds, one for each arrival
     */
    public static double spillover(double[] arrivals, double[] durations, int slots) {
        requireSameLength(arrivals, durations);
        if (arrivals.length == 0) {
            return 0;
        }
        PriorityQueue<Double> busyUntil = new PriorityQueue<>();
        int spilled = 0;
        for (int i = 0; i < arrivals.length; i++) {
            while (!busyUntil.isEmpty() && busyUntil.peek() <= arrivals[i]) {
                busyUntil.poll();
            }
            if (busyUntil.size() < slots) {
                busyUntil.add(arrivals[i] + durations[i]);
            } else {
                spilled++;
            }
        }
        return (double) spilled / arrivals.length;
    }

    /**
     * The fewest slots that leave no more than a share of the requests without one.
     *
     * @param share 0 to 1
     * @param most where to stop looking; the answer when even that is too few
     */
    public static int slotsFor(double[] arrivals, double[] durations, double share, int most) {
        int low = 0;
        int high = most;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spillover(arrivals, durations, middle) <= share) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static void requireSameLength(double[] arrivals, double[] durations) {
        if (arrivals.length != durations.length) {
            throw new IllegalArgumentException(arrivals.length + " arrivals, " + durations.length + " durations");
        }
    }
}
