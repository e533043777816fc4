package dev.pilotlight.domain.warm.schedule;

import dev.pilotlight.api.v1alpha1.ExceptionMode;
import dev.pilotlight.api.v1alpha1.ForecastMode;
import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.WarmCapacitySpec;
import dev.pilotlight.api.v1alpha1.WarmException;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmSource;
import dev.pilotlight.api.v1alpha1.WarmWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Baseline, windows and exceptions of a policy. It has no memory: what it asks for at an instant follows from the calendar, so a restart,
 * a jump of the clock or a window that was slept through ends in the same place.
 */
public final class Schedule {
    /**
     * Capacity that will be asked for again so soon after its end is not given back between: the endpoint would spend more time changing
     * than it saves.
     */
    public static final Duration DIP = Duration.ofMinutes(15);

    private final Asked baseline;
    private final List<Window> windows;
    private final List<Special> exceptions;

    private Schedule(int baseline, List<Window> windows, List<Special> exceptions) {
        this.baseline = Asked.by(WarmSource.BASELINE, baseline);
        this.windows = List.copyOf(windows);
        this.exceptions = List.copyOf(exceptions);
    }

    /** What came of reading a spec. */
    public sealed interface Reading {

        record Valid(Schedule schedule) implements Reading {}

        /** Each problem names its window or exception, the field and the way out; all of them at once. */
        record Invalid(List<String> problems) implements Reading {}
    }

    /** Reads what the schema let through. */
    public static Reading read(WarmCapacitySpec spec) {
        List<String> problems = new ArrayList<>();
        List<Window> windows = new ArrayList<>();
        for (WarmWindow window : spec.windows()) {
            String what = "window " + window.name();
            Optional<ZoneId> zone = zone(what, window.timeZone(), problems);
            Optional<CronTimes> start = zone.flatMap(z -> cron(what + ": start", window.start(), z, problems));
            Optional<CronTimes> end = zone.flatMap(z -> cron(what + ": end", window.end(), z, problems));
            if (start.isPresent() && end.isPresent()) {
                windows.add(new Window(window.name(), start.get(), end.get(), window.capacity()));
            }
        }
        List<Special> exceptions = new ArrayList<>();
        for (WarmException exception : spec.exceptions()) {
            special(exception, problems).ifPresent(exceptions::add);
        }
        return problems.isEmpty()
                ? new Reading.Valid(new Schedule(spec.baselineOrDefault(), windows, exceptions))
                : new Reading.Invalid(problems);
    }

    /** The schedule of a spec, where it can be read. */
    public static Optional<Schedule> valid(WarmCapacitySpec spec) {
        return read(spec) instanceof Reading.Valid valid ? Optional.of(valid.schedule()) : Optional.empty();
    }

    /**
     * What a forecast recommends, where the spec lets it act.
     *
     * @param made the last one; null where none was made
     */
    public static Optional<Schedule> foreseen(WarmCapacitySpec spec, WarmForecastStatus made) {
        boolean acts = spec.forecast() != null && spec.forecast().orDefaults().mode() == ForecastMode.ENFORCE;
        return acts && made != null && made.verdict() == ForecastVerdict.ACCEPTED
                ? valid(new WarmCapacitySpec(made.baseline(), made.windows(), List.of(), null, null))
                : Optional.empty();
    }

    private static Optional<ZoneId> zone(String what, String name, List<String> problems) {
        // Java also reads offsets and abbreviations, which AWS does not.
        if (ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
            return Optional.of(ZoneId.of(name));
        }
        problems.add(what + ": there is no time zone " + name + "; use an IANA name such as Europe/Berlin");
        return Optional.empty();
    }

