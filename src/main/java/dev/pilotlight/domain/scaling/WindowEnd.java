package dev.pilotlight.domain.scaling;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.pilotlight.domain.scaling.ScalingRules.Calendar;
import dev.pilotlight.domain.scaling.ScalingRules.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One end of a window, at which something opens or closes again and again.
 *
 * @param name unique among the ends of all windows
 * @param timeZone IANA name
 * @param cron five fields
 */
record WindowEnd(String name, String timeZone, String cron) {
    /** An end that happens more often in a week is left in one piece: no person writes so, and AWS has a limit. */
    private static final int MOST_IN_A_WEEK = 28;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmm");

    static WindowEnd opens(Window window) {
        return new WindowEnd(window.name() + "-opens", window.timeZone(), window.start());
    }

    static WindowEnd closes(Window window) {
        return new WindowEnd(window.name() + "-closes", window.timeZone(), window.end());
    }

    /** The first time after an instant. */
    Optional<Instant> after(Instant instant) {
        return times().nextExecution(instant.atZone(ZoneId.of(timeZone))).map(ZonedDateTime::toInstant);
    }

    private ExecutionTime times() {
        // Not shared: nobody promises that it may be used by several threads at once.
        return ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron));
    }

    /**
     * The same end as several that each ask for the same on all their days and times, as far as a week tells: the end of a daily window gives
     * the capacity back to another window on working days, and to nobody at the weekend. One that depends on the day of the month stays whole.
     */
    List<WindowEnd> pieces(Calendar calendar, Instant now) {
        String[] fields = cron.strip().split("\\s+", -1);
        List<LocalDateTime> week = fields[2].equals("*") && fields[3].equals("*") ? week(now) : List.of();
        Map<Integer, Map<LocalTime, Set<DayOfWeek>>> byCapacity = new TreeMap<>();
        for (LocalDateTime at : week) {
            int capacity = calendar.usuallyAt(at.atZone(ZoneId.of(timeZone)).toInstant());
            byCapacity
                    .computeIfAbsent(capacity, key -> new TreeMap<>())
                    .computeIfAbsent(at.toLocalTime(), key -> new TreeSet<>())
                    .add(at.getDayOfWeek());
        }
        if (byCapacity.size() < 2) {
            return List.of(this);
        }
        boolean severalTimes =
                week.stream().map(LocalDateTime::toLocalTime).distinct().count() > 1;
        List<WindowEnd> pieces = new ArrayList<>();
        byCapacity
                .values()
                .forEach(times -> times.forEach((time, days) -> pieces.add(piece(time, days, severalTimes))));
        return pieces;
    }

    /** On a calendar without daylight saving: a time that the clock skips once is one of every other week. Empty where it is too often. */
    private List<LocalDateTime> week(Instant now) {
        ZonedDateTime from = now.atZone(ZoneId.of(timeZone)).toLocalDateTime().atZone(ZoneOffset.UTC);
        List<LocalDateTime> week = new ArrayList<>();
        ExecutionTime times = times();
        Optional<ZonedDateTime> at = times.nextExecution(from);
        while (at.filter(time -> !time.isAfter(from.plusWeeks(1))).isPresent()) {
            if (week.size() == MOST_IN_A_WEEK) {
                return List.of();
            }
            week.add(at.get().toLocalDateTime());
            at = times.nextExecution(at.get());
        }
        return week;
    }

    private WindowEnd piece(LocalTime time, Set<DayOfWeek> days, boolean severalTimes) {
        String daysOfWeek = days.stream().map(day -> day.name().substring(0, 3)).collect(Collectors.joining(","));
        String piece = name + "-" + daysOfWeek.toLowerCase(Locale.ROOT).replace(",", "-")
                + (severalTimes ? "-" + TIME.format(time) : "");
        return new WindowEnd(piece, timeZone, time.getMinute() + " " + time.getHour() + " * * " + daysOfWeek);
    }
}
