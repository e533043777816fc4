package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A time of the week in which capacity is kept warm. It is open from each time start names until the next time end names. */
@ValidationRule(
        value = "self.name.matches('^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')",
        message = "name must be a DNS label: at most 63 lower-case letters, digits and inner hyphens",
        fieldPath = ".name")
@ValidationRule(
        value = "self.timeZone == 'UTC' || self.timeZone.matches('^[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+$')",
        message = "timeZone must be the IANA name of a time zone, such as Europe/Berlin, or UTC",
        fieldPath = ".timeZone")
@ValidationRule(
        value = "self.start.matches('" + CronSyntax.FIELDS + "')",
        message = "start must be cron: " + CronSyntax.IN_WORDS,
        fieldPath = ".start")
@ValidationRule(
        value = "!self.start.matches('" + CronSyntax.FIELDS + "') || self.start.matches('" + CronSyntax.ONE_KIND_OF_DAY
                + "')",
        message =
                "start must leave the day of the month or the day of the week as *, because cron and AWS read both at once differently: use two windows",
        fieldPath = ".start")
@ValidationRule(
        value = "self.end.matches('" + CronSyntax.FIELDS + "')",
        message = "end must be cron: " + CronSyntax.IN_WORDS,
        fieldPath = ".end")
@ValidationRule(
        value = "!self.end.matches('" + CronSyntax.FIELDS + "') || self.end.matches('" + CronSyntax.ONE_KIND_OF_DAY
                + "')",
        message =
                "end must leave the day of the month or the day of the week as *, because cron and AWS read both at once differently: use two windows",
        fieldPath = ".end")
@ValidationRule(
        value = "self.start != self.end",
        message = "end must differ from start: a window that never closes is provisionedConcurrency.baseline",
        fieldPath = ".end")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WarmWindow(
        @Required
        @Size(max = 63) @JsonPropertyDescription(
                "Name of the window, unique in the list: a DNS label of at most 63 characters. Example: office.")
        String name,

        @Required
        @Size(max = 64) @JsonPropertyDescription(
                "IANA name of the time zone that start and end are meant in, with its daylight saving time. Example: Europe/Berlin.")
        String timeZone,

        @Required
        @Size(max = 64) @JsonPropertyDescription(
                "When the window opens, as cron: minute, hour, day of the month, month, day of the week; one of the two days must be *. Capacity is asked for earlier, so that it is ready then. A time that daylight saving skips counts when the clock has moved on; one that happens twice counts the first time. Example: 0 8 * * MON-FRI.")
        String start,

        @Required
        @Size(max = 64) @JsonPropertyDescription(
                "When the window closes, as cron like start. It may be on a later day. Example: 0 19 * * MON-FRI.")
        String end,

        @Required
        @Min(1) @Max(200) @JsonPropertyDescription(
                "Provisioned concurrency while the window is open: 1 to 200, cut to the endpoint's maxConcurrency. Of several open windows the highest wins. Example: 4.")
        Integer capacity) {}
