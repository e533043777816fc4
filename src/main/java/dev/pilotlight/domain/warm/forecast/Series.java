package dev.pilotlight.domain.warm.forecast;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Requests of every slot, and which slot of the local day and week each is. */
final class Series {
    static final int SLOTS_A_DAY = 96;

    private final History history;
    private final int from;
    private final int known;
    private final int[] ofDay;
    private final DayOfWeek[] dayOfWeek;

    /**
     * @param from index in the history of the first slot that counts
     */
    Series(History history, int from, ZoneId zone) {
        this.history = history;
        this.from = from;
        this.known = history.slots() - from;
        this.ofDay = new int[known];
        this.dayOfWeek = new DayOfWeek[known];
        for (int i = 0; i < ofDay.length; i++) {
            LocalDateTime local = LocalDateTime.ofInstant(startOf(i), zone);
            ofDay[i] = (local.getHour() * 60 + local.getMinute()) / 15;
            dayOfWeek[i] = local.getDayOfWeek();
        }
    }

    Instant startOf(int slot) {
        return history.startOf(from + slot);
    }

    /** How many slots there are up to the last known one. */
    int known() {
        return known;
    }

    /** Requests, or NaN when not known. */
    double count(int slot) {
        return slot >= 0 && slot < known ? history.count(from + slot) : Double.NaN;
    }

    /** Requests of every minute, or null. */
    float[] minutes(int slot) {
        return history.minutes(from + slot);
    }

    int ofDay(int slot) {
        return ofDay[slot];
    }

    DayOfWeek dayOfWeek(int slot) {
        return dayOfWeek[slot];
    }
}
