package dev.pilotlight.domain.warm.tracking;

import dev.pilotlight.api.v1alpha1.TargetTracking;
import dev.pilotlight.domain.metrics.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Target tracking by the operator. The number of executions at the same time, divided by the share of slots that is to be in use, is the
 * capacity that is needed; it is absolute, so that no earlier decision has to be remembered to make the next one. A stable window adds
 * capacity for what lasts, a panic window for what bursts, and capacity is taken away only after all of a cooldown could have done with
 * less, by half at the most; a little of it only when nothing has moved for an hour.
 *
 * <p>What is missing, old or impossible moves nothing: the capacity stays where it was.
 */
public final class Tracker {
    private static final Duration STABLE = Duration.ofMinutes(5);
    private static final Duration PANIC = Duration.ofMinutes(2);

    /** CloudWatch is some minutes behind; beyond this nobody knows what goes on. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** Clocks differ by this much. */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    /** A panic window that needs this many times what there is does not wait for a cooldown. */
    private static final double PANIC_FACTOR = 2;

    /** Less than this share of what there is is not given back at once: noise would want it again the minute after. */
    private static final double LITTLE = 0.2;

    private static final Duration LITTLE_WAITS = Duration.ofHours(1);

    /** AWS docs, ProductionVariantServerlessConfig: no endpoint runs more at a time. */
    private static final double MOST_EXECUTIONS = 200;

    private static final double MOST_UTILIZATION = 1.5;
    private static final double MOST_SPILLOVER = 1e7;

    /** A minute of which enough is known. */
    private record Minute(double busy, double spilled) {}

    private Tracker() {}

    /**
     * @param maxConcurrency of the endpoint, which utilization is a share of
     * @param before what was asked for last; empty where nothing is remembered
     */
    public static Tracked decide(
            TargetTracking spec, int maxConcurrency, Measured measured, Optional<Tracked> before, Instant now) {
        return switch (measured) {
            case Measured.Failed failed -> kept(spec, before, failed.why(), now);
            case Measured.Series series ->
                distrust(series, now)
                        .map(why -> kept(spec, before, why, now))
                        .orElseGet(() -> follow(spec, minutes(series, maxConcurrency), before, now));
        };
    }

    private static Tracked kept(TargetTracking spec, Optional<Tracked> before, String why, Instant now) {
        return new Tracked(
                before.map(last -> within(spec, last.capacity())).orElse(spec.min()),
                before.map(Tracked::since).orElse(now),
                Optional.of(why));
    }

    private static Optional<String> distrust(Measured.Series series, Instant now) {
        Optional<String> impossible = impossible("executions", series.executions(), MOST_EXECUTIONS)
                .or(() -> impossible("utilization", series.utilization(), MOST_UTILIZATION))
                .or(() -> impossible("spill-over", series.spillover(), MOST_SPILLOVER));
        if (impossible.isPresent()) {
            return impossible;
        }
        List<Instant> times = Stream.of(series.executions(), series.utilization())
                .flatMap(List::stream)
                .map(Point::at)
                .toList();
        if (times.stream().anyMatch(at -> at.isAfter(now.plus(AHEAD)))) {
            return Optional.of("CloudWatch has values from the future: compare the clocks");
        }
        Instant oldest = now.minus(FRESH);
        if (times.stream().allMatch(at -> at.isBefore(oldest))) {
            return Optional.of("CloudWatch has no values of the last " + FRESH.toMinutes()
                    + " minutes; it has none without traffic either, so that nothing follows from it");
        }
        return Optional.empty();
    }

    private static Optional<String> impossible(String what, List<Point> points, double most) {
        return points.stream()
                .map(Point::value)
                .filter(value -> !(value >= 0 && value <= most))
                .findFirst()
                .map(value -> "CloudWatch has an impossible value of " + what);
    }

    private static NavigableMap<Instant, Minute> minutes(Measured.Series series, int maxConcurrency) {
        NavigableMap<Instant, Minute> minutes = new TreeMap<>();
        series.executions().forEach(point -> add(minutes, point.at(), new Minute(point.value(), 0)));
        series.utilization().forEach(point -> add(minutes, point.at(), new Minute(point.value() * maxConcurrency, 0)));
        series.spillover().forEach(point -> {
            if (minutes.containsKey(minute(point.at()))) {
                add(minutes, point.at(), new Minute(0, point.value()));
            }
        });
        return minutes;
    }

