package dev.pilotlight.domain.warm.forecast;

import java.time.DayOfWeek;

/** What repeats. */
enum Shape {
    /** Every slot of the week is like the same one of other weeks. */
    WEEK(7),
    /** Working days are alike, and so are the days of the weekend. */
    WORKDAY(2),
    /** All days are alike. */
    DAY(1),
    /** Nothing repeats; all slots are alike. */
    FLAT(1);

    private final int days;

    Shape(int days) {
        this.days = days;
    }

    /** How many slots differ. */
    int keys() {
        return days * Series.SLOTS_A_DAY;
    }

    int key(DayOfWeek day, int ofDay) {
        return switch (this) {
            case WEEK -> (day.getValue() - 1) * Series.SLOTS_A_DAY + ofDay;
            case WORKDAY -> (day.getValue() >= DayOfWeek.SATURDAY.getValue() ? Series.SLOTS_A_DAY : 0) + ofDay;
            case DAY -> ofDay;
            case FLAT -> 0;
        };
    }

    /** The same slot in the shape that knows less, for a slot that was never seen. */
    Shape coarser() {
        return this == WEEK ? WORKDAY : DAY;
    }
}
