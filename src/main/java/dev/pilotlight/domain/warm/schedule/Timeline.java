package dev.pilotlight.domain.warm.schedule;

import dev.pilotlight.api.v1alpha1.WarmSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A schedule between two instants: what windows, exceptions and baseline ask for, as steps. */
public final class Timeline {
    private final NavigableMap<Instant, Asked> steps;
    private final Instant to;

    private Timeline(NavigableMap<Instant, Asked> steps, Instant to) {
        this.steps = steps;
        this.to = to;
    }

    static Timeline of(Asked baseline, List<Window> windows, List<Special> exceptions, Instant from, Instant to) {
        Map<Window, List<Span>> openings = new LinkedHashMap<>();
        TreeSet<Instant> boundaries = new TreeSet<>(List.of(from));
        for (Window window : windows) {
            List<Span> spans = window.openings(from, to);
            openings.put(window, spans);
            spans.forEach(span -> add(boundaries, span, from, to));
        }
        exceptions.forEach(exception -> add(boundaries, exception.days(), from, to));

        NavigableMap<Instant, Asked> steps = new TreeMap<>();
        for (Instant at : boundaries) {
            Asked asked = baseline;
            for (Special exception : exceptions) {
                if (exception.opens(at)) {
                    asked = asked.or(new Asked(
                            exception.capacity().getAsInt(), WarmSource.EXCEPTION, Optional.of(exception.name())));
                }
            }
            for (Map.Entry<Window, List<Span>> opening : openings.entrySet()) {
                Window window = opening.getKey();
                boolean open = opening.getValue().stream().anyMatch(span -> span.contains(at))
                        && exceptions.stream().noneMatch(exception -> exception.closes(window.name(), at));
                if (open) {
                    asked = asked.or(new Asked(window.capacity(), WarmSource.WINDOW, Optional.of(window.name())));
                }
            }
            steps.put(at, asked);
        }
        return new Timeline(steps, to);
    }

    private static void add(Set<Instant> boundaries, Span span, Instant from, Instant to) {
        for (Instant at : List.of(span.from(), span.to())) {
            if (at.isAfter(from) && at.isBefore(to)) {
                boundaries.add(at);
            }
        }
    }

    /** What the schedule has at that time; the time must lie on the line. */
    public Asked at(Instant at) {
        return steps.floorEntry(at).getValue();
    }

    /** What is asked for at that time so that everything is ready {@code lead} later: the highest from then until that much later. */
    public Asked askedAt(Instant at, Duration lead) {
        Asked asked = at(at);
        for (Asked later : steps.subMap(at, false, at.plus(lead), true).values()) {
            asked = asked.or(later);
        }
        return asked;
    }

    /** Where the capacity that is asked for changes, oldest first; without the beginning. The last {@code lead} of the line does not count. */
    public List<Change> changes(Duration lead) {
        List<Change> changes = new ArrayList<>();
        int before = askedAt(steps.firstKey(), lead).capacity();
        for (Instant at : turns(lead)) {
            Asked asked = askedAt(at, lead);
            if (asked.capacity() != before) {
                changes.add(new Change(at, asked));
                before = asked.capacity();
            }
        }
        return changes;
    }

    /** When what is asked for may change, oldest first; without the beginning and the last {@code lead} of the line. */
    NavigableSet<Instant> turns(Duration lead) {
        NavigableSet<Instant> turns = new TreeSet<>();
        Instant from = steps.firstKey();
        Instant end = to.minus(lead);
        for (Instant step : steps.keySet()) {
            for (Instant at : List.of(step, step.minus(lead))) {
                if (at.isAfter(from) && at.isBefore(end)) {
                    turns.add(at);
                }
            }
        }
        return turns;
    }

    /** What is asked for at that time, and of what is held so much as will be asked for again within {@code bridged}. */
    public Asked bridgedAt(Instant at, Duration lead, int held, Duration bridged) {
        Asked asked = askedAt(at, lead);
        if (asked.capacity() >= held) {
            return asked;
        }
        Asked again = askedAt(at, lead.plus(bridged));
        return asked.or(new Asked(Math.min(again.capacity(), held), again.source(), again.name()));
    }

    /** Slot-seconds that the schedule asks for above {@code floor}, from the beginning to the end of the line. */
    public long slotSecondsAbove(int floor) {
        long sum = 0;
        for (Map.Entry<Instant, Asked> step : steps.entrySet()) {
            Instant next = steps.higherKey(step.getKey());
            Duration length = Duration.between(step.getKey(), next == null ? to : next);
            sum += length.toSeconds() * Math.max(0, step.getValue().capacity() - floor);
        }
        return sum;
    }
}
