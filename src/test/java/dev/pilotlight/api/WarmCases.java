package dev.pilotlight.api;

import static dev.pilotlight.api.SpecCases.accepted;
import static dev.pilotlight.api.SpecCases.numbered;
import static dev.pilotlight.api.SpecCases.refused;

import dev.pilotlight.api.SpecCases.Accepted;
import dev.pilotlight.api.SpecCases.Refused;
import java.util.List;
import java.util.stream.Stream;

/** What the API server refuses and accepts of a WarmPolicy: each row changes a right one by a merge patch. */
final class WarmCases {
    private static final String AUTO_SCALING = "executor: ApplicationAutoScaling";

    private WarmCases() {}

    static Stream<Refused> refusedPolicies() {
        return Stream.of(
                        required(), windows(), exceptions(), tracking(), executor(), keepWarm(), bounds(), undeclared())
                .flatMap(List::stream);
    }

    private static List<Refused> required() {
        return List.of(
                refused("a policy name with a dot", "metadata: {name: a.b}", "no dots; rename the WarmPolicy"),
                refused("no spec", "spec: null", "spec: Required value"),
                refused("no target", "spec: {targetRef: null}", "spec.targetRef: Required value"),
                refused("a target of another namespace", "spec: {targetRef: {name: a/b}}", "of this namespace"),
                refused(
                        "nothing to keep warm with",
                        "spec: {provisionedConcurrency: null, keepWarm: null}",
                        "needs provisionedConcurrency, keepWarm or both: add one"),
                refused("a budget without an amount", "spec: {budget: {monthlyUSD: null}}", "monthlyUSD: Required"),
                refused("no request to ping with", "spec: {keepWarm: {request: null}}", "request: Required value"));
    }

    private static List<Refused> windows() {
        return List.of(
                refused(
                        "a window without a zone",
                        window("name: a, start: 0 8 * * *, end: 0 9 * * *, capacity: 1"),
                        "timeZone: Required value"),
                refused(
                        "a zone by abbreviation",
                        window("name: a, timeZone: CET, start: 0 8 * * *, end: 0 9 * * *, capacity: 1"),
                        "such as Europe/Berlin, or UTC"),
                refused(
                        "a zone by offset",
                        window("name: a, timeZone: '+01:00', start: 0 8 * * *, end: 0 9 * * *, capacity: 1"),
                        "such as Europe/Berlin, or UTC"),
                refused("a cron of four fields", starting("0 8 * *"), "start must be cron: minute 0-59"),
                refused("a cron of six fields", starting("0 0 8 * * MON"), "start must be cron"),
                refused("a cron by nickname", starting("@daily"), "start must be cron"),
                refused("a cron with two blanks", starting("0  8 * * *"), "one blank between"),
                refused("minute 60", starting("60 8 * * *"), "minute 0-59"),
                refused("hour 24", starting("0 24 * * *"), "hour 0-23"),
                refused("day 32", starting("0 8 32 * *"), "day of the month 1-31"),
                refused("month 13", starting("0 8 * 13 *"), "month 1-12"),
                refused("weekday 8", starting("0 8 * * 8"), "day of the week 0-7"),
                refused("a weekday in full", starting("0 8 * * MONDAY"), "SUN-SAT"),
                refused("AWS's question mark", starting("0 8 ? * MON"), "start must be cron"),
                refused("the last Friday", starting("0 8 * * 5L"), "start must be cron"),
                refused("both kinds of day", starting("0 8 1 * MON"), "use two windows"),
                refused(
                        "a wrong end",
                        window("name: a, timeZone: UTC, start: 0 8 * * *, end: 0 25 * * *, capacity: 1"),
                        "end must be cron"),
                refused(
                        "both kinds of day at the end",
                        window("name: a, timeZone: UTC, start: 0 8 * * *, end: 0 9 1 * MON, capacity: 1"),
                        "use two windows"),
                refused(
                        "an end at the start",
                        window("name: a, timeZone: UTC, start: 0 8 * * *, end: 0 8 * * *, capacity: 1"),
                        "is provisionedConcurrency.baseline"),
                refused(
                        "a window for nothing",
                        window("name: a, timeZone: UTC, start: 0 8 * * *, end: 0 9 * * *, capacity: 0"),
                        "greater than or equal to 1"),
                refused(
                        "the same window twice",
                        "spec: {provisionedConcurrency: {windows: [%1$s, %1$s]}}"
                                .formatted("{name: a, timeZone: UTC, start: 0 8 * * *, end: 0 9 * * *, capacity: 1}"),
                        "Duplicate value"),
                refused(
                        "33 windows",
                        "spec: {provisionedConcurrency: {windows: [%s]}}"
                                .formatted(numbered(
                                        "{name: w%d, timeZone: UTC, start: 0 8 * * *, end: 0 9 * * *, capacity: 1}",
                                        33)),
                        "at most 32 items"));
    }

