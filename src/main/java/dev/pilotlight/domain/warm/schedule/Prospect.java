package dev.pilotlight.domain.warm.schedule;

import dev.pilotlight.api.v1alpha1.WarmSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * What will hold from now on, as far as it is known in advance.
 *
 * @param own baseline, windows and exceptions
 * @param forecast what it recommends, where that is acted on
 * @param least what target tracking never goes below; 0 without
 * @param most what the endpoint never goes above
 * @param held what is demanded now: where as much of it is asked for again within {@code dip}, it stays
 * @param dip how long a gap between windows is bridged
 */
public record Prospect(Schedule own, Optional<Schedule> forecast, int least, int most, int held, Duration dip) {
    /** How far the next change is searched, in rounds, because most are near. */
    private static final List<Duration> ROUNDS =
            List.of(Duration.ofHours(6), Duration.ofDays(2), Duration.ofDays(9), Duration.ofDays(40));

    private static final Duration YEAR = Duration.ofDays(366);

    /** A schedule by itself. */
    static Prospect of(Schedule own) {
        return new Prospect(own, Optional.empty(), 0, Integer.MAX_VALUE, 0, Duration.ZERO);
    }

    /**
     * The next time at which another capacity holds.
     *
     * @param lead how long before it is needed capacity is asked for
     */
    public Optional<Change> nextChange(Instant now, Duration lead) {
        int standing = at(now, lead, held).capacity();
        for (Duration round : ROUNDS) {
            Optional<Change> change = changeIn(now, now.plus(round), lead, standing);
            if (change.isPresent()) {
                return change;
            }
        }
        return farChange(now, lead, standing);
    }

    /** What holds from that time on, whatever held before. */
    public Change changeAt(Instant at, Duration lead) {
        return new Change(at, at(at, lead, 0));
    }

    private Asked at(Instant at, Duration lead, int before) {
        Instant end = at.plus(lead).plus(dip).plusSeconds(1);
        return asked(own.between(at, end), forecast.map(windows -> windows.between(at, end)), at, lead, before);
    }

    private Optional<Change> changeIn(Instant from, Instant to, Duration lead, int standing) {
        Instant end = to.plus(lead).plus(dip).plusSeconds(1);
        Timeline line = own.between(from, end);
        Optional<Timeline> foreseen = forecast.map(windows -> windows.between(from, end));
        NavigableSet<Instant> turns = line.turns(lead);
        foreseen.ifPresent(windows -> turns.addAll(windows.turns(lead)));
        for (Instant at : turns.headSet(to, true)) {
            Asked asked = asked(line, foreseen, at, lead, standing);
            if (asked.capacity() != standing) {
                return Optional.of(new Change(at, asked));
            }
        }
        return Optional.empty();
    }

    private Asked asked(Timeline line, Optional<Timeline> foreseen, Instant at, Duration lead, int before) {
        Asked asked = line.bridgedAt(at, lead, before, dip)
                .or(Asked.by(WarmSource.TARGET_TRACKING, least))
                .or(Asked.by(
                        WarmSource.FORECAST,
                        foreseen.map(windows -> windows.askedAt(at, lead).capacity())
                                .orElse(0)));
        return new Asked(Math.min(asked.capacity(), most), asked.source(), asked.name());
    }

    /** Only a few boundaries lie beyond: days of the year, and exceptions. */
    private Optional<Change> farChange(Instant now, Duration lead, int standing) {
        Instant end = now.plus(YEAR);
        Instant soon = now.plus(ROUNDS.getLast());
        List<Instant> boundaries = new ArrayList<>(own.farBoundaries(soon));
        forecast.ifPresent(windows -> boundaries.addAll(windows.farBoundaries(soon)));
        return boundaries.stream()
                .filter(at -> at.isAfter(soon) && at.isBefore(end))
                .sorted()
                .flatMap(at -> changeIn(at.minus(lead).minusSeconds(1), at.plusSeconds(1), lead, standing).stream())
                .findFirst();
    }
}
