package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.RateSettings;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The operator's own limit of calls, counted where they arrive. */
@RealApiServer
class RateLimitApiServerTest {
    private static final int MANY = 60;

    @Test
    void whatIsHeldBackDoesNotReachAwsAndNoSecondSeesMoreThanTheLimit(KubeApi api) {
        try (World world = crowded(api)) {
            List<TeamEndpoint> endpoints = apply(Team.in(world));
            world.advanceUntil("all Ready", () -> endpoints.stream().allMatch(e -> e.is("Ready", "True")));

            assertThat(world.held()).as("held back").hasSizeGreaterThan(10);
            for (String operation :
                    List.of("sagemaker.CreateModel", "sagemaker.CreateEndpointConfig", "sagemaker.CreateEndpoint")) {
                assertThat(world.simulator().calls().byApi().get(operation))
                        .as(operation + " requests that arrived")
                        .isEqualTo(world.calls().get(operation.replace('.', ':')))
                        .isEqualTo(MANY);
            }
            RateSettings.Rate rate = RateSettings.defaults().standard();
            assertThat(mostCreatedWithin(world, Duration.ofSeconds(1)))
                    .isLessThanOrEqualTo((int) (rate.burst() + rate.perSecond()));
        }
    }

    @Test
    void throttlingSlowsTheOperatorDownAndNobodyIsAsked(KubeApi api) {
        try (World world = crowded(api)) {
            Team team = Team.in(world);
            world.simulator().faults().next(20, FaultPlan.named("sagemaker.CreateModel"), Fault.Refuse.throttled());
            List<TeamEndpoint> endpoints = apply(team);
            world.advanceUntil("all Ready", () -> endpoints.stream().allMatch(e -> e.is("Ready", "True")));

            assertThat(world.calls().get("sagemaker:CreateModel"))
                    .as("twenty refusals, and each model once")
                    .isEqualTo(MANY + 20);
            assertThat(endpoints).noneMatch(endpoint -> endpoint.is("Stalled", "True"));
        }
    }

    private static World crowded(KubeApi api) {
        return World.start(
                api,
                setup -> setup.brisk()
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(200, 1000, 6144))));
    }

    private static List<TeamEndpoint> apply(Team team) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> team.apply(team.manifest("e" + i).inPlace().maxConcurrency(1)))
                .toList();
    }

    private static int mostCreatedWithin(World world, Duration span) {
        List<Instant> created = world.console().models().stream()
                .map(name -> world.console().model(name))
                .map(model -> Instant.parse(model.path("CreationTime").asText()))
                .sorted()
                .toList();
        return created.stream()
                .mapToInt(from -> (int) created.stream()
                        .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(span)))
                        .count())
                .max()
                .orElse(0);
    }
}
