package dev.pilotlight.domain.warm.forecast;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A window as a WarmPolicy can have it.
 *
 * @param days on which it opens
 * @param start when it opens
 * @param end when it closes: later on the same day, or midnight after it
 * @param capacity slots while it is open, 1 or more
 */
public record RecommendedWindow(Set<DayOfWeek> days, LocalTime start, LocalTime end, ZoneId zone, int capacity) {
    private static final Set<DayOfWeek> ALL = Set.of(DayOfWeek.values());
    private static final Set<DayOfWeek> WORKDAYS =
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);

    public RecommendedWindow {
        days = Set.copyOf(days);
    }

    /** A DNS label, unique among the windows of one recommendation: {@code mon-fri-0815}. */
    public String name() {
        String when = String.format(Locale.ROOT, "-%02d%02d", start.getHour(), start.getMinute());
        return (days.equals(ALL)
                        ? "daily"
                        : daysInWords().toLowerCase(Locale.ROOT).replace(',', '-'))
                + when;
    }

    /** Cron of the opening, five fields: {@code 15 8 * * MON-FRI}. */
    public String startCron() {
        return cron(start, days.equals(ALL) ? "*" : daysInWords());
    }

    /** Cron of the closing. */
    public String endCron() {
        if (days.equals(ALL)) {
            return cron(end, "*");
        }
        if (!end.equals(LocalTime.MIDNIGHT)) {
            return cron(end, daysInWords());
        }
        return cron(
                end,
                days.equals(WORKDAYS)
                        ? "TUE-SAT"
                        : list(days.stream().map(day -> day.plus(1)).collect(Collectors.toSet())));
    }

    private static String cron(LocalTime time, String days) {
        return time.getMinute() + " " + time.getHour() + " * * " + days;
    }

    private String daysInWords() {
        return days.equals(WORKDAYS) ? "MON-FRI" : list(days);
    }

    private static String list(Set<DayOfWeek> days) {
        List<String> names = new TreeSet<>(days)
                .stream().map(day -> day.name().substring(0, 3)).toList();
        return String.join(",", names);
    }
}
