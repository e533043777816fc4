package dev.pilotlight.domain.warm.ping;

import dev.pilotlight.domain.metrics.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out from CloudWatch's minutes which bursts of pings were cold. */
public final class Bursts {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Bursts() {}

    /**
     * One burst.
     *
     * @param begun when it was sent
     * @param pings how many were answered
     */
    public record Burst(Instant begun, int pings) {}

    /**
     * What the bursts found, oldest first. One counts only where it and the one before were answered and nobody else called between, for
     * whoever did kept the container warm; its gap is rounded to whole ten seconds.
     *
     * @param bursts oldest first
     * @param invocations sums by the minute
     * @param setups starts of containers by the minute; a minute without a point had none
     */
    public static List<Seen> seen(List<Burst> bursts, List<Point> invocations, List<Point> setups) {
        Map<Instant, Double> others = others(bursts, invocations);
        List<Seen> seen = new ArrayList<>();
        for (int i = 1; i < bursts.size(); i++) {
            Burst burst = bursts.get(i);
            Instant before = bursts.get(i - 1).begun();
            boolean answered = burst.pings() > 0 && bursts.get(i - 1).pings() > 0;
            if (answered && measured(burst, invocations) && alone(before, burst.begun(), others)) {
                boolean cold = minutes(burst).stream()
                        .anyMatch(minute ->
                                setups.stream().anyMatch(point -> point.at().equals(minute) && point.value() > 0));
                seen.add(new Seen(rounded(Duration.between(before, burst.begun())), cold));
            }
        }
        return seen;
    }

    /**
     * Pings that a container was started for.
     *
     * @param minute in which CloudWatch has them
     */
    public record Cold(Instant minute, int pings) {}

    /**
     * How many of the bursts' pings started a container, by the minute. Where others called in the same minute too, a start is theirs as
     * long as it can be: what is said of real requests is never too good.
     *
     * @param bursts oldest first
     * @param invocations sums by the minute
     * @param setups starts of containers by the minute
     */
    public static List<Cold> cold(List<Burst> bursts, List<Point> invocations, List<Point> setups) {
        Map<Instant, Double> others = others(bursts, invocations);
        Map<Instant, Integer> pings = new TreeMap<>();
        bursts.forEach(burst -> minutes(burst).forEach(minute -> pings.merge(minute, burst.pings(), Integer::sum)));
        List<Cold> cold = new ArrayList<>();
        for (Point start : setups) {
            int ours = pings.getOrDefault(start.at(), 0);
            long left = Math.round(start.value() - others.getOrDefault(start.at(), 0.0));
            int started = (int) Math.min(ours, Math.max(0, left));
            if (started > 0) {
                cold.add(new Cold(start.at(), started));
            }
        }
        return cold;
    }

    /** Calls by the minute without the bursts' own: one at the end of a minute may be counted in the next, but none is counted twice. */
    private static Map<Instant, Double> others(List<Burst> bursts, List<Point> invocations) {
        Map<Instant, Double> others = new TreeMap<>();
        invocations.forEach(point -> others.merge(point.at(), point.value(), Double::sum));
        for (Burst burst : bursts) {
            double ours = burst.pings();
            for (Instant minute : minutes(burst)) {
                double there = others.getOrDefault(minute, 0.0);
                others.put(minute, Math.max(0, there - ours));
                ours = Math.max(0, ours - there);
            }
        }
        return others;
    }

    /** CloudWatch has counted it; if not, nothing is known of it. */
    private static boolean measured(Burst burst, List<Point> invocations) {
        return minutes(burst).stream()
                .anyMatch(minute ->
                        invocations.stream().anyMatch(point -> point.at().equals(minute)));
    }

    private static boolean alone(Instant from, Instant to, Map<Instant, Double> others) {
        Instant first = from.truncatedTo(ChronoUnit.MINUTES);
        return others.entrySet().stream()
                .noneMatch(minute ->
                        !minute.getKey().isBefore(first) && !minute.getKey().isAfter(to) && minute.getValue() > 0);
    }

    private static List<Instant> minutes(Burst burst) {
        Instant minute = burst.begun().truncatedTo(ChronoUnit.MINUTES);
        return List.of(minute, minute.plus(MINUTE));
    }

    private static Duration rounded(Duration gap) {
        return Duration.ofSeconds(Math.round(gap.toSeconds() / 10.0) * 10);
    }
}
