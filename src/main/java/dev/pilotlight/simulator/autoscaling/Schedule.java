package dev.pilotlight.simulator.autoscaling;

import com.cronutils.model.definition.CronConstraintsFactory;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.pilotlight.simulator.wire.AwsError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a scheduled action happens (AWS docs, PutScheduledAction): {@code at(yyyy-mm-ddThh:mm:ss)}, {@code rate(value unit)}, or {@code
 * cron(minutes hours day-of-month month day-of-week year)} with SUN as the first day of the week and exactly one of the two days as {@code
 * ?} (AWS docs, "Cron expressions reference" of EventBridge, which that of Application Auto Scaling refers to).
 */
sealed interface Schedule {
    Pattern FORM = Pattern.compile("(at|rate|cron)\\((.*)\\)");
    Pattern RATE = Pattern.compile("(\\d{1,9}) (minute|minutes|hour|hours|day|days)");
    CronDefinition SIX_FIELDS = CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withStrictRange()
            .and()
            .withHours()
            .withStrictRange()
            .and()
            .withDayOfMonth()
            .supportsL()
            .supportsW()
            .supportsLW()
            .supportsQuestionMark()
            .and()
            .withMonth()
            .withStrictRange()
            .and()
            .withDayOfWeek()
            .withValidRange(1, 7)
            .withMondayDoWValue(2)
            .supportsHash()
            .supportsL()
            .supportsQuestionMark()
            .and()
            .withYear()
            .withValidRange(1970, 2199)
            .and()
            .withCronValidation(CronConstraintsFactory.ensureEitherDayOfWeekOrDayOfMonth())
            .instance();

    /** The first moment after the given one; empty when there is none any more. */
    Optional<Instant> next(Instant after);

    /** Once. */
    record At(Instant moment) implements Schedule {
        @Override
        public Optional<Instant> next(Instant after) {
            return moment.isAfter(after) ? Optional.of(moment) : Optional.empty();
        }
    }

    /** Again and again, counted from {@code origin}. */
    record Rate(Duration every, Instant origin) implements Schedule {
        @Override
        public Optional<Instant> next(Instant after) {
            long passed =
                    after.isBefore(origin) ? 0 : Duration.between(origin, after).dividedBy(every) + 1;
            return Optional.of(origin.plus(every.multipliedBy(Math.max(passed, 1))));
        }
    }

    /** By the calendar of a time zone. */
    record Calendar(ExecutionTime times, ZoneId zone) implements Schedule {
        @Override
        public Optional<Instant> next(Instant after) {
            return times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
        }
    }

    /**
     * @param origin from which a rate counts
     * @throws AwsError when AWS would not take it; the texts are assumed
     */
    static Schedule parse(String text, Optional<String> timezone, Instant origin) {
        ZoneId zone = timezone.map(Schedule::zone).orElse(ZoneOffset.UTC);
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw invalid(text);
        }
        String inside = form.group(2);
        try {
            return switch (form.group(1)) {
                case "at" -> new At(LocalDateTime.parse(inside).atZone(zone).toInstant());
                case "rate" -> new Rate(rate(text, inside), origin);
                default -> new Calendar(ExecutionTime.forCron(new CronParser(SIX_FIELDS).parse(inside)), zone);
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw invalid(text);
        }
    }

    private static Duration rate(String text, String inside) {
        Matcher rate = RATE.matcher(inside);
        if (!rate.matches() || Long.parseLong(rate.group(1)) == 0) {
            throw invalid(text);
        }
        long value = Long.parseLong(rate.group(1));
        return switch (rate.group(2)) {
            case "minute", "minutes" -> Duration.ofMinutes(value);
            case "hour", "hours" -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
        };
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new AwsError(400, "ValidationException", "Timezone " + name + " is not valid.");
        }
    }

    private static AwsError invalid(String schedule) {
        return new AwsError(
                400, "ValidationException", "Schedule expression " + schedule + " is not a valid schedule expression.");
    }
}