    private static Optional<CronTimes> cron(String what, String expression, ZoneId zone, List<String> problems) {
        try {
            return Optional.of(CronTimes.of(expression, zone));
        } catch (IllegalArgumentException e) {
            problems.add(what + " \"" + expression + "\" is no cron expression: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Special> special(WarmException exception, List<String> problems) {
        String what = "exception " + exception.name();
        if (exception.mode() == ExceptionMode.UNKNOWN) {
            problems.add(what + ": mode is newer than this operator; use Open or Closed");
            return Optional.empty();
        }
        Optional<ZoneId> zone = zone(what, exception.timeZone(), problems);
        Optional<LocalDate> first = day(what + ": from", exception.from(), problems);
        Optional<LocalDate> last = exception.to() == null ? first : day(what + ": to", exception.to(), problems);
        if (zone.isEmpty() || first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Special(
                exception.name(),
                Special.days(first.get(), last.get(), zone.get()),
                exception.mode() == ExceptionMode.OPEN ? OptionalInt.of(exception.capacity()) : OptionalInt.empty(),
                exception.windows()));
    }

    private static Optional<LocalDate> day(String what, String text, List<String> problems) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            problems.add(what + ": there is no day " + text);
            return Optional.empty();
        }
    }

    /** The schedule between two instants. */
    public Timeline between(Instant from, Instant to) {
        return Timeline.of(baseline, windows, exceptions, from, to);
    }

    /** As if every day were like any other. */
    public Schedule withoutExceptions() {
        return new Schedule(baseline.capacity(), windows, List.of());
    }

    /** When exceptions begin and end, each with a name of its own. */
    public Map<String, Instant> turns() {
        Map<String, Instant> turns = new LinkedHashMap<>();
        for (Special exception : exceptions) {
            turns.put(exception.name() + "-begins", exception.days().from());
            turns.put(exception.name() + "-ends", exception.days().to());
        }
        return turns;
    }

    /** Whether an exception may play a part in {@link #capacityAt}. */
    public boolean isSpecial(Instant at, Duration lead) {
        Instant until = at.plus(lead).plus(DIP);
        return exceptions.stream()
                .map(Special::days)
                .anyMatch(days -> !days.from().isAfter(until) && !days.to().isBefore(at));
    }

    /** What is asked for at that time by whoever followed the schedule until then; dips are bridged. */
    public int capacityAt(Instant at, Duration lead) {
        Instant before = at.minusSeconds(1);
        Timeline near = between(before, at.plus(lead).plus(DIP).plusSeconds(1));
        int held = near.askedAt(before, lead).capacity();
        return near.bridgedAt(at, lead, held, DIP).capacity();
    }

    /** What is asked for at all times. */
    public int baseline() {
        return baseline.capacity();
    }

    /** The highest that can have been asked for between two instants: as if every window had been open. */
    public int highest(Instant from, Instant to) {
        IntStream always = IntStream.concat(
                IntStream.of(baseline.capacity()), windows.stream().mapToInt(Window::capacity));
        IntStream opened = exceptions.stream()
                .filter(exception -> exception.days().from().isBefore(to)
                        && exception.days().to().isAfter(from))
                .flatMapToInt(exception -> exception.capacity().stream());
        return IntStream.concat(always, opened).max().orElse(0);
    }

    /** Whether a window is open, exceptions included; for what is done in windows only. */
    public boolean isOpen(Instant at) {
        return windows.stream()
                .anyMatch(window -> window.isOpen(at)
                        && exceptions.stream().noneMatch(exception -> exception.closes(window.name(), at)));
    }

    /**
     * The next time at which another capacity is asked for.
     *
     * @param lead how long before it is needed capacity is asked for
     */
    public Optional<Change> nextChange(Instant now, Duration lead) {
        return Prospect.of(this).nextChange(now, lead);
    }

    /** Times after {@code soon} at which something may change that has not changed before: days of the year, and exceptions. */
    List<Instant> farBoundaries(Instant soon) {
        return Stream.concat(
                        exceptions.stream()
                                .flatMap(exception -> Stream.of(
                                        exception.days().from(),
                                        exception.days().to())),
                        windows.stream().flatMap(window -> window.changesAfter(soon).stream()))
                .toList();
    }
}
