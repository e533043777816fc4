package dev.pilotlight.faults;

import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.testing.Tenant;
import java.time.Duration;
import java.util.List;

/** What SageMaker makes of a create or an update that does not succeed (F11); the next good spec has to converge. */
final class Outcomes {
    private static final String GOOD = Flow.image("2.0.0");

    private Outcomes() {}

    static List<Row> rows() {
        return List.of(new Row("F11", "a create fails, an update is rolled back, a rollback fails", Outcomes::run));
    }

    private static void run(Lab lab) {
        lab.experiment(
                "F11", Kind.SLOW, Act.of("created, failed", scene -> {}, Outcomes::failedCreate, Scene::isConverged));
        lab.experiment("F11", Kind.SLOW, leftAlone());
        for (String strategy : lab.extent().of(List.of("InPlace", "Preview"), 1)) {
            for (String tag : lab.extent()
                    .of(List.of("2.0.0-update-rollback-fails", "2.0.0-update-rolls-back", "2.0.0-bad-ping"), 1)) {
                lab.experiment(
                        "F11",
                        Kind.SLOW,
                        Act.of(
                                tag + ", " + strategy,
                                scene -> Flow.serve(
                                        scene, strategy.equals("InPlace") ? Flow.VALIDATED_IN_PLACE : Flow.VALIDATED),
                                scene -> failedUpdate(scene, tag),
                                Scene::isConverged));
            }
        }
    }

    /** An update that AWS takes back is not tried again by itself. */
    static Act leftAlone() {
        return Act.of(
                "rolled back, left alone",
                scene -> Flow.serve(scene, Flow.VALIDATED_IN_PLACE),
                scene -> {
                    scene.spec(Flow.image("2.0.0-update-rolls-back"));
                    scene.pass(Duration.ofMinutes(1));
                    new Invariants.Converges().rest(scene, Duration.ofMinutes(2), scene.findings());
                },
                scene -> true);
    }

    private static void failedCreate(Scene scene) {
        scene.team().applyIdentity();
        scene.apply("model: {image: '" + Tenant.REGISTRY + "/sentiment:2.0.0-bad-ping'}");
        scene.until("it failed", () -> scene.team().isTrue(Scene.NAME, "Stalled"));
        rest(scene);
        scene.spec(GOOD);
    }

    private static void failedUpdate(Scene scene, String tag) {
        if (tag.contains("rollback-fails")) {
            // AWS serves nobody then; the operator makes the endpoint again.
            scene.excuse();
        }
        scene.spec(Flow.image(tag));
        scene.until("it failed", () -> scene.team().isTrue(Scene.NAME, "Stalled"));
        scene.until("something serves", () -> scene.team().isTrue(Scene.NAME, "Available"));
        rest(scene);
        scene.noExcuseAnyMore();
        scene.spec(GOOD);
    }

    /** What failed is latched: it is not tried over and over. */
    private static void rest(Scene scene) {
        scene.until(
                "previews are gone",
                () -> AwsNow.of(scene.world())
                        .ofNamespace(scene.namespace())
                        .noneMatch(item -> item.kind().equals("endpoints") && item.isPreview()));
        scene.world().settle();
        scene.pass(Duration.ofSeconds(30));
        new Invariants.Converges().rest(scene, Duration.ofMinutes(3), scene.findings());
    }
}