    private static List<Refused> exceptions() {
        return List.of(
                refused(
                        "a day that is none",
                        exception("mode: Closed, from: '2026-13-01'"),
                        "from must be a day, such as"),
                refused(
                        "a last day that is none",
                        exception("mode: Closed, from: '2026-12-01', to: tomorrow"),
                        "to must be a day"),
                refused(
                        "a last day before the first",
                        exception("mode: Closed, from: '2026-12-26', to: '2026-12-25'"),
                        "swap them"),
                refused(
                        "Open without a capacity",
                        exception("mode: Open, from: '2026-11-27'"),
                        "say how much is kept warm"),
                refused(
                        "Closed with a capacity",
                        exception("mode: Closed, from: '2026-11-27', capacity: 3"),
                        "remove it, or use mode Open"),
                refused(
                        "Open with windows",
                        exception("mode: Open, from: '2026-11-27', capacity: 3, windows: [office]"),
                        "or use mode Closed"),
                refused(
                        "a window there is none of",
                        exception("mode: Closed, from: '2026-11-27', windows: [night]"),
                        "correct the name"),
                refused(
                        "another mode",
                        exception("mode: Half, from: '2026-11-27'"),
                        "supported values: \"Closed\", \"Open\""),
                refused(
                        "a zone by abbreviation",
                        "spec: {provisionedConcurrency: {exceptions: [{name: a, mode: Closed, timeZone: CET, from: '2026-11-27'}]}}",
                        "such as Europe/Berlin"));
    }

    private static List<Refused> tracking() {
        return List.of(
                refused("min over max", capacity("targetTracking: {min: 11}"), "lower min or raise max"),
                refused("no max", capacity("targetTracking: {max: null}"), "max: Required value"),
                refused(
                        "all of it in use",
                        capacity("targetTracking: {utilizationPercent: 100}"),
                        "less than or equal to 90"),
                refused("a forecast of a week", capacity("forecast: {lookbackDays: 7}"), "greater than or equal to 14"),
                refused(
                        "an unquoted Off",
                        capacity("forecast: {mode: false}"),
                        "spec.provisionedConcurrency.forecast.mode"));
    }

    private static List<Refused> executor() {
        return List.of(
                refused(
                        "AWS's scaling from nothing",
                        "spec: {%s, provisionedConcurrency: {baseline: 0}}".formatted(AUTO_SCALING),
                        "raise baseline, or use executor Operator"),
                refused(
                        "AWS's scaling without a baseline",
                        "spec: {%s, provisionedConcurrency: {baseline: null}}".formatted(AUTO_SCALING),
                        "raise baseline"),
                refused(
                        "AWS's scaling without capacity",
                        "spec: {%s, provisionedConcurrency: null}".formatted(AUTO_SCALING),
                        "raise baseline"),
                refused(
                        "AWS's scaling to nothing",
                        "spec: {%s, provisionedConcurrency: {targetTracking: {min: 0}}}".formatted(AUTO_SCALING),
                        "raise min, or use executor Operator"),
                refused("another executor", "spec: {executor: KEDA}", "supported values"));
    }

