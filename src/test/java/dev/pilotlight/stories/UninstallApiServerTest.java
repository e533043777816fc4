package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.TeamPolicy;
import dev.pilotlight.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The steps of docs/operating.md, as they are written there. */
@RealApiServer
class UninstallApiServerTest {
    private static final Pattern STEP = Pattern.compile("(?m)^kubectl (delete (\\S+) .*)$");

    @Test
    void theStepsInTheirOrderLeaveNothingBehind(KubeApi api) throws IOException {
        String page = Files.readString(Path.of("docs/operating.md"));
        List<String> steps = STEP.matcher(page.substring(page.indexOf("## Uninstalling")))
                .results()
                .map(step -> step.group(1))
                .toList();
        assertThat(steps)
                .extracting(step -> step.split(" ", -1)[1])
                .containsExactly("warm", "sep", "awsid", "-k", "-k");

        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
            TeamPolicy policy =
                    TeamPolicy.settled(team, "always", endpoint.name(), "provisionedConcurrency: {baseline: 1}");
            Map<String, BooleanSupplier> over = Map.of(
                    "warm", policy::isGone,
                    "sep", endpoint::isGone,
                    "awsid", () -> identity(team) == null);

            for (String step : steps.subList(0, 3)) {
                // The server is shared with others, and it is this test that turns the clock.
                String here = step.replace("-A", "-n " + team.namespace()) + " --wait=false";
                run(api, step.contains("awsid") ? here.replace("--all", team.identity()) : here);
                String kind = step.split(" ", -1)[1];
                world.advanceUntil(kind + " is gone", over.get(kind));
            }
            for (String step : steps.subList(3, 5)) {
                run(api, step + " --ignore-not-found --dry-run=server");
            }

            assertThat(world.console().resources()).isZero();
        }
    }

    private static void run(KubeApi api, String command) {
        KubeApi.Kubectl done = api.kubectl(command.split(" ", -1));
        assertThat(done.exitCode()).as(command + ": " + done.err()).isZero();
    }

    private static AWSIdentity identity(Team team) {
        return team.world()
                .api()
                .admin()
                .resources(AWSIdentity.class)
                .withName(team.identity())
                .get();
    }
}
