package dev.pilotlight.domain.warm.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.metrics.EndpointMetric;
import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import dev.pilotlight.domain.warm.forecast.MeasuredTraffic.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredTrafficTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:07:30Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final MeasuredTraffic TRAFFIC = new MeasuredTraffic("sentiment", "main", 20);

    @Test
    void twoWeeksAreReadByTheMinute() {
        assertThat(MeasuredTraffic.parts(Duration.ofDays(14), NOW))
                .containsExactly(new Part(MINUTE, Instant.parse("2026-02-16T08:00:00Z"), NOW));
    }

    @Test
    void whatCloudWatchKeepsNoMinutesOfIsReadByTheQuarterAndNothingTwice() {
        Instant kept = Instant.parse("2026-02-15T09:15:00Z");

        assertThat(MeasuredTraffic.parts(Duration.ofDays(30), NOW))
                .containsExactly(
                        new Part(History.SLOT, Instant.parse("2026-01-31T08:00:00Z"), kept),
                        new Part(MINUTE, kept, NOW));
    }

    @Test
    void aMinuteWithoutAPointIsNoZeroAndImpossibleValuesAreLeftOut() {
        Part part = new Part(MINUTE, NOW.minusSeconds(450), NOW);
        Instant first = part.from();

        List<Sample> samples = TRAFFIC.samples(
                part,
                answer(
                        part,
                        Map.of(
                                EndpointMetric.INVOCATIONS,
                                List.of(
                                        new Point(first, 30),
                                        new Point(first.plusSeconds(120), 6),
                                        new Point(first.plusSeconds(180), -1),
                                        new Point(first.plusSeconds(240), Double.NaN)),
                                EndpointMetric.MODEL_LATENCY,
                                List.of(new Point(first, 250_000)),
                                EndpointMetric.CONCURRENT_EXECUTIONS_UTILIZATION,
                                List.of(new Point(first, 0.25)))));

        assertThat(samples)
                .containsExactly(
                        new Sample(first, MINUTE, 30, OptionalDouble.of(0.25), OptionalDouble.of(5)),
                        new Sample(first.plusSeconds(120), MINUTE, 6, OptionalDouble.empty(), OptionalDouble.empty()));
    }

    /** F28: a forecast from numbers that no endpoint has would buy capacity for them. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 1e18, 1e300})
    void hugeNumbersAreLeftOutLikeMissingOnes(double impossible) {
        for (Duration period : List.of(MINUTE, History.SLOT)) {
            Part part = new Part(period, NOW.minusSeconds(450), NOW);
            List<Sample> samples = TRAFFIC.samples(
                    part,
                    answer(
                            part,
                            Map.of(
                                    EndpointMetric.INVOCATIONS,
                                    List.of(new Point(part.from(), impossible), new Point(NOW, 30)),
                                    EndpointMetric.MODEL_LATENCY,
                                    List.of(new Point(NOW, impossible)),
                                    EndpointMetric.CONCURRENT_EXECUTIONS_UTILIZATION,
                                    List.of(new Point(NOW, impossible)))));

            assertThat(samples)
                    .containsExactly(new Sample(NOW, period, 30, OptionalDouble.empty(), OptionalDouble.empty()));
        }
    }

    private static Map<MetricQuery, List<Point>> answer(Part part, Map<EndpointMetric, List<Point>> points) {
        return TRAFFIC.queries(part).stream()
                .collect(Collectors.toMap(Function.identity(), query -> points.get(query.metric())));
    }
}
