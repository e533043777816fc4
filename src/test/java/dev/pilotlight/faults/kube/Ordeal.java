package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import dev.pilotlight.testing.proxy.KubeProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One request of a user that is carried out in spite of a fault. However it went, what is in AWS, how often each thing was made, and what
 * the status says has to be as without the fault; then nothing moves any more, and a deletion leaves nothing.
 */
final class Ordeal {
    static final String ENDPOINTS = "serverlessendpoints";
    static final String IDENTITIES = "awsidentities";
    static final String NAMESPACES = "namespaces";
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

    private final World world;
    private final Map<Ask, Ending> undisturbed = new TreeMap<>();

    Ordeal(World world) {
        this.world = world;
    }

    /** How it ended, under names that do not tell one team from another. */
    record Ending(List<String> inAws, Map<String, Long> mutations, List<String> status) {}

    /** A world with a proxy whose AWS needs no time. */
    static World world(KubeApi api) {
        return World.start(api, setup -> inNoTime(setup).throughProxy());
    }

    /** As {@link #world} and without a proxy; the test brings the operator. */
    static World worldWithoutOperator(KubeApi api) {
        return World.start(api, setup -> inNoTime(setup).withoutOperator());
    }

    private static World.Setup inNoTime(World.Setup setup) {
        return setup.hosting(settings -> settings.withDurations(StateDurations.NONE));
    }

    /**
     * @param fault ordered before the user asks
     * @return how many requests met the fault
     */
    long survive(Ask ask, Consumer<KubeProxy> fault) {
        return survive(ask, fault, () -> {});
    }

    /**
     * @param meanwhile after the user asked
     */
    long survive(Ask ask, Consumer<KubeProxy> fault, Runnable meanwhile) {
        Ending expected = undisturbed.computeIfAbsent(ask, key -> live(key, proxy -> {}, () -> {}));
        long before = world.proxy().met();
        Ending ending = live(ask, fault, meanwhile);
        assertThat(ending).as("%s under the fault", ask).isEqualTo(expected);
        return world.proxy().met() - before;
    }

    private Ending live(Ask ask, Consumer<KubeProxy> fault, Runnable meanwhile) {
        Tenant team = Tenant.in(world, "ordeal");
        ask.prepare(team);
        world.settle();
        world.forgetCalls();
        fault.accept(world.proxy());
        ask.ask(team);
        meanwhile.run();
        world.advanceUntil(ask + " is done", () -> ask.done(team));
        world.proxy().forgive();
        world.boundary(CallBoundary.OPEN);
        Ending ending = ending(team);
        assertQuiet(world, team);
        leave(world, team);
        return ending;
    }

    private Ending ending(Tenant team) {
        Map<String, Long> counts =
                world.mutations().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<String> status = team.status(Ask.NAME)
                .map(s -> s.conditions().stream()
                        .map(condition -> condition.type() + "=" + condition.status() + "/" + condition.reason())
                        .sorted()
                        .toList())
                .orElse(List.of());
        return new Ending(team.anonymous(team.inAws()), new TreeMap<>(counts), status);
    }

    /** For as long as anybody would look, AWS is not changed and no status is written. */
    static void assertQuiet(World world, Tenant team) {
        world.settle();
        world.forgetCalls();
        String version = version(team);
        world.advanceBy(LONG_ENOUGH);
        assertThat(world.mutations()).as("at rest").isEmpty();
        assertThat(version(team)).as("at rest").isEqualTo(version);
        if (team.exists(Ask.NAME)) {
            assertThat(team.uidsInAws())
                    .isEqualTo(Set.of(team.endpoint(Ask.NAME).getMetadata().getUid()));
        }
    }

    private static String version(Tenant team) {
        return team.exists(Ask.NAME) ? team.endpoint(Ask.NAME).getMetadata().getResourceVersion() : "gone";
    }

    /** The team goes, and nothing of it stays. */
    static void leave(World world, Tenant team) {
        if (team.exists(Ask.NAME)) {
            team.deleteEndpoint(Ask.NAME);
        }
        world.advanceUntil("all is gone", () -> !team.exists(Ask.NAME));
        assertThat(team.inAws()).as("left behind").isEmpty();
        team.deleteIdentity();
        world.advanceUntil("the identity is gone", () -> world.identity(team.identity()) == null);
    }
}
