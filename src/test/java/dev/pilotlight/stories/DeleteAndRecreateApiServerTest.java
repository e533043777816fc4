package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.testing.AwsConsole;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second object of the same name, at every moment of the first one's end: it serves, and nothing of either is lost or left. */
@RealApiServer
class DeleteAndRecreateApiServerTest {

    @Test
    void aNamesakeThatComesWhenTheFirstIsGoneServes(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint first = team.serving(team.manifest("sentiment"));
            String firstUid = first.uid();
            first.delete();
            first.awaitGone();
            world.forgetCalls();

            TeamEndpoint second = team.serving(team.manifest("sentiment"));

            assertThat(second.uid()).isNotEqualTo(firstUid);
            assertThat(world.mutations())
                    .containsExactly(
                            "sagemaker:CreateModel", "sagemaker:CreateEndpointConfig", "sagemaker:CreateEndpoint");
            assertThatItLivesAndLeavesNothing(world, second);
        }
    }

    @Test
    void aNamesakeThatComesBeforeOrAfterAnyCallOfTheFirstOnesCleanUpServes(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            List<AwsCall> calls = callsOfADeletion(world, team);
            assertThat(calls).hasSizeGreaterThan(6);

            for (int number = 1; number <= calls.size(); number++) {
                // After a read is before the next call.
                boolean last = number == calls.size();
                boolean changes = calls.get(number - 1).mutating();
                for (boolean before : changes || last ? new boolean[] {true, false} : new boolean[] {true}) {
                    TeamEndpoint first = team.serving(team.manifest("e" + number + (before ? "b" : "a")));
                    String firstUid = first.uid();
                    Interruption interruption = new Interruption(number, before, () -> {
                        first.removeFinalizers();
                        first.applyAgain();
                    });
                    world.boundary(interruption);
                    first.delete();
                    world.advanceUntil(
                            "interrupted at call " + number, () -> interruption.happened() || first.isGone());
                    world.boundary(CallBoundary.OPEN);
                    if (!interruption.happened()) {
                        continue;
                    }

                    first.awaitReady();

                    assertThat(first.uid()).isNotEqualTo(firstUid);
                    assertThatItLivesAndLeavesNothing(world, first);
                }
            }
        }
    }

    @Test
    void aNamesakeMayWantAnotherRevision(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint first = team.serving(team.manifest("sentiment"));
            first.delete();
            first.awaitReason("Terminating", "DeletingEndpoint");
            first.removeFinalizers();

            TeamEndpoint second = team.apply(team.manifest("sentiment").memory(4096));
            second.awaitReason("Ready", "PredecessorDeleting");
            second.awaitReady();

            assertThat(second.status().effective().memorySizeInMB()).isEqualTo(4096);
            second.delete();
            second.awaitGone();

            // Whoever removes a finalizer by hand gives up the clean-up: the second one takes over what is left, and
            // takes it along.
            assertThat(world.console().resources()).isZero();
        }
    }

    /** With the clean-up given up half-way through a rollout, the next object finds a preview, and revisions it never made. */
    @ParameterizedTest
    @ValueSource(ints = {2048, 3072, 4096})
    void aNamesakeInheritsTheRolloutThatWasUnderWay(int memory, KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint first = team.serving(team.manifest("sentiment"));
            String served = first.deployed();
            first.change(manifest -> manifest.memory(3072));
            first.awaitAlso(
                    "a preview is there", () -> world.console().endpoints().size() == 2);
            world.stopOperator();
            first.delete();
            first.removeFinalizers();
            TeamEndpoint second = team.apply(team.manifest("sentiment").memory(memory));
            world.forgetCalls();
            world.startOperator();
            second.awaitReady();
            world.advanceBy(Duration.ofMinutes(5));

            assertThat(world.console().endpoints()).containsExactly(second.endpointName());
            assertThat(second.status().effective().memorySizeInMB()).isEqualTo(memory);
            assertThat(second.status().revisions()).allMatch(record -> record.previewEndpointConfigName() == null);
            assertThat(second.revisions())
                    .as("what served is kept to go back to")
                    .contains(served);
            switch (memory) {
                case 2048 -> assertThat(world.mutations()).doesNotContain("sagemaker:UpdateEndpoint");
                case 3072 ->
                    assertThat(world.mutations())
                            .as("the preview that is there is used")
                            .doesNotContain("sagemaker:CreateEndpoint")
                            .contains("sagemaker:UpdateEndpoint");
                default ->
                    assertThat(world.mutations())
                            .as("proven on a preview of its own, as if the object had never gone")
                            .containsSubsequence("sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint");
            }
            second.delete();
            second.awaitGone();
            assertThat(world.console().resources()).isZero();
        }
    }

    private static List<AwsCall> callsOfADeletion(World world, Team team) {
        TeamEndpoint endpoint = team.serving(team.manifest("counted"));
        world.forgetCalls();
        endpoint.delete();
        endpoint.awaitGone();
        return world.requests();
    }

    private static void assertThatItLivesAndLeavesNothing(World world, TeamEndpoint endpoint) {
        String uid = endpoint.uid();
        String created = world.console()
                .endpoint(endpoint.endpointName())
                .path("CreationTime")
                .asText();
        world.advanceBy(Duration.ofMinutes(2));
        assertThat(endpoint.is("Ready", "True")).isTrue();
        var live = world.console().endpoint(endpoint.endpointName());
        assertThat(live.path("CreationTime").asText()).isEqualTo(created);
        var config =
                world.console().endpointConfig(live.path("EndpointConfigName").asText());
        var model = world.console().model(config.path("ModelNames").get(0).asText());
        assertThat(AwsConsole.tags(live)).containsEntry("pilotlight.dev/uid", uid);
        assertThat(AwsConsole.tags(config)).containsEntry("pilotlight.dev/uid", uid);
        assertThat(AwsConsole.tags(model)).containsEntry("pilotlight.dev/uid", uid);
        assertThat(world.console().resources()).isEqualTo(3);

        endpoint.delete();
        endpoint.awaitGone();
        assertThat(world.console().resources()).isZero();
    }

    /** Something that happens once, at one call, on the thread that makes it. */
    private static final class Interruption implements CallBoundary {
        private final int number;
        private final boolean before;
        private final Runnable what;
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private volatile boolean happened;

        Interruption(int number, boolean before, Runnable what) {
            this.number = number;
            this.before = before;
            this.what = what;
        }

        boolean happened() {
            return happened;
        }

        @Override
        public void before(String operation) {
            if (begun.incrementAndGet() == number && before) {
                happened = true;
                what.run();
            }
        }

        @Override
        public void after(String operation) {
            if (ended.incrementAndGet() == number && !before) {
                happened = true;
                what.run();
            }
        }
    }
}
