package dev.pilotlight.domain.warm.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ColdStartStatus;
import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColdStartsTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-05");

    /** Values in the order of the queries; null for a series without a point. */
    private static ColdStarts of(Double... values) {
        Map<MetricQuery, List<Point>> series = new LinkedHashMap<>();
        List<MetricQuery> queries = ColdStarts.queries("sentiment", "main");
        for (int i = 0; i < values.length; i++) {
            series.put(
                    queries.get(i),
                    values[i] == null
                            ? List.of()
                            : List.of(new Point(Instant.parse("2026-01-05T00:00:00Z"), values[i])));
        }
        return ColdStarts.of(DAY, series);
    }

    @Test
    void aDayIsRoundedForAStatus() {
        ColdStarts day = of(12_345.0, 98.0, 4_234_567.0, 9_149_000.0);

        assertThat(day.share()).hasValueSatisfying(share -> assertThat(share).isBetween(0.0079, 0.008));
        assertThat(day.p50()).contains(Duration.ofNanos(4_234_567_000L));
        assertThat(day.status("2.88")).isEqualTo(new ColdStartStatus("2026-01-05", "0.8", 4200, 9100, null, "2.88"));
    }

    @Test
    void aDayWithoutTrafficHasNoShare() {
        ColdStarts day = of(null, null, null, null);

        assertThat(day.share()).isEmpty();
        assertThat(day.status("unknown"))
                .isEqualTo(new ColdStartStatus("2026-01-05", null, null, null, null, "unknown"));
    }

    @Test
    void aDayWithoutColdStartsHasAShareOfZero() {
        assertThat(of(50.0, null, null, null).share()).isEqualTo(Optional.of(0.0));
        assertThat(of(50.0, null, null, null).status("0.10").sharePercent()).isEqualTo("0.0");
    }

    @Test
    void containersThatNobodyWaitedForDoNotMakeMoreThanAll() {
        assertThat(of(3.0, 5.0, 1000.0, 1000.0).share()).isEqualTo(Optional.of(1.0));
    }

    /** F28: whatever CloudWatch says, the pass that tells of it goes on. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 1e18, 1e300})
    void whatNoEndpointCanHaveIsLeftOut(double impossible) {
        ColdStarts day = of(50.0, 5.0, impossible, impossible, impossible);

        assertThat(day.status("0.10")).isEqualTo(new ColdStartStatus("2026-01-05", "10.0", null, null, null, "0.10"));
        assertThat(of(impossible, impossible, null, null, null).status("0.10"))
                .isEqualTo(new ColdStartStatus("2026-01-05", null, null, null, null, "0.10"));
    }

    @Test
    void anHourIsTheLongestThatIsTold() {
        ColdStarts endless = new ColdStarts(
                DAY,
                1,
                1,
                Optional.of(Duration.ofDays(400)),
                Optional.of(Duration.ofSeconds(-1)),
                Optional.of(Duration.ofHours(1)));

        assertThat(endless.status("0.10"))
                .isEqualTo(new ColdStartStatus("2026-01-05", "100.0", 3_600_000, 0, 3_600_000, "0.10"));
    }
}
