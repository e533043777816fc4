package dev.pilotlight.simulator.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Measurements;
import dev.pilotlight.simulator.world.Seedable;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Samples by the minute. A minute is seen when it is over, and a minute in which nothing was measured has no point. Minutes can be read
 * for 15 days and five minutes for 63 days (AWS docs: retention of metrics); what is older is dropped, where AWS keeps hours.
 *
 * <p>The seed section {@code metrics} gives endpoints a past, or a test a load:
 *
 * <pre>{@code
 * [{"endpointName": "sentiment", "variantName": "main", "metricName": "Invocations",
 *   "start": "2026-01-05T08:00:00Z", "periodSeconds": 900, "values": [120, 80, null, 95]}]
 * }</pre>
 *
 * <p>Each value is one sample at the beginning of its period; null leaves the period without one.
 */
public final class MetricStore implements Measurements, Seedable {
    static final String NAMESPACE = "AWS/SageMaker";

    private static final int MINUTE = 60;
    private static final Duration MINUTES_KEPT = Duration.ofDays(15);
    private static final Duration KEPT = Duration.ofDays(63);

    private final SimulatorClock clock;
    private final ConcurrentMap<Series, NavigableMap<Long, Bin>> all = new ConcurrentHashMap<>();

    public MetricStore(SimulatorClock clock) {
        this.clock = clock;
    }

    /** A metric of a variant in an account and Region. */
    record Series(Scope scope, Variant variant, String metric) {}

    /**
     * One value.
     *
     * @param at beginning of its period
     */
    public record Point(Instant at, double value) {}

    @Override
    public void record(Scope scope, Variant variant, String metric, Instant at, double value) {
        NavigableMap<Long, Bin> minutes = all.computeIfAbsent(new Series(scope, variant, metric), s -> new TreeMap<>());
        long minute = Math.floorDiv(at.getEpochSecond(), MINUTE);
        synchronized (minutes) {
            minutes.computeIfAbsent(minute, m -> new Bin()).add(value);
            minutes.headMap(minute - KEPT.toMinutes()).clear();
        }
    }

    /** The averages of whole minutes from {@code from} on, oldest first, until now. */
    public List<Point> averages(Scope scope, Variant variant, String metric, Instant from) {
        return read(new Series(scope, variant, metric), new Stat.Average(), MINUTE, from, clock.now());
    }

    /**
     * @param from its period is the first
     * @param to exclusive
     */
    List<Point> read(Series series, Stat stat, int periodSeconds, Instant from, Instant to) {
        NavigableMap<Long, Bin> minutes = all.get(series);
        if (minutes == null) {
            return List.of();
        }
        Instant now = clock.now();
        Instant oldest = now.minus(periodSeconds % 300 == 0 ? KEPT : MINUTES_KEPT);
        long first =
                Math.floorDiv((from.isBefore(oldest) ? oldest : from).getEpochSecond(), periodSeconds) * periodSeconds;
        long end = Math.min(to.getEpochSecond() + (to.getNano() > 0 ? 1 : 0), now.getEpochSecond());
        NavigableMap<Long, Bin> periods = new TreeMap<>();
        synchronized (minutes) {
            minutes.tailMap(Math.floorDiv(first, MINUTE), true).forEach((minute, bin) -> {
                long period = Math.floorDiv(minute * MINUTE, periodSeconds) * periodSeconds;
                boolean over = (minute + 1) * MINUTE <= now.getEpochSecond();
                if (over && period < end) {
                    periods.computeIfAbsent(period, p -> new Bin()).add(bin);
                }
            });
        }
        List<Point> points = new ArrayList<>();
        periods.forEach((period, bin) -> points.add(new Point(Instant.ofEpochSecond(period), bin.value(stat))));
        return points;
    }

    /** Every series of an account and Region that has a point in the last two weeks, as ListMetrics shows them. */
    List<Series> series(Scope scope) {
        long since = Math.floorDiv(clock.now().minus(Duration.ofDays(14)).getEpochSecond(), MINUTE);
        List<Series> found = new ArrayList<>();
        all.forEach((series, minutes) -> {
            synchronized (minutes) {
                if (series.scope().equals(scope) && !minutes.tailMap(since).isEmpty()) {
                    found.add(series);
                }
            }
        });
        found.sort((a, b) -> a.toString().compareTo(b.toString()));
        return found;
    }

    @Override
    public String section() {
        return "metrics";
    }

    @Override
    public void seed(Scope scope, JsonNode content) {
        for (JsonNode entry : content) {
            Variant variant = new Variant(text(entry, "endpointName"), text(entry, "variantName"));
            String metric = text(entry, "metricName");
            Instant start = Instant.parse(text(entry, "start"));
            long period = entry.path("periodSeconds").asLong(MINUTE);
            // Seeding the same content twice changes nothing: what is said replaces what was there.
            NavigableMap<Long, Bin> minutes =
                    all.computeIfAbsent(new Series(scope, variant, metric), s -> new TreeMap<>());
            synchronized (minutes) {
                for (int i = 0; i < entry.path("values").size(); i++) {
                    JsonNode value = entry.path("values").get(i);
                    long minute = Math.floorDiv(start.getEpochSecond() + i * period, MINUTE);
                    minutes.remove(minute);
                    if (!value.isNull()) {
                        Bin bin = new Bin();
                        bin.add(value.asDouble());
                        minutes.put(minute, bin);
                    }
                }
            }
        }
    }

    private static String text(JsonNode entry, String field) {
        String text = entry.path(field).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("metrics: " + field + " (text) is missing in " + entry);
        }
        return text;
    }
}
