package dev.pilotlight.domain.warm.schedule;

import dev.pilotlight.domain.warm.schedule.CronTimes.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A window: open from each time its start names until the next time its end names. Whether it is open follows from the calendar alone, so
 * that whoever slept through its start finds it open all the same.
 */
record Window(String name, CronTimes start, CronTimes end, int capacity) {
    /** Ends that change nothing, because the window opens again at that very minute; more in a row are not believed. */
    private static final int MOST_TRIES = 100;

    /** A window is not looked at beyond this many changes. */
    private static final int MOST_CHANGES = 3_000;

    boolean isOpen(Instant at) {
        Optional<Occurrence> opened = start.lastAt(at);
        Optional<Occurrence> closed = end.lastAt(at);
        return opened.isPresent()
                && (closed.isEmpty()
                        || !opened.get().local().isBefore(closed.get().local()));
    }

    /** When it next opens, or, while it is open, closes. */
    Optional<Instant> changesAfter(Instant at) {
        boolean open = isOpen(at);
        Function<Instant, Optional<Occurrence>> next = open ? end::after : start::after;
        Optional<Instant> found = next.apply(at).map(Occurrence::at);
        for (int i = 0; i < MOST_TRIES && found.isPresent(); i++) {
            if (isOpen(found.get()) != open) {
                return found;
            }
            found = next.apply(found.get()).map(Occurrence::at);
        }
        return Optional.empty();
    }

    /** The times in which it is open, oldest first, cut to the two ends. */
    List<Span> openings(Instant from, Instant to) {
        List<Span> spans = new ArrayList<>();
        boolean open = isOpen(from);
        Instant since = from;
        for (int i = 0; i < MOST_CHANGES; i++) {
            Instant change = changesAfter(since).filter(to::isAfter).orElse(to);
            if (open) {
                spans.add(new Span(since, change));
            }
            if (change.equals(to)) {
                break;
            }
            open = !open;
            since = change;
        }
        return spans;
    }
}
