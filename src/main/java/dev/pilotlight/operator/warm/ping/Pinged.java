package dev.pilotlight.operator.warm.ping;

import dev.pilotlight.api.v1alpha1.IntervalMode;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.domain.warm.ping.Bursts;
import dev.pilotlight.domain.warm.ping.Hold;
import dev.pilotlight.domain.warm.ping.LearnedInterval;
import dev.pilotlight.domain.warm.ping.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The pings of one policy: planned, sent, and what is known of them. What must not be lost with it is in the wish again after a restart. */
public final class Pinged {
    /** In mode Auto CloudWatch is asked this often; two series cost a hundredth of a cent a day then. */
    private static final Duration AUTO_LEARNS_EVERY = Duration.ofMinutes(15);

    private static final Duration FIXED_LOOKS_EVERY = Duration.ofHours(1);

    /** The interval grows no faster, as each change of it is told. */
    private static final Duration GROWS_EVERY = Duration.ofHours(1);

    /** A change at AWS is found out when what was seen before it is forgotten. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    /** Bursts of a day that nobody tells of any more are not asked about. */
    private static final Duration UNREAD = Duration.ofDays(2);

    private final List<Bursts.Burst> unread = new ArrayList<>();
    private final List<Known> known = new ArrayList<>();
    private Wish wish;
    private Optional<Scheduler.Task> planned = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private Optional<Duration> learned = Optional.empty();
    private Optional<Hold> hold = Optional.empty();
    private Instant read;
    private Instant grown = Instant.EPOCH;
    private Instant counted = Instant.EPOCH;
    private String failing = "";
    private String unreadable = "";
    private Duration billed = Duration.ZERO;
    private Day today;
    private Optional<Day> yesterday = Optional.empty();

    private record Known(Seen seen, Instant at) {}

    /**
     * The pings of one day, UTC.
     *
     * @param from since when the pings were counted: its beginning, or later where they began on that day
     * @param cold pings that met no warm container
     * @param read whether CloudWatch was asked about all of them
     */
    public record Day(LocalDate date, Instant from, int pings, int cold, Duration billed, boolean read) {

        private Day with(int morePings, int moreCold, Duration moreBilled) {
            return new Day(date, from, pings + morePings, cold + moreCold, billed.plus(moreBilled), read);
        }

        /** Whether it was pinged through. */
        public boolean whole() {
            return from.equals(date.atStartOfDay(ZoneOffset.UTC).toInstant());
        }

        private Day asRead() {
            return new Day(date, from, pings, cold, billed, true);
        }
    }

    Pinged(Wish wish, Instant now) {
        this.wish = wish;
        wish.learned().ifPresent(this::goOnFrom);
        read = now;
        today = new Day(date(now), now, 0, 0, Duration.ZERO, false);
    }

    synchronized void wish(Wish value) {
        wish = value;
    }

    private void goOnFrom(Wish.Learned before) {
        learned = Optional.of(before.interval());
        before.goneAfter().ifPresent(gap -> known.add(new Known(new Seen(gap, true), before.seen())));
    }

    /** The shortest gap that a container did not live through, of those that are remembered. */
    public synchronized Optional<Duration> goneAfter() {
        return known.stream().map(Known::seen).filter(Seen::cold).map(Seen::gap).min(Comparator.naturalOrder());
    }

    /** When a container was last seen not to have lived; empty where all did. */
    public synchronized Optional<Instant> goneSeen() {
        return known.stream().filter(one -> one.seen().cold()).map(Known::at).max(Comparator.naturalOrder());
    }

    synchronized Wish wish() {
        return wish;
    }

    /** Between bursts, as it is now. */
    public synchronized Duration interval() {
        return learned.filter(any -> auto())
                .orElseGet(
                        () -> Duration.ofSeconds(wish.spec().intervalOrDefault().seconds()));
    }

    private boolean auto() {
        return wish.spec().intervalOrDefault().mode() == IntervalMode.AUTO;
    }

    /** What holds the pings back at present. */
    public synchronized Optional<Hold> hold() {
        return hold;
    }

    /** The last day that is over and of which all is known; empty until there was one. */
    public synchronized Optional<Day> lastDay(Instant now) {
        turn(now);
        return yesterday.filter(Day::read);
    }

    /** A day as far as it is known; empty for one of which nothing is remembered. */
    public synchronized Optional<Day> on(LocalDate date, Instant now) {
        turn(now);
        return today.date().equals(date)
                ? Optional.of(today)
                : yesterday.filter(day -> day.date().equals(date));
    }

    /** Seconds of on-demand time since this was last asked; what is left of a second stays for the next time. */
    public synchronized long drainBilledSeconds() {
        long seconds = billed.toSeconds();
        billed = billed.minusSeconds(seconds);
        return seconds;
    }

