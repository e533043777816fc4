package dev.pilotlight.domain.warm.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/**
 * The times that a cron expression of five fields names in a time zone. The library only ever counts on a calendar without daylight
 * saving; what a change of the clock means is said here: a time that is skipped counts when the clock has moved on, and one that happens
 * twice counts the first time.
 */
final class CronTimes {
    private static final LocalDateTime ANY_DAY = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;

    /** A time on the wall of the zone, and the instant that it is. */
    record Occurrence(LocalDateTime local, Instant at) {}

    private CronTimes(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /**
     * @throws IllegalArgumentException saying what is wrong with the expression
     */
    static CronTimes of(String expression, ZoneId zone) {
        CronTimes cron =
                new CronTimes(ExecutionTime.forCron(PARSER.parse(expression).validate()), zone);
        if (cron.next(ANY_DAY).isEmpty()) {
            throw new IllegalArgumentException("names a day that never comes");
        }
        return cron;
    }

    /** The last one at or before an instant. */
    Optional<Occurrence> lastAt(Instant instant) {
        LocalDateTime until =
                latestLocal(instant).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        return times.lastExecution(until.atZone(ZoneOffset.UTC)).map(this::occurrence);
    }

    /** The first one after an instant. */
    Optional<Occurrence> after(Instant instant) {
        return next(latestLocal(instant)).map(this::occurrence);
    }

    private Optional<ZonedDateTime> next(LocalDateTime local) {
        return times.nextExecution(local.atZone(ZoneOffset.UTC));
    }

    private Occurrence occurrence(ZonedDateTime onTheCalendar) {
        LocalDateTime local = onTheCalendar.toLocalDateTime();
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        Instant at = offsets.isEmpty()
                ? zone.getRules().getTransition(local).getInstant()
                : local.toInstant(offsets.getFirst());
        return new Occurrence(local, at);
    }

    /** The latest time on the wall that has come by then: in an hour that happens again, the end of its first round. */
    private LocalDateTime latestLocal(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        ZoneOffsetTransition change = zone.getRules().previousTransition(instant.plusNanos(1));
        boolean again = change != null && change.isOverlap() && local.isBefore(change.getDateTimeBefore());
        return again ? change.getDateTimeBefore().minusNanos(1) : local;
    }
}
