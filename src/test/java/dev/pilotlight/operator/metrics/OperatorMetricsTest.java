package dev.pilotlight.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.inventory.InventorySettings;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.testing.FakeAwsSessions;
import dev.pilotlight.testing.ManualScheduler;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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
}
