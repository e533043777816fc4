package dev.pilotlight.domain.warm.schedule;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a window is open, in universal time, over the days on which the clock changes and the nights between two days. */
final class WindowTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a working day in winter                  | Europe/Berlin    | 0 8 * * MON-FRI   | 0 19 * * MON-FRI | 2026-01-05T00:00Z | 2026-01-06T00:00Z | 2026-01-05T07:00Z/2026-01-05T18:00Z
            a working day in summer                  | Europe/Berlin    | 0 8 * * MON-FRI   | 0 19 * * MON-FRI | 2026-07-06T00:00Z | 2026-07-07T00:00Z | 2026-07-06T06:00Z/2026-07-06T17:00Z
            the weekend is closed                    | Europe/Berlin    | 0 8 * * MON-FRI   | 0 19 * * MON-FRI | 2026-01-09T18:00Z | 2026-01-12T07:00Z |
            clocks go forward over the weekend       | Europe/Berlin    | 0 8 * * *         | 0 10 * * *       | 2026-03-28T00:00Z | 2026-03-30T00:00Z | 2026-03-28T07:00Z/2026-03-28T09:00Z, 2026-03-29T06:00Z/2026-03-29T08:00Z
            clocks go back over the weekend          | Europe/Berlin    | 0 8 * * *         | 0 10 * * *       | 2026-10-24T00:00Z | 2026-10-26T00:00Z | 2026-10-24T06:00Z/2026-10-24T08:00Z, 2026-10-25T07:00Z/2026-10-25T09:00Z
            a start in the hour that is skipped      | Europe/Berlin    | 30 2 * * *        | 0 4 * * *        | 2026-03-29T00:00Z | 2026-03-29T12:00Z | 2026-03-29T01:00Z/2026-03-29T02:00Z
            an end in the hour that is skipped       | Europe/Berlin    | 0 1 * * *         | 30 2 * * *       | 2026-03-28T22:00Z | 2026-03-29T12:00Z | 2026-03-29T00:00Z/2026-03-29T01:00Z
            all of it in the hour that is skipped    | Europe/Berlin    | 10 2 * * *        | 50 2 * * *       | 2026-03-29T00:00Z | 2026-03-29T12:00Z |
            a start in the hour that comes twice     | Europe/Berlin    | 30 2 * * *        | 0 4 * * *        | 2026-10-25T00:00Z | 2026-10-25T12:00Z | 2026-10-25T00:30Z/2026-10-25T03:00Z
            an end in the hour that comes twice      | Europe/Berlin    | 0 1 * * *         | 30 2 * * *       | 2026-10-24T22:00Z | 2026-10-25T12:00Z | 2026-10-24T23:00Z/2026-10-25T00:30Z
            all of it in the hour that comes twice   | Europe/Berlin    | 10 2 * * *        | 50 2 * * *       | 2026-10-24T22:00Z | 2026-10-25T12:00Z | 2026-10-25T00:10Z/2026-10-25T00:50Z
            over the night that is an hour shorter   | Europe/Berlin    | 0 22 * * *        | 0 6 * * *        | 2026-03-28T12:00Z | 2026-03-29T12:00Z | 2026-03-28T21:00Z/2026-03-29T04:00Z
            over the night that is an hour longer    | Europe/Berlin    | 0 22 * * *        | 0 6 * * *        | 2026-10-24T12:00Z | 2026-10-25T12:00Z | 2026-10-24T20:00Z/2026-10-25T05:00Z
            New York goes forward                    | America/New_York | 30 2 * * *        | 0 9 * * *        | 2026-03-08T00:00Z | 2026-03-09T00:00Z | 2026-03-08T07:00Z/2026-03-08T13:00Z
            New York goes back                       | America/New_York | 30 1 * * *        | 0 9 * * *        | 2026-11-01T00:00Z | 2026-11-02T00:00Z | 2026-11-01T05:30Z/2026-11-01T14:00Z
            New York ends in the hour twice          | America/New_York | 0 22 * * *        | 30 1 * * *       | 2026-10-31T12:00Z | 2026-11-01T12:00Z | 2026-11-01T02:00Z/2026-11-01T05:30Z
            Cairo has no midnight that day           | Africa/Cairo     | 0 0 * * *         | 0 6 * * *        | 2026-04-23T12:00Z | 2026-04-24T12:00Z | 2026-04-23T22:00Z/2026-04-24T03:00Z
            Cairo ends at a midnight that is skipped | Africa/Cairo     | 0 18 * * *        | 0 0 * * *        | 2026-04-23T12:00Z | 2026-04-24T12:00Z | 2026-04-23T16:00Z/2026-04-23T22:00Z
            Cairo has 23 o'clock twice               | Africa/Cairo     | 30 23 * * *       | 0 6 * * *        | 2026-10-29T12:00Z | 2026-10-30T12:00Z | 2026-10-29T20:30Z/2026-10-30T04:00Z
            Cairo's midnight after 23 o'clock twice  | Africa/Cairo     | 0 0 * * *         | 0 6 * * *        | 2026-10-29T12:00Z | 2026-10-30T12:00Z | 2026-10-29T22:00Z/2026-10-30T04:00Z
            over midnight                            | UTC              | 0 22 * * *        | 0 6 * * *        | 2026-01-05T12:00Z | 2026-01-06T12:00Z | 2026-01-05T22:00Z/2026-01-06T06:00Z
            from Friday to Monday                    | UTC              | 0 18 * * FRI      | 0 8 * * MON      | 2026-01-09T00:00Z | 2026-01-13T00:00Z | 2026-01-09T18:00Z/2026-01-12T08:00Z
            half of it seen                          | UTC              | 0 18 * * FRI      | 0 8 * * MON      | 2026-01-10T00:00Z | 2026-01-11T00:00Z | 2026-01-10T00:00Z/2026-01-11T00:00Z
            more starts than ends                    | UTC              | 0 8,12 * * *      | 0 18 * * *       | 2026-01-05T00:00Z | 2026-01-06T00:00Z | 2026-01-05T08:00Z/2026-01-05T18:00Z
            more ends than starts                    | UTC              | 0 8 * * *         | 0 12,18 * * *    | 2026-01-05T00:00Z | 2026-01-06T00:00Z | 2026-01-05T08:00Z/2026-01-05T12:00Z
            ends and starts in one minute            | UTC              | 0 8,12 * * *      | 0 12,18 * * *    | 2026-01-05T00:00Z | 2026-01-06T00:00Z | 2026-01-05T08:00Z/2026-01-05T18:00Z
            the first of the month                   | UTC              | 0 0 1 * *         | 0 0 2 * *        | 2026-01-15T00:00Z | 2026-03-15T00:00Z | 2026-02-01T00:00Z/2026-02-02T00:00Z, 2026-03-01T00:00Z/2026-03-02T00:00Z
            the leap day                             | UTC              | 0 8 29 2 *        | 0 9 29 2 *       | 2028-02-01T00:00Z | 2028-03-15T00:00Z | 2028-02-29T08:00Z/2028-02-29T09:00Z
            Sunday as 7                              | UTC              | 0 8 * * 7         | 0 9 * * 0        | 2026-01-05T00:00Z | 2026-01-12T00:00Z | 2026-01-11T08:00Z/2026-01-11T09:00Z
            every two hours                          | UTC              | 0 8-12/2 * * *    | 30 * * * *       | 2026-01-05T00:00Z | 2026-01-05T11:00Z | 2026-01-05T08:00Z/2026-01-05T08:30Z, 2026-01-05T10:00Z/2026-01-05T10:30Z
            """)
    void aWindowIsOpen(
            String what,
            String zone,
            String start,
            String end,
            OffsetDateTime from,
            OffsetDateTime to,
            String openings) {
        String found = window(zone, start, end).openings(from.toInstant(), to.toInstant()).stream()
                .map(span -> span.from().atOffset(UTC) + "/" + span.to().atOffset(UTC))
                .collect(Collectors.joining(", "));

        assertThat(found).isEqualTo(openings == null ? "" : openings);
    }

    /** What the list says and what a single look says is the same, at every minute around a change of the clock. */
    @Test
    void everyLookSaysWhatTheListSays() {
        for (String zone : new String[] {"Europe/Berlin", "America/New_York", "Africa/Cairo"}) {
            for (String day :
                    new String[] {"2026-03-08", "2026-03-29", "2026-04-24", "2026-10-25", "2026-10-30", "2026-11-01"}) {
                Window window = window(zone, "30 0-23/3 * * *", "15 1-23/3 * * *");
                Instant from = Instant.parse(day + "T00:00:00Z").minusSeconds(6 * 3600);
                Instant to = from.plusSeconds(24 * 3600);
                var spans = window.openings(from, to);
                for (Instant at = from; at.isBefore(to); at = at.plusSeconds(60)) {
                    Instant now = at;
                    assertThat(window.isOpen(now))
                            .as("%s at %s", zone, now)
                            .isEqualTo(spans.stream().anyMatch(span -> span.contains(now)));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 30 2 *
            0 0 31 4,6,9,11 *
            0 8 * * FRI-MON
            0 18-8 * * *
            0/0 8 * * *
            61 8 * * *
            0 8 * *
            """)
    void whatNeverComesOrCannotBeReadIsSaid(String cron) {
        assertThatIllegalArgumentException().isThrownBy(() -> CronTimes.of(cron, ZoneId.of("UTC")));
    }

    private static Window window(String zone, String start, String end) {
        ZoneId where = ZoneId.of(zone);
        return new Window("w", CronTimes.of(start, where), CronTimes.of(end, where), 1);
    }
}
