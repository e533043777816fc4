package dev.pilotlight.faults;

import dev.pilotlight.faults.Stage.Kind;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Many objects: one that cannot be handled (F31), a restart (F30), stops in the middle (F33), and everything at once (F35). */
final class Neighbours {
    private static final int LONGEST = 20;
    private static final int MANY = 60;
    private static final int FEW = 12;

    private Neighbours() {}

    static List<Row> rows() {
        return List.of(
                new Row("F30", "restarts with many objects", Neighbours::restarts),
                new Row("F31", "an object that cannot be handled", Neighbours::poison),
                new Row("F33", "stopped in the middle of everything", Neighbours::stops),
                new Row("F35", "everything at once, by chance", Soup::rounds));
    }

    private static void restarts(Lab lab) {
        int size = lab.extent().full() ? MANY : FEW;
        lab.experiment(
                "F30",
                Kind.QUICK,
                Act.of(
                        size + " objects",
                        scene -> {
                            scene.team().applyIdentity();
                            IntStream.range(0, size).forEach(i -> scene.team().applyEndpoint("more-" + i));
                            Flow.serve(scene, Flow.VALIDATED);
                            scene.until(
                                    "all serve",
                                    () -> IntStream.range(0, size)
                                            .allMatch(i -> scene.team().isReady("more-" + i)));
                            scene.pass(Duration.ofMinutes(1));
                        },
                        scene -> {
                            for (int i = 0; i < 3; i++) {
                                scene.world().restartOperator();
                                new Invariants.Converges().rest(scene, Duration.ofMinutes(2), scene.findings());
                            }
                            IntStream.range(0, size).forEach(i -> scene.team().deleteEndpoint("more-" + i));
                        },
                        scene -> IntStream.range(0, size)
                                .noneMatch(i -> scene.team().exists("more-" + i))));
    }

    private static void poison(Lab lab) {
        List<String> unreadable = List.of(
                "\"progress\":{\"reason\":\"UpdatingEndpoint\",\"since\":\"yesterday\"}",
                "\"aws\":{\"lastModifiedTime\":\"yesterday\"}");
        for (String part : unreadable) {
            lab.experiment("F31", Kind.QUICK, Act.onServing("a status that nobody can read, " + part, scene -> {
                scene.world()
                        .api()
                        .kubectl(
                                "patch",
                                "serverlessendpoints.pilotlight.dev",
                                Scene.NAME,
                                "-n",
                                scene.namespace(),
                                "--subresource=status",
                                "--type=merge",
                                "-p",
                                "{\"status\":{" + part + "}}");
                scene.pass(Duration.ofMinutes(5));
                other(scene);
            }));
        }
        megabyte(lab);
    }

    /** As large as the schema lets an object be: a megabyte, of the 1.5 that etcd takes. */
    private static void megabyte(Lab lab) {
        lab.experiment(
                "F31",
                Kind.QUICK,
                Act.of(
                        "a spec of a megabyte",
                        scene -> scene.team().applyIdentity(),
                        scene -> {
                            scene.apply("{rollout: {validation: {requests: [" + String.join(", ", hugeRequests(16))
                                    + "]}}}");
                            other(scene);
                            scene.until("the large one serves", scene::isConverged);
                            scene.spec(Flow.MORE_MEMORY);
                            other(scene);
                        },
                        Scene::isConverged));
        lab.together("F31", Kind.QUICK, "more than a megabyte is refused", "17 requests", (stage, findings) -> {
            Scene scene = stage.open("f31", findings);
            try {
                scene.apply("{rollout: {validation: {requests: [" + String.join(", ", hugeRequests(17)) + "]}}}");
                findings.add(new Invariants.HonestStatus(), scene.object(), "is larger than its schema allows");
            } catch (KubernetesClientException e) {
                if (!e.getMessage().contains("spec.rollout.validation.requests")) {
                    findings.add(new Invariants.HonestStatus(), scene.object(), "refused without a word of what: " + e);
                }
            } finally {
                stage.close(scene);
            }
        });
    }

    private static List<String> hugeRequests(int number) {
        String body = "x".repeat(65_536);
        return IntStream.range(0, number)
                .mapToObj(i -> "{name: r%d, contentType: text/plain, body: '%s', expect: 'response.status == 200'}"
                        .formatted(i, body))
                .toList();
    }

    /** Somebody beside it gets an endpoint, as if nothing were. */
    private static void other(Scene scene) {
        Scene other = scene.stage().open("beside", scene.findings());
        Flow.serve(other, Flow.VALIDATED);
        scene.stage().close(other);
        other.delete();
        scene.until("the other one is gone", () -> !other.team().exists(Scene.NAME));
    }

    private static void stops(Lab lab) {
        for (Flow flow : lab.extent().of(List.of(Flow.PREVIEW, Flow.CREATE, Flow.ROLLBACK, Flow.DELETE), 1)) {
            IntStream seconds = lab.extent().full()
                    ? IntStream.rangeClosed(0, LONGEST).filter(second -> second % 2 == 0)
                    : IntStream.of(7);
            seconds.forEach(second -> lab.experiment(
                    "F33",
                    Kind.SLOW,
                    flow,
                    Refusals.trouble("stopped after " + second + " s, back a minute later", scene -> {}, scene -> {
                        scene.pass(Duration.ofSeconds(second));
                        scene.world().stopOperator();
                        scene.world().advanceBy(Duration.ofMinutes(1));
                        scene.world().startOperator();
                    })));
        }
    }
}
