package dev.pilotlight.replay;

import java.util.Arrays;

/**
 * Provisioned slots over time: when they can be used, and what is paid for them. More slots are paid from the moment they are asked for, and
 * usable when they are ready.
 */
final class Schedule {
    static final int SLOT = 900;
    /** How long before a slot of time its capacity is asked for. */
    static final int LEAD = 300;

    private final Times at = new Times();
    private final Times capacities = new Times();
    private double paidSlotSeconds;
    private int changes;

    private Schedule() {}

    /** The same number all the time. */
    static Schedule constant(int capacity, double from, double to) {
        Schedule schedule = new Schedule();
        schedule.set(from, capacity);
        schedule.paidSlotSeconds = capacity * (to - from);
        return schedule;
    }

    /** For a controller that decides as it goes; it calls {@link #set} and {@link #pay}. */
    static Schedule empty() {
        return new Schedule();
    }

    /**
     * Numbers for every 15 minutes, each asked for {@value #LEAD} seconds before when it is more, and at the time when it is less.
     *
     * @param readiness seconds from asking to being usable
     */
    static Schedule of(int[] slots, double start, double readiness) {
        Schedule schedule = new Schedule();
        for (int i = 0; i < slots.length; i++) {
            double begins = start + i * (double) SLOT;
            int before = i == 0 ? 0 : slots[i - 1];
            schedule.paidSlotSeconds += slots[i] * (double) SLOT;
            if (slots[i] > before) {
                schedule.paidSlotSeconds += (slots[i] - before) * (double) LEAD;
                schedule.set(begins - LEAD + readiness, slots[i]);
            } else if (slots[i] < before) {
                schedule.set(begins, slots[i]);
            }
        }
        return schedule;
    }

    void set(double second, int capacity) {
        at.add(second);
        capacities.add(capacity);
        changes++;
    }

    void pay(double slotSeconds) {
        paidSlotSeconds += slotSeconds;
    }

    double paidSlotSeconds() {
        return paidSlotSeconds;
    }

    int changes() {
        return changes;
    }

    /** When capacity changes, ascending. */
    double[] at() {
        return at.toArray();
    }

    int[] capacities() {
        return Arrays.stream(capacities.toArray())
                .mapToInt(value -> (int) value)
                .toArray();
    }
}
