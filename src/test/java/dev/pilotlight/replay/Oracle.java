package dev.pilotlight.replay;

import java.util.Arrays;

/**
 * Who knows every request of the week: the fewest slots, in whole slots for every 15 minutes and with everybody's readiness and lead, that leave
 * no more than a share of the week's requests without one.
 */
final class Oracle {
    private static final int MOST = 400;
    private static final int MOST_TRIES = 60;
    private static final int PATIENT_TRIES = 12;

    private final Workload workload;
    private final int slots;
    private final int[] firstOf;
    private final int[] warmUp;
    private final int[][] spilled;

    Oracle(Workload workload) {
        this.workload = workload;
        this.slots = (int) ((workload.end() - workload.start()) / Schedule.SLOT);
        this.firstOf = new int[slots + 1];
        this.warmUp = new int[slots];
        double longest = 0;
        for (int i = workload.first(); i < workload.durations().length; i++) {
            longest = Math.max(longest, workload.durations()[i]);
        }
        int at = workload.first();
        int warm = at;
        for (int slot = 0; slot <= slots; slot++) {
            double begins = workload.start() + slot * (double) Schedule.SLOT;
            while (at < workload.arrivals().length && workload.arrivals()[at] < begins) {
                at++;
            }
            while (warm < at && workload.arrivals()[warm] < begins - longest) {
                warm++;
            }
            firstOf[slot] = at;
            if (slot < slots) {
                warmUp[slot] = warm;
            }
        }
        this.spilled = new int[slots][];
        for (int slot = 0; slot < slots; slot++) {
            spilled[slot] = spilled(slot);
        }
    }

    /** The schedule. Slots are weighed one by one, so its spill-over is checked by a replay of the whole week. */
    Schedule schedule(double allowed, double readiness) {
        int requests = firstOf[slots] - firstOf[0];
        double share = allowed;
        for (int i = 0; i < MOST_TRIES; i++) {
            Schedule schedule = Schedule.of(least(share * requests), workload.start(), readiness);
            double really = Provisioned.replay(workload, schedule).spillover();
            if (really <= allowed) {
                return schedule;
            }
            // Near the end the difference is a few requests, and smaller than any slot makes.
            share -= Math.max(1.1 * (really - allowed), i < PATIENT_TRIES ? 0 : allowed / 50);
        }
        throw new IllegalStateException(workload.name() + ": no schedule within " + allowed);
    }

    /** The cheapest by a price on every request that spills, and then single slots taken away while there is room. */
    private int[] least(double spillable) {
        double low = 1e-6;
        double high = 1e6;
        for (int i = 0; i < 30; i++) {
            double middle = Math.sqrt(low * high);
            if (spills(at(middle)) <= spillable) {
                high = middle;
            } else {
                low = middle;
            }
        }
        int[] capacities = at(high);
        int left = (int) spillable - spills(capacities);
        for (int limit = 1; limit <= left; limit = Math.max(limit + 1, limit * 5 / 4)) {
            for (int slot = 0; slot < slots; slot++) {
                int more = capacities[slot] == 0
                        ? Integer.MAX_VALUE
                        : spilled[slot][capacities[slot] - 1] - spilled[slot][capacities[slot]];
                if (more <= Math.min(limit, left)) {
                    capacities[slot]--;
                    left -= more;
                }
            }
        }
        return capacities;
    }

    private int spills(int[] capacities) {
        int spills = 0;
        for (int slot = 0; slot < slots; slot++) {
            spills += spilled[slot][capacities[slot]];
        }
        return spills;
    }

    private int[] at(double price) {
        int[] capacities = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            int best = 0;
            for (int capacity = 1; capacity < spilled[slot].length; capacity++) {
                if (capacity + price * spilled[slot][capacity] < best + price * spilled[slot][best]) {
                    best = capacity;
                }
            }
            capacities[slot] = best;
        }
        return capacities;
    }

    /** Requests that spill over in a slot, for every capacity up to the first with none. */
    private int[] spilled(int slot) {
        int[] spills = new int[MOST + 1];
        int capacity = 0;
        spills[0] = firstOf[slot + 1] - firstOf[slot];
        while (spills[capacity] > 0 && capacity < MOST) {
            capacity++;
            spills[capacity] = count(slot, capacity);
        }
        return Arrays.copyOf(spills, capacity + 1);
    }

    private int count(int slot, int capacity) {
        Busy busy = new Busy();
        int spills = 0;
        for (int i = warmUp[slot]; i < firstOf[slot + 1]; i++) {
            double now = workload.arrivals()[i];
            busy.freeUntil(now);
            if (busy.size() < capacity) {
                busy.add(now + workload.durations()[i]);
            } else if (i >= firstOf[slot]) {
                spills++;
            }
        }
        return spills;
    }
}