    synchronized void plan(Function<Instant, Scheduler.Task> scheduler, Instant now) {
        Instant due =
                last.map(begun -> begun.plus(interval())).filter(now::isBefore).orElse(now);
        if (planned.isPresent() && !planned.get().due().isAfter(due)) {
            return;
        }
        planned.ifPresent(Scheduler.Task::cancel);
        planned = Optional.of(scheduler.apply(due));
    }

    synchronized void stop() {
        planned.ifPresent(Scheduler.Task::cancel);
    }

    /** The burst that was planned cannot begin yet. */
    synchronized void unplanned() {
        planned = Optional.empty();
    }

    /** The burst that was planned has come and gone, sent or held. */
    synchronized void attempted(Instant now) {
        planned = Optional.empty();
        if (last.isEmpty() || !last.get().plus(interval()).isAfter(now)) {
            last = Optional.of(now);
        }
    }

    /** Returns whether this is another than before. */
    synchronized boolean held(Optional<Hold> by, Instant now) {
        boolean changed = !hold.equals(by);
        hold = by;
        if (by.isPresent() && !unread.isEmpty() && unread.getLast().pings() > 0) {
            // A burst of none: what was sent before says nothing of the gap after the hold, but still wants to be
            // counted.
            unread.add(new Bursts.Burst(now, 0));
        }
        return changed;
    }

    synchronized void sent(Bursts.Burst burst, Duration took) {
        turn(burst.begun());
        last = Optional.of(burst.begun());
        unread.removeIf(one -> one.begun().isBefore(burst.begun().minus(UNREAD)));
        unread.add(burst);
        billed = billed.plus(took);
        today = today.with(burst.pings(), 0, took);
    }

    /** Returns whether this trouble is a new one; no text for none. */
    synchronized boolean failing(String code) {
        boolean another = !code.isEmpty() && !code.equals(failing);
        failing = code;
        return another;
    }

    /** CloudWatch cannot be read, and is asked again when the next look is due. Returns whether this trouble is a new one. */
    synchronized boolean cannotLearn(String code, Instant now) {
        read = now;
        boolean another = !code.equals(unreadable);
        unreadable = code;
        return another;
    }

    synchronized boolean learnsAt(Instant now) {
        return !now.isBefore(read.plus(auto() ? AUTO_LEARNS_EVERY : FIXED_LOOKS_EVERY));
    }

    synchronized List<Bursts.Burst> unread(Instant now) {
        turn(now);
        return List.copyOf(unread);
    }

    /** Returns whether a day is known to its end by this. */
    synchronized boolean learned(Effect effect, Instant now) {
        turn(now);
        read = now;
        unreadable = "";
        // The last one that is counted begins the next gap.
        unread.removeIf(burst -> burst.begun().isBefore(effect.until()));
        known.removeIf(one -> one.at().plus(REMEMBERED).isBefore(now));
        effect.seen().forEach(seen -> known.add(new Known(seen, now)));
        if (auto() && !effect.seen().isEmpty()) {
            Duration before = interval();
            Duration next =
                    LearnedInterval.next(before, known.stream().map(Known::seen).toList());
            boolean grows = next.compareTo(before) > 0;
            if (!grows || !now.isBefore(grown.plus(GROWS_EVERY))) {
                learned = Optional.of(next);
                grown = grows ? now : grown;
            }
        }
        return count(effect, now);
    }

    private boolean count(Effect effect, Instant now) {
        // The burst that led these was counted with those before.
        List<Bursts.Cold> cold = effect.cold().stream()
                .filter(one -> one.minute().isAfter(counted))
                .toList();
        counted = cold.isEmpty() ? counted : cold.getLast().minute();
        int all = cold.stream().mapToInt(Bursts.Cold::pings).sum();
        int early = cold.stream()
                .filter(one -> date(one.minute()).isBefore(today.date()))
                .mapToInt(Bursts.Cold::pings)
                .sum();
        today = today.with(0, all - early, Duration.ZERO);
        boolean over = now.minus(Effect.BEHIND)
                .isAfter(today.date().atStartOfDay(ZoneOffset.UTC).toInstant());
        boolean ends = over && yesterday.filter(day -> !day.read()).isPresent();
        yesterday = yesterday
                .map(day -> day.read() ? day : day.with(0, early, Duration.ZERO))
                .map(day -> over ? day.asRead() : day);
        return ends;
    }

    private void turn(Instant now) {
        LocalDate date = date(now);
        if (date.isAfter(today.date())) {
            yesterday = Optional.of(today).filter(day -> day.date().plusDays(1).equals(date));
            today = new Day(date, date.atStartOfDay(ZoneOffset.UTC).toInstant(), 0, 0, Duration.ZERO, false);
        }
    }

    private static LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
