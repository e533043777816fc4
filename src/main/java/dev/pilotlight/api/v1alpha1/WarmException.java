package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Days on which the windows do not hold: a holiday, or a day that needs more. */
@ValidationRule(
        value = "self.name.matches('^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')",
        message = "name must be a DNS label: at most 63 lower-case letters, digits and inner hyphens",
        fieldPath = ".name")
@ValidationRule(
        value = "self.timeZone == 'UTC' || self.timeZone.matches('^[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+$')",
        message = "timeZone must be the IANA name of a time zone, such as Europe/Berlin, or UTC",
        fieldPath = ".timeZone")
@ValidationRule(
        value = "self.from.matches('^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$')",
        message = "from must be a day, such as 2026-11-27",
        fieldPath = ".from")
@ValidationRule(
        value = "!has(self.to) || self.to.matches('^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$')",
        message = "to must be a day, such as 2026-11-30",
        fieldPath = ".to")
@ValidationRule(
        value = "!has(self.to) || self.to >= self.from",
        message = "to must not be before from: swap them",
        fieldPath = ".to")
@ValidationRule(
        value = "self.mode != 'Open' || has(self.capacity)",
        message = "mode Open needs capacity: say how much is kept warm on these days",
        fieldPath = ".mode")
@ValidationRule(
        value = "self.mode != 'Closed' || !has(self.capacity)",
        message = "mode Closed has no capacity: remove it, or use mode Open",
        fieldPath = ".mode")
@ValidationRule(
        value = "self.mode != 'Open' || !has(self.windows)",
        message = "mode Open has no windows: remove them, or use mode Closed",
        fieldPath = ".mode")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WarmException(
        @Required
        @Size(max = 63) @JsonPropertyDescription(
                "Name of the exception, unique in the list: a DNS label of at most 63 characters. Example: black-friday.")
        String name,

        @Required
        @JsonPropertyDescription(
                "Open keeps capacity warm on these days, whatever the windows say; Closed keeps the windows closed, and baseline and tracking hold on.")
        ExceptionMode mode,

        @Required
        @Size(max = 64) @JsonPropertyDescription(
                "IANA name of the time zone in which the days begin and end at midnight. Example: Europe/Berlin.")
        String timeZone,

        @Required
        @Size(max = 10) @JsonPropertyDescription("First day, year-month-day. Quote it. Example: \"2026-11-27\".")
        String from,

        @Size(max = 10) @JsonPropertyDescription(
                "Last day, that day included, year-month-day. Quote it. Default: the first day. Example: \"2026-11-30\".")
        String to,

        @Min(1) @Max(200) @JsonPropertyDescription(
                "Provisioned concurrency on these days, with mode Open: 1 to 200. The highest of this and what else asks for capacity wins. Example: 12.")
        Integer capacity,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) @JsonPropertyDescription("Names of the windows that stay closed, with mode Closed; at most 16. Default: all.")
        List<@Size(max = 63) String> windows) {
    public WarmException {
        windows = windows == null ? List.of() : List.copyOf(windows);
    }
}
