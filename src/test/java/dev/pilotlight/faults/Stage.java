package dev.pilotlight.faults;

import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.domain.endpoint.Safeguards;
import dev.pilotlight.operator.OperatorSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings.Consistency;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import dev.pilotlight.testing.proxy.KubeWrite;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A world that experiments share, one after another: in it a bystander who must not notice any of them, and things of somebody else that
 * must not be touched. A recorder holds every scene against the invariants.
 */
final class Stage implements AutoCloseable {
    /** Is in bodies of requests, and must not be anywhere else. */
    static final String CANARY = "c4n4ry";

    static final HostingLimits.Limits ROOMY = new HostingLimits.Limits(500, 100_000, 6144);
    /** How long an impatient operator waits for an answer, instead of 10 s. */
    static final Duration PATIENCE =
            AwsSettings.defaults().controlPlaneTimeout().dividedBy(10);

    private static final List<String> IMAGES =
            List.of("2.0.0-echo", "2.0.0-bad-ping", "2.0.0-update-rolls-back", "2.0.0-update-rollback-fails", "2.0.0");
    private static final int MOST_AT_A_STEP = 20;
    private static final StateDurations SHORT = new StateDurations(
            Duration.ofSeconds(6), Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofSeconds(3), 0);

    private final Logs logs = new Logs();
    private final World world;
    private final List<Invariant> invariants;
    private final Bystander bystander;
    private int turn;
    /** While a step is looked at, at which nothing moves. */
    private Optional<AwsNow> atThisStep = Optional.empty();

    private final Map<String, Scene> scenes = new ConcurrentHashMap<>();

    /** How AWS is. */
    enum Kind {
        /** Every state lasts until it was read once. */
        QUICK(settings -> settings),
        /** Every state lasts for some seconds. */
        SLOW(settings -> settings.withDurations(SHORT)),
        /** As quick, and the operator waits only a tenth as long for an answer: what hangs costs time on the wall. */
        IMPATIENT(settings -> settings),
        /** New things are seen late. */
        LATE(settings -> settings.withConsistency(new Consistency(2, Duration.ofSeconds(3))));

        /** Keeps nothing. */
        @SuppressWarnings("ImmutableEnumChecker")
        private final UnaryOperator<HostingSettings> change;

        Kind(UnaryOperator<HostingSettings> change) {
            this.change = change;
        }
    }

    Stage(KubeApi api, Kind kind, Safeguards safeguards, Latencies latencies) {
        world = World.start(
                api,
                setup -> setup.hosting(hosting -> kind.change.apply(hosting.withDurations(StateDurations.NONE)))
                        .simulator(simulator -> simulator.limits(ROOMY))
                        .operator(OperatorSettings.defaults()
                                .withClusterID("test-cluster")
                                .withPolicy(Policy.DEFAULT.withSafeguards(safeguards)))
                        .aws(aws -> kind == Kind.IMPATIENT ? impatient(aws) : aws)
                        .throughProxy());
        try {
            IMAGES.forEach(world.console()::push);
            bystander = new Bystander(world, latencies, kind == Kind.LATE);
        } catch (AssertionError | RuntimeException e) {
            // Its operator must not look after the objects of the next one.
            logs.close();
            world.close();
            throw e;
        }
        invariants = Invariants.all(bystander, logs);
        world.proxy().witness(this::witness);
    }

    private static AwsSettings impatient(AwsSettings usual) {
        return new AwsSettings(
                usual.endpointOverride(),
                usual.accessKey(),
                PATIENCE,
                PATIENCE,
                usual.invokeTimeout(),
                usual.sessionDuration(),
                usual.rates());
    }

    World world() {
        return world;
    }

    List<Invariant> invariants() {
        return invariants;
    }

    /** A team of its own for an experiment, looked at from now on. */
    Scene open(String prefix, Findings findings) {
        Scene scene = new Scene(this, Tenant.in(world, prefix), findings);
        scenes.put(scene.namespace(), scene);
        return scene;
    }

    void close(Scene scene) {
        scenes.remove(scene.namespace());
    }

    private void witness(KubeWrite write) {
        Scene scene = scenes.get(write.request().namespace());
        if (scene != null) {
            scene.note();
            invariants.forEach(invariant -> invariant.onWrite(scene, write, scene.findings()));
        }
    }

    /** What AWS has. */
    AwsNow aws() {
        return atThisStep.orElseGet(() -> AwsNow.of(world));
    }

    /** Holds every scene against the invariants; where there are very many, some of them in turn. */
    void step() {
        bystander.look();
        List<Scene> all = scenes.values().stream()
                .sorted(Comparator.comparing(Scene::namespace))
                .toList();
        int looks = Math.min(all.size(), MOST_AT_A_STEP);
        atThisStep = Optional.of(AwsNow.of(world));
        try {
            for (int i = 0; i < looks; i++) {
                Scene scene = all.get((turn + i) % all.size());
                scene.note();
                invariants.forEach(invariant -> invariant.onStep(scene, scene.findings()));
            }
        } finally {
            atThisStep = Optional.empty();
        }
        turn = all.isEmpty() ? 0 : (turn + looks) % all.size();
    }

    /** Somebody who has nothing to do with an experiment asks for something meanwhile. */
    void letTheBystanderEdit() {
        bystander.edit();
    }

    /** An experiment begins: what the bystander and strangers are now they have to stay. */
    void begin() {
        bystander.begin();
        world.simulator().calls().reset();
        world.forgetCalls();
    }

    void done(Scene scene) {
        invariants.forEach(invariant -> invariant.onDone(scene, scene.findings()));
    }

    void gone(Scene scene) {
        invariants.forEach(invariant -> invariant.onGone(scene, scene.findings()));
    }

    @Override
    public void close() {
        world.proxy().witness(write -> {});
        world.close();
        logs.close();
    }
}
