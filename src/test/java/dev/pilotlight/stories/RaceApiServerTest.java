package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** People and pipelines write while the operator writes; the API server is real, so are the races. */
@RealApiServer
class RaceApiServerTest {
    private static final String NAME = "sentiment";

    @Test
    void fortyEditsWhileTheOperatorReportsAreAllKeptAndTheLastOneWins(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "edits").serving(NAME);
            long generation = team.endpoint(NAME).getMetadata().getGeneration();
            for (int i = 1; i <= 40; i++) {
                team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":%d}}}".formatted(20 + i));
                assertThat(team.endpoint(NAME).getSpec().serverless().maxConcurrency())
                        .isEqualTo(20 + i);
            }
            assertThat(team.endpoint(NAME).getMetadata().getGeneration()).isEqualTo(generation + 40);

            world.advanceUntil(
                    "scaled to the last",
                    () -> team.isReady(NAME)
                            && team.condition(NAME, "Scaling").isEmpty()
                            && team.status(NAME).orElseThrow().effective().maxConcurrency() == 60);
            assertThat(team.status(NAME).orElseThrow().observedGeneration()).isEqualTo(generation + 40);
            assertThat(team.inAws()).hasSize(3);
        }
    }

    @Test
    void fiftyEditsThereAndBackEndWhereTheyEndedAndLeaveNothingAround(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "aba").serving(NAME);
            String before = team.status(NAME).orElseThrow().revision().deployed();
            for (int i = 1; i <= 50; i++) {
                int memory = i % 2 == 1 ? 3072 : 2048;
                team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":%d}}}".formatted(memory));
            }
            world.advanceUntil(
                    "at rest",
                    () -> team.isReady(NAME)
                            && team.status(NAME).orElseThrow().revisions().stream()
                                    .allMatch(record -> record.previewEndpointConfigName() == null));
            assertThat(team.status(NAME).orElseThrow().revision().deployed()).isEqualTo(before);
            assertThat(team.endpointsInAws()).hasSize(1);
            assertThat(team.isTrue(NAME, "Available")).isTrue();

            team.deleteEndpoint(NAME);
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void anObjectThatIsMadeAnewAtOnceGetsNothingOfItsNamesake(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "namesake");
            team.applyIdentity();
            for (int i = 0; i < 5; i++) {
                team.applyEndpoint(NAME);
                world.advanceUntil("ready", () -> team.isReady(NAME));
                String uid = team.endpoint(NAME).getMetadata().getUid();
                world.advanceUntil("all is its own", () -> team.uidsInAws().equals(Set.of(uid)));

                // Torn out in the middle of a change, so that the operator is about to report on it.
                team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":%d}}}".formatted(30 + i));
                team.editEndpoint(NAME, "{\"metadata\":{\"finalizers\":[]}}");
                team.deleteEndpoint(NAME);
                team.editIfThere(NAME, "{\"metadata\":{\"finalizers\":[]}}");
            }
            team.applyEndpoint(NAME);
            world.advanceUntil("ready", () -> team.isReady(NAME));
            String uid = team.endpoint(NAME).getMetadata().getUid();
            world.advanceUntil("all is its own", () -> team.uidsInAws().equals(Set.of(uid)));
            assertThat(team.endpointsInAws()).hasSize(1);

            team.deleteEndpoint(NAME);
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void aDeletionThatRacesTheFirstFinalizerIsNeverUndone(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "fleeting");
            team.applyIdentity();
            world.settle();
            for (int i = 0; i < 20; i++) {
                team.applyEndpoint("e" + i);
                team.deleteEndpoint("e" + i);
            }
            world.advanceBy(Duration.ofMinutes(2));
            for (int i = 0; i < 20; i++) {
                assertThat(team.exists("e" + i)).as("e" + i).isFalse();
            }
            assertThat(team.inAws())
                    .as("left by objects whose finalizer the API server respected")
                    .noneMatch(name -> letGo(api, team).stream().anyMatch(object -> name.contains("-" + object + "-")));
        }
    }

    /**
     * Objects we took our finalizer off again. A DELETE that has read an object just before its first finalizer was written removes it all
     * the same; nobody can clean up after that, so what we see of it is reported as an orphan and is no part of this story.
     */
    private static List<String> letGo(KubeApi api, Tenant team) {
        Map<String, Long> patches = api.writes(team.namespace()).stream()
                .filter(write -> write.user().startsWith("system:serviceaccount:")
                        && write.resource().equals("serverlessendpoints")
                        && write.subresource().isEmpty()
                        && write.code() < 300)
                .collect(Collectors.groupingBy(KubeApi.Write::name, Collectors.counting()));
        return patches.keySet().stream()
                .filter(object -> patches.get(object) > 1)
                .toList();
    }

    /** A call that runs into an error of ours stands for any spec that we cannot digest. */
    @Test
    void anObjectThatBreaksOurCodeStopsNobodyElseAndShowsInTheHealth(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "poison").serving(NAME);
            AtomicInteger broken = new AtomicInteger();
            world.boundary(new CallBoundary() {
                @Override
                public void before(String operation) {
                    if (operation.equals("sagemaker:UpdateEndpointWeightsAndCapacities")) {
                        broken.incrementAndGet();
                        throw new IllegalStateException("poison");
                    }
                }
            });
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":30}}}");
            team.applyEndpoint("healthy");
            world.advanceUntil("the other one is ready", () -> team.isReady("healthy"));
            world.advanceBy(Duration.ofMinutes(12));

            assertThat(world.operator().passes().oldestUnreconciled())
                    .as("liveness fails at ten minutes")
                    .isGreaterThan(Duration.ofMinutes(10));
            assertThat(broken.get()).as("tries in twelve minutes").isBetween(5, 20);
            team.editEndpoint("healthy", "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.advanceUntil("the other one changes", () -> team.isReady("healthy"));

            world.boundary(CallBoundary.OPEN);
            world.advanceUntil(
                    "digested",
                    () -> team.status(NAME).orElseThrow().effective().maxConcurrency() == 30);
            world.settle();
            assertThat(world.operator().passes().oldestUnreconciled()).isZero();
        }
    }
}
