package dev.pilotlight.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** One line of a CSV of requests. What cannot be meant is refused with what to change. */
final class Row {
    /** Seconds since 1970 reach this in the year 5138; milliseconds did in 1973. */
    private static final double MILLISECONDS = 1e11;

    private static final double LONGEST_SECONDS = 3600;

    private Row() {}

    /**
     * Seconds, and how long the request took where the line says.
     *
     * @param where for people: file and line
     */
    static double[] read(String where, String text, boolean withDuration) {
        String[] fields = text.split(",", -1);
        if (withDuration && fields.length > 2) {
            throw refused(
                    where,
                    text,
                    "has " + fields.length
                            + " columns; keep two: the timestamp, and the seconds the request took if they are known");
        }
        double at = timestamp(where, unquoted(fields[0]));
        return withDuration && fields.length > 1
                ? new double[] {at, duration(where, unquoted(fields[1]))}
                : new double[] {at};
    }

    private static String unquoted(String field) {
        return field.strip().replaceAll("^\"|\"$", "");
    }

    private static double timestamp(String where, String text) {
        if (text.matches("[0-9]+(\\.[0-9]*)?([eE]\\+?[0-9]+)?")) {
            double seconds = Double.parseDouble(text);
            if (seconds >= MILLISECONDS) {
                throw refused(
                        where, text, "is too large for seconds since 1970; if it is in milliseconds, divide by 1000");
            }
            return seconds;
        }
        try {
            Instant instant = instant(text.replace(' ', 'T').toUpperCase(Locale.ROOT));
            return instant.getEpochSecond() + instant.getNano() / 1e9;
        } catch (DateTimeException e) {
            throw refused(
                    where,
                    text,
                    "is no timestamp; write seconds, or ISO 8601 such as 2026-08-03T08:00:00.250Z, and a comma before the seconds that the"
                            + " request took");
        }
    }

    private static Instant instant(String iso) {
        return iso.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$") && iso.indexOf('T') > 0
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    private static double duration(String where, String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && seconds <= LONGEST_SECONDS) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Refused like a number that cannot be a duration.
        }
        throw refused(
                where,
                text,
                "is no duration; write the seconds the request took, 0 to 3600, or leave the column out of all lines");
    }

    private static IllegalArgumentException refused(String where, String text, String why) {
        return new IllegalArgumentException(where + ": \"" + text + "\" " + why);
    }
}
