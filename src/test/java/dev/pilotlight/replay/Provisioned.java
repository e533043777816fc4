package dev.pilotlight.replay;

import java.util.Arrays;

/**
 * What became of the requests at the provisioned slots: a loss system whose size changes over time.
 *
 * @param requests how many were judged
 * @param spilled indices of those that found no slot free
 * @param busySeconds that slots were at work
 */
record Provisioned(int requests, int[] spilled, double busySeconds) {

    double spillover() {
        return requests == 0 ? 0 : (double) spilled.length / requests;
    }

    static Provisioned replay(Workload workload, Schedule schedule) {
        double[] at = schedule.at();
        int[] capacities = schedule.capacities();
        double[] arrivals = workload.arrivals();
        double[] durations = workload.durations();
        int first = workload.first();
        Busy busy = new Busy();
        int[] spilled = new int[1024];
        int spills = 0;
        int step = 0;
        int capacity = 0;
        double busySeconds = 0;
        for (int i = first; i < arrivals.length; i++) {
            double now = arrivals[i];
            while (step < at.length && at[step] <= now) {
                capacity = capacities[step++];
            }
            busy.freeUntil(now);
            if (busy.size() < capacity) {
                busy.add(now + durations[i]);
                busySeconds += durations[i];
            } else {
                if (spills == spilled.length) {
                    spilled = Arrays.copyOf(spilled, spills * 2);
                }
                spilled[spills++] = i;
            }
        }
        return new Provisioned(arrivals.length - first, Arrays.copyOf(spilled, spills), busySeconds);
    }

    /** Without any slot. */
    static Provisioned none(Workload workload) {
        int first = workload.first();
        int requests = workload.arrivals().length - first;
        int[] all = new int[requests];
        Arrays.setAll(all, i -> first + i);
        return new Provisioned(requests, all, 0);
    }
}
