package dev.pilotlight.domain.warm.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.WarmCapacitySpec;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Baseline, windows and exceptions together: who sets the number, and when it is asked for. */
final class ScheduleTest {
    private static final Duration LEAD = Duration.ofMinutes(5);
    private static final String OFFICE =
            "{name: office, timeZone: Europe/Berlin, start: 0 8 * * MON-FRI, end: 0 19 * * MON-FRI, capacity: 4}";
    private static final String LUNCH =
            "{name: lunch, timeZone: Europe/Berlin, start: 0 12 * * *, end: 0 13 * * *, capacity: 9}";

    @Test
    void theHighestOfWhatIsOpenWinsAndIsAskedForBeforeItIsNeeded() {
        Schedule schedule = schedule("baseline: 1, windows: [%s, %s]".formatted(OFFICE, LUNCH));

        assertThat(changes(schedule, "2026-01-05T00:00:00Z", "2026-01-07T00:00:00Z"))
                .containsExactly(
                        "2026-01-05T06:55:00Z 4 window office",
                        "2026-01-05T10:55:00Z 9 window lunch",
                        "2026-01-05T12:00:00Z 4 window office",
                        "2026-01-05T18:00:00Z 1 baseline",
                        "2026-01-06T06:55:00Z 4 window office",
                        "2026-01-06T10:55:00Z 9 window lunch",
                        "2026-01-06T12:00:00Z 4 window office",
                        "2026-01-06T18:00:00Z 1 baseline");
    }

