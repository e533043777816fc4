package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmSource;
import dev.pilotlight.api.v1alpha1.WarmWindow;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.OfficeTraffic;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.TeamPolicy;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A forecast of an office's traffic, of which CloudWatch has two weeks. The story begins on a Monday at 8 o'clock, universal time. */
@RealApiServer
class ForecastApiServerTest {

    @Test
    void aForecastIsShownThenActsThenOutlivesCloudWatchAndGoesWithItsSpec(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            twoWeeksOfTraffic(world, endpoint);

            TeamPolicy policy = TeamPolicy.settled(team, "warm", "sentiment", forecast("Preview"));

            WarmForecastStatus shown = policy.status().forecast();
            assertThat(shown.verdict()).as(shown.message()).isEqualTo(ForecastVerdict.ACCEPTED);
            WarmWindow office = shown.windows().stream()
                    .max(Comparator.comparing(WarmWindow::capacity))
                    .orElseThrow();
            int capacity = office.capacity();
            assertThat(office.start()).isEqualTo("0 8 * * MON-FRI");
            assertThat(office.end()).isEqualTo("0 18 * * MON-FRI");
            assertThat(capacity).isGreaterThan(5);
            assertThat(shown.backTest().monthlyUSD()).doesNotContain("unknown");
            assertThat(policy.demand().provisionedConcurrency())
                    .as("shown only")
                    .isEqualTo(1);
            world.advanceBy(Duration.ofMinutes(5));
            String version = policy.version();
            until(world, "2026-03-02T16:00:00Z");
            assertThat(policy.version()).as("a refresh that looks the same").isEqualTo(version);

            policy.change(forecast("Enforce"));
            world.settle();
            assertThat(policy.demand().source()).isEqualTo(WarmSource.FORECAST);
            assertThat(policy.demand().provisionedConcurrency()).isEqualTo(capacity);
            world.advanceUntil("as forecast", () -> running(endpoint) == capacity);

            world.simulator()
                    .faults()
                    .sometimes(
                            1,
                            FaultPlan.named("monitoring.GetMetricData"),
                            new Fault.Refuse(
                                    403, "AccessDenied", "not authorized to perform cloudwatch:GetMetricData"));
            until(world, "2026-03-02T22:00:00Z");
            assertThat(policy.demand().provisionedConcurrency()).as("at night").isLessThan(capacity);
            assertThat(policy.says(ConditionTypes.METRICS_UNAVAILABLE)).isEqualTo("True MetricsNotTrusted");
            assertThat(policy.says(ConditionTypes.READY)).isEqualTo("True InForce");
            assertThat(policy.status().forecast()).isEqualTo(shown);
            until(world, "2026-03-03T08:00:00Z");
            assertThat(running(endpoint)).as("in time for the next day").isEqualTo(capacity);

            policy.change(forecast("'Off'"));
            world.settle();
            assertThat(policy.status().forecast()).isNull();
            assertThat(policy.demand().provisionedConcurrency()).isEqualTo(1);
            assertThat(policy.says(ConditionTypes.METRICS_UNAVAILABLE)).isEqualTo("absent");
        }
    }

    private static String forecast(String mode) {
        return "provisionedConcurrency: {baseline: 1, forecast: {mode: " + mode + "}}";
    }

    private static void twoWeeksOfTraffic(World world, TeamEndpoint endpoint) {
        Instant start = Instant.parse("2026-02-16T08:00:00Z");
        int minutes = (int) Duration.between(start, world.now()).toMinutes();
        double[] counts = IntStream.range(0, minutes)
                .mapToDouble(minute -> OfficeTraffic.inMinute(start.plusSeconds(60L * minute), 1))
                .toArray();
        double[] micros = new double[minutes];
        Arrays.fill(micros, 1e6);
        String name = endpoint.status().endpointName();
        String variant = endpoint.status().variantName();
        world.console().measured(name, variant, "Invocations", start, counts);
        world.console().measured(name, variant, "ModelLatency", start, micros);
    }

    private static int running(TeamEndpoint endpoint) {
        Integer running = endpoint.status().effective().provisionedConcurrency();
        return running == null ? 0 : running;
    }

    private static void until(World world, String instant) {
        world.advanceBy(Duration.between(world.now(), Instant.parse(instant)));
    }
}
