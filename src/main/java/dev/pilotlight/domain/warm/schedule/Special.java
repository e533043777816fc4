package dev.pilotlight.domain.warm.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;

/**
 * Days on which windows do not hold, from midnight to midnight where the exception lives.
 *
 * @param capacity warm all day; empty where windows are closed instead
 * @param windows the windows that are closed; all of them where none is named
 */
record Special(String name, Span days, OptionalInt capacity, List<String> windows) {

    /** Midnight is when the day begins there, also where the clock skips it. */
    static Span days(LocalDate first, LocalDate last, ZoneId zone) {
        Instant from = first.atStartOfDay(zone).toInstant();
        return new Span(from, last.plusDays(1).atStartOfDay(zone).toInstant());
    }

    boolean closes(String window, Instant at) {
        return capacity.isEmpty() && days.contains(at) && (windows.isEmpty() || windows.contains(window));
    }

    boolean opens(Instant at) {
        return capacity.isPresent() && days.contains(at);
    }
}
