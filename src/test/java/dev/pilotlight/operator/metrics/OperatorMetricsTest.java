package dev.pilotlight.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.preflight.Usage;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.inventory.InventorySettings;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.testing.FakeAwsSessions;
import dev.pilotlight.testing.ManualScheduler;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names and labels are what dashboards and alerts hang on. */
class OperatorMetricsTest {
    private static final Location HERE = new Location("111122223333", "us-east-1");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OperatorMetrics metrics = new OperatorMetrics(registry);

    private static AwsCall call(Optional<FailureKind> failure, String code) {
        return new AwsCall(HERE, "sagemaker:CreateModel", true, failure, code, "r-1", Duration.ofMillis(20));
    }

    @Test
    void everyAttemptIsCountedByOperationRegionAndCode() {
        metrics.called(call(Optional.empty(), ""));
        metrics.called(call(Optional.empty(), ""));
        metrics.called(call(Optional.of(FailureKind.THROTTLED), "ThrottlingException"));
        metrics.held(HERE, "sagemaker:CreateModel", Instant.EPOCH);

        assertThat(registry.get("pilotlight.aws.requests")
                        .tags("operation", "sagemaker:CreateModel", "region", "us-east-1", "code", "OK")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("pilotlight.aws.requests")
                        .tag("code", "ThrottlingException")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("pilotlight.aws.held").counter().count()).isEqualTo(1);
        assertThat(registry.get("pilotlight.aws.request.duration").timer().count())
                .isEqualTo(3);
    }

    @Test
    void everyMetricIsDescribedAndNoneCarriesTheNameOfAnObject() {
        ManualScheduler time = new ManualScheduler(Instant.parse("2026-01-01T00:00:00Z"));
        metrics.watch(new Passes(time.clock()));
        metrics.watch(
                new Inventory(new FakeAwsSessions(time.clock()), time, InventorySettings.defaults(), Runnable::run));
        metrics.called(call(Optional.empty(), ""));
        metrics.held(HERE, "sagemaker:CreateModel", Instant.EPOCH);

        assertThat(registry.getMeters()).hasSize(9).extracting(Meter::getId).allSatisfy(id -> {
            assertThat(id.getName()).startsWith("pilotlight.");
            assertThat(id.getDescription()).isNotBlank();
            assertThat(id.getTags()).extracting(Tag::getKey).isSubsetOf(Set.of("operation", "region", "code"));
        });
    }

    /** Of the two registries of Micrometer it is the older one that the program serves metrics with. */
    @SuppressWarnings("deprecation")
    @Test
    void theEndpointShowsTheNamesThatDashboardsHangOn() {
        ManualScheduler time = new ManualScheduler(Instant.parse("2026-01-01T00:00:00Z"));
        PrometheusMeterRegistry endpoint = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        OperatorMetrics all = new OperatorMetrics(endpoint);
        all.called(call(Optional.empty(), ""));
        all.held(HERE, "sagemaker:CreateModel", Instant.EPOCH);
        all.watch(new Passes(time.clock()));
        all.watch(new Inventory(new FakeAwsSessions(time.clock()), time, InventorySettings.defaults(), Runnable::run));
        all.watch(HERE, () -> Usage.NONE, () -> Usage.NONE, () -> 0, Optional::empty);
        all.watchPolicy("ml", "office", () -> 0, () -> 0);
        all.watchColdStarts("ml", "office", Optional::empty, Optional::empty);

        Set<String> shown = names("(?m)^# TYPE (pilotlight_\\S+) ", endpoint.scrape());
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "pilotlight_account_concurrency",
                        "pilotlight_account_concurrency_quota",
                        "pilotlight_account_endpoints",
                        "pilotlight_account_endpoints_quota",
                        "pilotlight_account_foreign_concurrency",
                        "pilotlight_account_foreign_endpoints",
                        "pilotlight_aws_held_total",
                        "pilotlight_aws_request_duration_seconds",
                        "pilotlight_aws_request_duration_seconds_max",
                        "pilotlight_aws_requests_total",
                        "pilotlight_inventory_describes_total",
                        "pilotlight_inventory_followed",
                        "pilotlight_inventory_lists_total",
                        "pilotlight_oldest_unreconciled_seconds",
                        "pilotlight_orphans",
                        "pilotlight_passes_failed_total",
                        "pilotlight_passes_total",
                        "pilotlight_warm_cold_start_ratio",
                        "pilotlight_warm_cold_start_seconds",
                        "pilotlight_warm_cost_usd_per_hour",
                        "pilotlight_warm_overhead_seconds",
                        "pilotlight_warm_ping_interval_seconds",
                        "pilotlight_warm_provisioned_concurrency");
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
