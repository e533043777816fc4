package dev.pilotlight.operator.warm.ping;

import dev.pilotlight.aws.Metrics;
import dev.pilotlight.domain.metrics.EndpointMetric;
import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import dev.pilotlight.domain.metrics.Statistic;
import dev.pilotlight.domain.warm.ping.Bursts;
import dev.pilotlight.domain.warm.ping.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What bursts were good for, as CloudWatch tells it by the minute: two series for each read, whatever its length.
 *
 * @param seen what they found, oldest first
 * @param cold pings that met no warm container
 * @param until bursts before this are counted by now
 */
record Effect(List<Seen> seen, List<Bursts.Cold> cold, Instant until) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** CloudWatch is some minutes behind. */
    static final Duration BEHIND = Duration.ofMinutes(5);

    /**
     * @param bursts that nothing is known of yet, oldest first, led by one of which it is
     */
    static Effect read(Metrics metrics, Wish wish, List<Bursts.Burst> bursts, Instant now) {
        Instant until = now.minus(BEHIND).truncatedTo(ChronoUnit.MINUTES);
        List<Bursts.Burst> counted =
                bursts.stream().filter(burst -> burst.begun().isBefore(until)).toList();
        if (counted.size() < 2) {
            return new Effect(
                    List.of(),
                    List.of(),
                    counted.isEmpty() ? Instant.MIN : counted.getFirst().begun());
        }
        MetricQuery invocations = query(wish, EndpointMetric.INVOCATIONS, Statistic.SUM);
        MetricQuery setups = query(wish, EndpointMetric.MODEL_SETUP_TIME, Statistic.SAMPLE_COUNT);
        Map<MetricQuery, List<Point>> series = metrics.read(
                List.of(invocations, setups),
                counted.getFirst().begun().truncatedTo(ChronoUnit.MINUTES),
                until.plus(MINUTE));
        List<Point> starts = series.get(setups);
        List<Seen> seen = Bursts.seen(counted, series.get(invocations), starts);
        return new Effect(
                seen,
                Bursts.cold(counted, series.get(invocations), starts),
                counted.getLast().begun());
    }

    private static MetricQuery query(Wish wish, EndpointMetric metric, Statistic statistic) {
        return new MetricQuery(wish.endpointName(), wish.variantName(), metric, statistic, MINUTE);
    }
}