    @Test
    void aLongerLeadAsksEarlierAndEndsNoLater() {
        Schedule schedule = schedule("windows: [%s]".formatted(OFFICE));

        assertThat(schedule.between(Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-06T00:00:00Z"))
                        .changes(Duration.ofMinutes(25)))
                .extracting(Change::at)
                .containsExactly(Instant.parse("2026-01-05T06:35:00Z"), Instant.parse("2026-01-05T18:00:00Z"));
    }

    @Test
    void holidaysKeepTheWindowsClosedOnTheirDays() {
        Schedule schedule = schedule("""
                baseline: 1, windows: [%s, %s],
                exceptions: [{name: christmas, mode: Closed, timeZone: Europe/Berlin, from: '2026-12-24', to: '2026-12-25', windows: [office]}]""".formatted(OFFICE, LUNCH));

        assertThat(changes(schedule, "2026-12-23T20:00:00Z", "2026-12-28T20:00:00Z"))
                .containsExactly(
                        "2026-12-24T10:55:00Z 9 window lunch",
                        "2026-12-24T12:00:00Z 1 baseline",
                        "2026-12-25T10:55:00Z 9 window lunch",
                        "2026-12-25T12:00:00Z 1 baseline",
                        "2026-12-26T10:55:00Z 9 window lunch",
                        "2026-12-26T12:00:00Z 1 baseline",
                        "2026-12-27T10:55:00Z 9 window lunch",
                        "2026-12-27T12:00:00Z 1 baseline",
                        "2026-12-28T06:55:00Z 4 window office",
                        "2026-12-28T10:55:00Z 9 window lunch",
                        "2026-12-28T12:00:00Z 4 window office",
                        "2026-12-28T18:00:00Z 1 baseline");
    }

    @Test
    void aWindowThatIsOpenOverTheEndOfAHolidayOpensAtMidnight() {
        Schedule schedule = schedule("""
                windows: [{name: night, timeZone: Europe/Berlin, start: 0 20 * * *, end: 0 6 * * *, capacity: 2}],
                exceptions: [{name: off, mode: Closed, timeZone: Europe/Berlin, from: '2026-05-01'}]""");

        assertThat(changes(schedule, "2026-04-30T12:00:00Z", "2026-05-02T06:00:00Z"))
                .containsExactly(
                        "2026-04-30T17:55:00Z 2 window night",
                        "2026-04-30T22:00:00Z 0 baseline",
                        "2026-05-01T21:55:00Z 2 window night",
                        "2026-05-02T04:00:00Z 0 baseline");
    }

    @Test
    void aDayThatNeedsMoreIsWarmFromMidnightToMidnightWhereItLives() {
        Schedule schedule = schedule("""
                baseline: 1, windows: [%s],
                exceptions: [{name: black-friday, mode: Open, timeZone: America/New_York, from: '2026-11-27', to: '2026-11-30', capacity: 12}]""".formatted(OFFICE));

        assertThat(changes(schedule, "2026-11-27T00:00:00Z", "2026-12-01T12:00:00Z"))
                .containsExactly(
                        "2026-11-27T04:55:00Z 12 exception black-friday",
                        "2026-12-01T05:00:00Z 1 baseline",
                        "2026-12-01T06:55:00Z 4 window office");
    }

    @Test
    void aDayWithoutMidnightBeginsWhenItBegins() {
        Schedule schedule = schedule(
                "exceptions: [{name: day, mode: Open, timeZone: Africa/Cairo, from: '2026-04-24', capacity: 3}]");

        assertThat(changes(schedule, "2026-04-23T00:00:00Z", "2026-04-26T00:00:00Z"))
                .containsExactly("2026-04-23T21:55:00Z 3 exception day", "2026-04-24T21:00:00Z 0 baseline");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            tonight              | windows: [{name: w, timeZone: UTC, start: 0 20 * * *, end: 0 21 * * *, capacity: 2}]                 | 2026-01-05T19:55:00Z 2 window w
            on Friday            | windows: [{name: w, timeZone: UTC, start: 0 20 * * FRI, end: 0 21 * * FRI, capacity: 2}]             | 2026-01-09T19:55:00Z 2 window w
            next month           | windows: [{name: w, timeZone: UTC, start: 0 20 4 * *, end: 0 21 4 * *, capacity: 2}]                 | 2026-02-04T19:55:00Z 2 window w
            in half a year       | windows: [{name: w, timeZone: UTC, start: 0 20 1 7 *, end: 0 21 1 7 *, capacity: 2}]                 | 2026-07-01T19:55:00Z 2 window w
            in autumn            | exceptions: [{name: x, mode: Open, timeZone: UTC, from: '2026-11-27', capacity: 3}]                  | 2026-11-26T23:55:00Z 3 exception x
            not within a year    | exceptions: [{name: x, mode: Open, timeZone: UTC, from: '2027-11-27', capacity: 3}]                  |
            a window for nothing | baseline: 3, windows: [{name: w, timeZone: UTC, start: 0 20 * * *, end: 0 21 * * *, capacity: 2}]    |
            nothing              | baseline: 3                                                                                          |
            """)
    void theNextChangeIs(String when, String spec, String expected) {
        assertThat(schedule(spec)
                        .nextChange(Instant.parse("2026-01-05T12:00:00Z"), LEAD)
                        .map(ScheduleTest::text)
                        .orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void theSlotSecondsOfAWeekAreThoseOfItsWindows() {
        Schedule schedule = schedule("baseline: 1, windows: [%s]".formatted(OFFICE));
        Timeline week = schedule.between(Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-12T00:00:00Z"));

        assertThat(week.slotSecondsAbove(1)).isEqualTo(3L * 5 * 11 * 3600);
        assertThat(week.slotSecondsAbove(0)).isEqualTo(3L * 5 * 11 * 3600 + 7 * 86_400);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithItsName() {
        var reading = Schedule.read(Serialization.unmarshal("""
                windows:
                  - {name: typo, timeZone: Europe/Berlim, start: 0 8 * * *, end: 0 9 * * *, capacity: 1}
                  - {name: never, timeZone: UTC, start: 0 8 30 2 *, end: 0 9 * * *, capacity: 1}
                exceptions:
                  - {name: leap, mode: Closed, timeZone: UTC, from: '2026-02-29'}
                """, WarmCapacitySpec.class));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Schedule.Reading.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .satisfiesExactly(
                                        typo -> assertThat(typo)
                                                .startsWith("window typo: there is no time zone Europe/Berlim"),
                                        never -> assertThat(never)
                                                .startsWith("window never: start \"0 8 30 2 *\" is no cron"),
                                        leap -> assertThat(leap)
                                                .isEqualTo("exception leap: from: there is no day 2026-02-29")));
    }

    private static List<String> changes(Schedule schedule, String from, String to) {
        return schedule.between(Instant.parse(from), Instant.parse(to)).changes(LEAD).stream()
                .map(ScheduleTest::text)
                .collect(Collectors.toList());
    }

    private static String text(Change change) {
        return change.at() + " " + change.asked().capacity() + " "
                + change.asked().describe();
    }

    private static Schedule schedule(String fields) {
        var reading =
                Schedule.read(Serialization.unmarshal("provisionedConcurrency: {" + fields + "}", WarmPolicySpec.class)
                        .provisionedConcurrency());
        return ((Schedule.Reading.Valid) reading).schedule();
    }
}
