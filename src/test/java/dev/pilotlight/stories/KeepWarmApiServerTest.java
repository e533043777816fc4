package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.KeepWarmStatus;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.TeamPolicy;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Pings of a policy, and what is told of them. Every story begins on a Monday in March at 8 o'clock, universal time. */
@RealApiServer
class KeepWarmApiServerTest {
    private static final String PING = "request: {contentType: application/json, body: '{\"text\":\"ping\"}'}";

    @Test
    void pingsKeepAContainerAndTheDayAfterTheStatusSaysWhatTheyDid(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            long before = invocations(world);
            TeamPolicy warm = policy(team, "keepWarm: {interval: {seconds: 240}, " + PING + "}");
            world.advanceBy(Duration.ofHours(1));
            assertThat(invocations(world) - before).isBetween(15L, 16L);
            assertThat(warm.demand()).isNull();
            String version = warm.version();
            world.advanceBy(Duration.ofHours(3));
            assertThat(warm.version()).as("pings write no status").isEqualTo(version);

            until(world, "2026-03-03T12:00:00Z");
            world.console().invoke(endpoint.endpointName());
            until(world, "2026-03-04T02:00:00Z");

            KeepWarmStatus day = warm.status().keepWarm();
            assertThat(day.date()).isEqualTo("2026-03-03");
            assertThat(day.pings()).isEqualTo(360);
            assertThat(day.coldPings()).isZero();
            assertThat(day.intervalSeconds()).isEqualTo(240);
            assertThat(warm.status().coldStarts().date()).isEqualTo("2026-03-03");
            assertThat(warm.status().coldStarts().sharePercent()).isEqualTo("0.0");
            assertThat(warm.status().ledger().month()).isEqualTo("2026-03");
        }
    }

    @Test
    void pingsRestWhileSlotsAreProvisionedWhileSuspendedAndOutsideOfWindows(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy warm = policy(team, """
                    provisionedConcurrency: {windows: [{name: ten, timeZone: UTC, start: 0 10 * * *, end: 0 11 * * *, capacity: 2}]}
                    keepWarm: {interval: {seconds: 300}, %s}""".formatted(PING));
            until(world, "2026-03-02T09:30:00Z");
            assertThat(pingsIn(world, Duration.ofMinutes(20))).isEqualTo(4);

            until(world, "2026-03-02T10:05:00Z");
            assertThat(endpoint.status().effective().provisionedConcurrency()).isEqualTo(2);
            assertThat(pingsIn(world, Duration.ofMinutes(45))).as("covered").isZero();

            until(world, "2026-03-02T11:15:00Z");
            assertThat(pingsIn(world, Duration.ofMinutes(20))).isEqualTo(4);

            warm.change("keepWarm: {interval: {seconds: 300}, " + PING + "}\nsuspend: true");
            world.settle();
            assertThat(pingsIn(world, Duration.ofMinutes(30))).as("suspended").isZero();

            warm.change("""
                    provisionedConcurrency: {windows: [{name: noon, timeZone: UTC, start: 0 13 * * *, end: 0 14 * * *, capacity: 1}]}
                    keepWarm: {interval: {seconds: 300}, concurrency: 2, onlyInWindows: true, %s}""".formatted(PING));
            world.settle();
            until(world, "2026-03-02T12:50:00Z");
            long before = invocations(world);
            until(world, "2026-03-02T13:01:00Z");
            assertThat(pingsIn(world, Duration.ofMinutes(50)))
                    .as("two containers are more than the one slot")
                    .isEqualTo(20);
            assertThat(invocations(world)).isGreaterThan(before);
            until(world, "2026-03-02T14:06:00Z");
            assertThat(pingsIn(world, Duration.ofHours(1))).as("shut").isZero();
        }
    }

    @Test
    void whoseIdentityIsTakenAwayIsPingedNoMoreUntilItComesBack(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            team.serving(team.manifest("sentiment"));
            policy(team, "keepWarm: {interval: {seconds: 300}, " + PING + "}");
            assertThat(pingsIn(world, Duration.ofMinutes(20))).isEqualTo(4);

            team.mayUseIdentity(false);
            assertThat(pingsIn(world, Duration.ofHours(2))).isZero();

            team.mayUseIdentity(true);
            assertThat(pingsIn(world, Duration.ofMinutes(20))).isEqualTo(4);
        }
    }

    @Test
    void aSlipOfThePenInTheScheduleStopsNoPings(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            team.serving(team.manifest("sentiment"));
            String spec = """
                    provisionedConcurrency: {windows: [{name: ten, timeZone: UTC, start: 0 10 * * *, end: 0 11 * * *, capacity: 2}]}
                    keepWarm: {interval: {seconds: 300}, %s}""".formatted(PING);
            TeamPolicy warm = policy(team, spec);
            assertThat(pingsIn(world, Duration.ofMinutes(20))).isEqualTo(4);

            warm.change(spec.replace("UTC", "Europe/Atlantis"));
            world.settle();
            assertThat(warm.says("Stalled")).isEqualTo("True InvalidSchedule");
            assertThat(pingsIn(world, Duration.ofMinutes(20))).isEqualTo(4);
        }
    }

    @Test
    void anEndpointThatIsBeingUpdatedIsLeftAlone(KubeApi api) {
        // AWS's states last minutes here, as they do.
        try (World world = World.start(api)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment").inPlace());
            policy(team, "keepWarm: {interval: {seconds: 60}, " + PING + "}");
            world.advanceUntil("the first is out", () -> invocations(world) == 1);
            assertThat(pingsIn(world, Duration.ofMinutes(10))).isEqualTo(10);

            endpoint.change(manifest -> manifest.memory(3072));
            world.advanceUntil("updating", () -> awsSays(world, endpoint, "Updating"));
            Instant began = world.now();
            long before = invocations(world);
            world.advanceUntil("as good as over", () -> {
                boolean over = awsSays(world, endpoint, "InService");
                assertThat(over || invocations(world) == before)
                        .as("no ping while it is updated")
                        .isTrue();
                return over;
            });
            assertThat(Duration.between(began, world.now()))
                    .as("some pings were due")
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(2));

            endpoint.awaitReady();
            assertThat(pingsIn(world, Duration.ofMinutes(10))).isBetween(9L, 11L);
        }
    }

    private static boolean awsSays(World world, TeamEndpoint endpoint, String status) {
        return world.console()
                .endpoint(endpoint.endpointName())
                .path("EndpointStatus")
                .asText()
                .equals(status);
    }

    private static long pingsIn(World world, Duration time) {
        long before = invocations(world);
        world.advanceBy(time);
        return invocations(world) - before;
    }

    private static long invocations(World world) {
        return world.simulator().calls().of("sagemaker-runtime.InvokeEndpoint");
    }

    private static TeamPolicy policy(Team team, String spec) {
        return TeamPolicy.settled(team, "warm", "sentiment", spec);
    }

    private static void until(World world, String instant) {
        world.advanceBy(Duration.between(world.now(), Instant.parse(instant)));
    }
}
