package dev.pilotlight.faults;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.testing.Crash;
import dev.pilotlight.testing.proxy.KubeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Many objects, and everything that can happen to them, drawn by a seed. */
final class Soup {
    /** How many objects each round has. */
    private static final List<Integer> ROUNDS = List.of(200, 40, 40);

    private static final List<Integer> ONE_SMALL_ROUND = List.of(6);
    private static final List<String> IMAGES =
            List.of("1.4.0", "2.0.0", "2.0.0-echo", "2.0.0-bad-ping", "2.0.0-update-rolls-back");
    private static final List<Fault> FAULTS = List.of(
            Fault.Refuse.throttled(),
            new Fault.LoseAnswer(),
            new Fault.DropBefore(),
            new Fault.Duplicate(),
            new Fault.Refuse(500, "InternalFailure", "An internal failure occurred."));
    private static final List<dev.pilotlight.testing.proxy.Fault> WRITE_FAULTS = List.of(
            dev.pilotlight.testing.proxy.Fault.conflict(),
            dev.pilotlight.testing.proxy.Fault.internalError(),
            new dev.pilotlight.testing.proxy.Fault.AnswerLost(),
            new dev.pilotlight.testing.proxy.Fault.RequestLost());

    private final Stage stage;
    private final Random random;
    private final Duration lasts;
    private final List<Scene> scenes = new ArrayList<>();

    private Soup(Stage stage, Findings findings, long seed, int size, Duration lasts) {
        this.stage = stage;
        this.random = new Random(seed);
        this.lasts = lasts;
        for (int i = 0; i < size; i++) {
            scenes.add(stage.open("soup", findings));
        }
    }

    static void rounds(Lab lab) {
        boolean full = lab.extent().full();
        List<Integer> sizes = full ? ROUNDS : ONE_SMALL_ROUND;
        for (int round = 0; round < sizes.size(); round++) {
            long seed = lab.extent().seed() + round;
            int size = sizes.get(round);
            lab.together(
                    "F35",
                    Kind.SLOW,
                    "SOUP of " + size,
                    "SEED=" + lab.extent().seed(),
                    (stage, findings) -> new Soup(
                                    stage, findings, seed, size, full ? Duration.ofHours(1) : Duration.ofMinutes(8))
                            .run());
        }
    }

    private void run() {
        for (Scene scene : scenes) {
            scene.disturbsEverybody();
            scene.team().applyIdentity();
            create(scene);
        }
        Instant end = stage.world().now().plus(lasts);
        while (stage.world().now().isBefore(end)) {
            happen();
            scenes.getFirst().pass(Duration.ofSeconds(1L + random.nextInt(20)));
        }
        calm();
        scenes.forEach(this::wishWell);
        scenes.getFirst()
                .until("all have come to what is wanted", () -> scenes.stream().allMatch(Scene::isConverged));
        new Invariants.Converges()
                .rest(
                        scenes.getFirst(),
                        Duration.ofMinutes(3),
                        scenes.getFirst().findings());
        scenes.forEach(stage::done);
        scenes.forEach(Scene::delete);
        scenes.getFirst()
                .until(
                        "all are gone",
                        () -> scenes.stream().noneMatch(scene -> scene.team().exists(Scene.NAME)));
        scenes.forEach(scene -> {
            stage.gone(scene);
            stage.close(scene);
            scene.team().deleteIdentity();
        });
        stage.world().settle();
    }

    private void create(Scene scene) {
        scene.apply(random.nextBoolean() ? Flow.VALIDATED : Flow.VALIDATED_IN_PLACE);
    }

    private Scene any() {
        return scenes.get(random.nextInt(scenes.size()));
    }

    private void happen() {
        switch (random.nextInt(14)) {
            case 0, 1 -> any().spec("{\"serverless\":{\"memorySizeInMB\":" + 1024 * (1 + random.nextInt(6)) + "}}");
            case 2 -> any().spec("{\"serverless\":{\"maxConcurrency\":" + (5 + random.nextInt(30)) + "}}");
            case 3 ->
                any().spec("{\"serverless\":{\"provisionedConcurrency\":" + (random.nextBoolean() ? "null" : "2")
                        + "}}");
            case 4, 5 -> any().spec(Flow.image(IMAGES.get(random.nextInt(IMAGES.size()))));
            case 6 -> deleteOrCreate(any());
            case 7 -> recreate(any());
            case 8, 9 -> stumble();
            case 10 -> crash();
            case 11 ->
                stage.world()
                        .proxy()
                        .meet(
                                KubeRequest.statusOf("serverlessendpoints"),
                                random.nextInt(3),
                                1 + random.nextInt(4),
                                WRITE_FAULTS.get(random.nextInt(WRITE_FAULTS.size())));
            case 12 -> stage.world().restartOperator();
            default -> calm();
        }
    }

    private void deleteOrCreate(Scene scene) {
        if (scene.endpoint().isEmpty()) {
            create(scene);
        } else if (!scene.isDeleted()) {
            scene.delete();
        }
    }

    private void recreate(Scene scene) {
        if (scene.endpoint().isPresent()) {
            scene.tearOut();
        }
        create(scene);
    }

    private void stumble() {
        double probability = 0.05 + random.nextDouble() * 0.6;
        stage.world()
                .simulator()
                .faults()
                .sometimes(probability, Answers::isOperators, FAULTS.get(random.nextInt(FAULTS.size())));
    }

    private void crash() {
        int at = 1 + random.nextInt(20);
        boolean before = random.nextBoolean();
        AtomicInteger seen = new AtomicInteger();
        stage.world().boundary(new CallBoundary() {
            @Override
            public void before(String operation) {
                maybe(before, operation);
            }

            @Override
            public void after(String operation) {
                maybe(!before, operation);
            }

            private void maybe(boolean here, String operation) {
                if (here && seen.incrementAndGet() == at) {
                    throw new Crash("at " + operation);
                }
            }
        });
    }

    private void calm() {
        stage.world().boundary(CallBoundary.OPEN);
        stage.world().simulator().faults().clear();
        stage.world().proxy().forgive();
    }

    /** In the end everybody wants something that can be had. */
    private void wishWell(Scene scene) {
        if (scene.isDeleted()) {
            scene.until("it is gone", () -> scene.endpoint().isEmpty());
        }
        if (scene.endpoint().isEmpty()) {
            create(scene);
        }
        scene.spec(Flow.image("1.4.0"));
        scene.edit("{\"metadata\":{\"annotations\":{\"pilotlight.dev/retry\":\"now\"}}}");
    }
}