    private static List<Refused> keepWarm() {
        return List.of(
                refused(
                        "a ping every second",
                        "spec: {keepWarm: {interval: {seconds: 1}}}",
                        "greater than or equal to 30"),
                refused("no ping at all", "spec: {keepWarm: {concurrency: 0}}", "greater than or equal to 1"),
                refused(
                        "a content type that is none",
                        "spec: {keepWarm: {request: {contentType: json}}}",
                        "must be a media type"),
                refused(
                        "an accept that is none",
                        "spec: {keepWarm: {request: {accept: json}}}",
                        "must be a media type"),
                refused(
                        "only in windows without windows",
                        "spec: {keepWarm: {onlyInWindows: true}, provisionedConcurrency: {windows: null}}",
                        "add one, or set onlyInWindows to false"));
    }

    private static List<Refused> bounds() {
        return List.of(
                refused("a negative baseline", capacity("baseline: -1"), "greater than or equal to 0"),
                refused("more than AWS has", capacity("baseline: 201"), "less than or equal to 200"),
                refused("a budget of nothing", "spec: {budget: {monthlyUSD: 0}}", "greater than or equal to 1"),
                refused("a budget in cents", "spec: {budget: {monthlyUSD: 12.5}}", "monthlyUSD"),
                refused("another answer to the budget", "spec: {budget: {onExceeded: Page}}", "supported values"));
    }

    private static List<Refused> undeclared() {
        return List.of(
                refused("a replica count", "spec: {replicas: 3}", "unknown field \"spec.replicas\""),
                refused(
                        "an endpoint by selector",
                        "spec: {targetRef: {selector: {}}}",
                        "unknown field \"spec.targetRef.selector\""));
    }

    static Stream<Accepted> acceptedPolicies() {
        return Stream.of(
                accepted("as it is", "{}"),
                accepted("capacity alone", "spec: {keepWarm: null, budget: null}"),
                accepted("pings alone", "spec: {provisionedConcurrency: null}"),
                accepted(
                        "a baseline alone",
                        "spec: {provisionedConcurrency: {windows: null, exceptions: null, targetTracking: null, forecast: null}}"),
                accepted(
                        "windows alone",
                        "spec: {provisionedConcurrency: {baseline: null, exceptions: null, targetTracking: null}}"),
                accepted("a cron with lists, ranges and steps", starting("0,30 8-18/2 * JAN-MAR,12 MON-FRI")),
                accepted("a cron by the day of the month", starting("30 7 1,15 * *")),
                accepted("a cron with leading zeros", starting("00 08 * * 1-5")),
                accepted("every Sunday, counted from one", starting("0 8 * * 7")),
                accepted(
                        "universal time",
                        window("name: a, timeZone: UTC, start: 0 22 * * *, end: 0 6 * * *, capacity: 200")),
                accepted(
                        "a zone of three parts",
                        window(
                                "name: a, timeZone: America/Argentina/Buenos_Aires, start: 0 8 * * *, end: 0 9 * * *, capacity: 1")),
                accepted("a day that needs more", exception("mode: Open, from: '2026-11-27', capacity: 12")),
                accepted("a holiday of one window", exception("mode: Closed, from: '2026-12-25', windows: [office]")),
                accepted("tracking from nothing", capacity("baseline: 0, targetTracking: {min: 0}")),
                accepted("AWS's scaling", "spec: {%s}".formatted(AUTO_SCALING)),
                accepted(
                        "AWS's scaling by windows alone",
                        "spec: {%s, provisionedConcurrency: {targetTracking: null}}".formatted(AUTO_SCALING)),
                accepted("no forecast", capacity("forecast: {mode: 'Off'}")),
                accepted(
                        "pings in windows",
                        "spec: {keepWarm: {onlyInWindows: true, concurrency: 3, interval: {mode: Auto}}}"),
                accepted("only an alert", "spec: {budget: {onExceeded: Alert}}"),
                accepted("out of force", "spec: {suspend: true}"));
    }

    private static String capacity(String fields) {
        return "spec: {provisionedConcurrency: {%s}}".formatted(fields);
    }

    private static String window(String fields) {
        return capacity("exceptions: null, windows: [{%s}]".formatted(fields));
    }

    private static String starting(String cron) {
        return window("name: a, timeZone: Europe/Berlin, start: '%s', end: 1 19 * * *, capacity: 4".formatted(cron));
    }

    private static String exception(String fields) {
        return capacity("exceptions: [{name: a, timeZone: Europe/Berlin, %s}]".formatted(fields));
    }
}