    private static void add(NavigableMap<Instant, Minute> minutes, Instant at, Minute more) {
        minutes.merge(
                minute(at),
                more,
                (a, b) -> new Minute(Math.max(a.busy(), b.busy()), Math.max(a.spilled(), b.spilled())));
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }

    private static Tracked follow(
            TargetTracking spec, NavigableMap<Instant, Minute> minutes, Optional<Tracked> before, Instant now) {
        Instant end = minutes.lastKey().plus(Duration.ofMinutes(1));
        Duration cooldown = Duration.ofSeconds(spec.scaleInCooldownSeconds());
        int quietest = need(spec, highest(minutes, end, cooldown));
        if (before.isEmpty()) {
            return new Tracked(within(spec, Math.max(quietest, stable(spec, minutes, end))), now, Optional.empty());
        }
        int has = within(spec, before.get().capacity());
        // A clock that was set back must not make a cooldown last for ever.
        Duration age = Duration.between(before.get().since(), now);
        boolean settled = age.isNegative();

        int panic = panic(spec, minutes, end, has);
        int stable = stable(spec, minutes, end);
        int next = has;
        if (panic >= PANIC_FACTOR * has && panic > has) {
            next = panic;
        } else if (Math.max(stable, Math.min(panic, has + 1)) > has
                && (settled || age.compareTo(Duration.ofSeconds(spec.scaleOutCooldownSeconds())) >= 0)) {
            next = Math.max(stable, Math.min(panic, has + 1));
        } else if (quietest < has
                && (settled || age.compareTo(rest(has, quietest, cooldown)) >= 0)
                && known(minutes, end, cooldown)) {
            next = Math.max(quietest, has / 2);
        }
        next = within(spec, next);
        return new Tracked(next, next == before.get().capacity() ? before.get().since() : now, Optional.empty());
    }

    /** How long nothing must have moved before capacity is taken away. */
    private static Duration rest(int has, int quietest, Duration cooldown) {
        boolean little = has - quietest < LITTLE * has;
        return little && cooldown.compareTo(LITTLE_WAITS) < 0 ? LITTLE_WAITS : cooldown;
    }

    /** The mean of the stable window: what lasts. */
    private static int stable(TargetTracking spec, NavigableMap<Instant, Minute> minutes, Instant end) {
        return need(
                spec,
                last(minutes, end, STABLE).values().stream()
                        .mapToDouble(Minute::busy)
                        .average()
                        .orElse(0));
    }

    /** What the last minutes would have needed at their worst; requests that spilled over needed one more at least. */
    private static int panic(TargetTracking spec, NavigableMap<Instant, Minute> minutes, Instant end, int has) {
        int need = need(spec, highest(minutes, end, PANIC));
        boolean spilled = last(minutes, end, PANIC).values().stream().anyMatch(minute -> minute.spilled() > 0);
        return spilled ? Math.max(need, has + 1) : need;
    }

    private static double highest(NavigableMap<Instant, Minute> minutes, Instant end, Duration window) {
        return last(minutes, end, window).values().stream()
                .mapToDouble(Minute::busy)
                .max()
                .orElse(0);
    }

    /** Half of the minutes at least: a gap is not silence. */
    private static boolean known(NavigableMap<Instant, Minute> minutes, Instant end, Duration window) {
        return last(minutes, end, window).size() * 2L >= window.toMinutes();
    }

    private static Map<Instant, Minute> last(NavigableMap<Instant, Minute> minutes, Instant end, Duration window) {
        return minutes.tailMap(end.minus(window), true);
    }

    private static int need(TargetTracking spec, double busy) {
        // A hair less, so that 7 of 10 at 70 percent are 10 and not 11.
        return (int) Math.ceil(busy * 100 / spec.utilizationPercent() - 1e-9);
    }

    private static int within(TargetTracking spec, int capacity) {
        return Math.clamp(capacity, spec.min(), spec.max());
    }
}
