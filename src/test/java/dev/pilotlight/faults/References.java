package dev.pilotlight.faults;

import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.testing.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** What an endpoint refers to is missing, comes late or goes (F26), or its right to it does (F27). */
final class References {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration A_WHILE = Duration.ofMinutes(3);
    private static final String NOBODY = "{\"spec\":{\"allowedNamespaces\":{\"names\":[],\"selector\":null}}}";

    private References() {}

    static List<Row> rows() {
        return List.of(
                new Row("F26", "references missing, late and vanishing", References::late),
                new Row("F27", "the right to an identity is taken away", References::revoked));
    }

    private static void late(Lab lab) {
        lab.experiment(
                "F26",
                Kind.QUICK,
                Act.of(
                        "identity late",
                        scene -> {},
                        scene -> {
                            scene.apply(Flow.VALIDATED);
                            scene.pass(A_WHILE);
                            scene.team().applyIdentity();
                        },
                        Scene::isConverged));
        lab.experiment(
                "F26",
                Kind.QUICK,
                Act.of(
                        "image late",
                        scene -> {},
                        scene -> {
                            scene.team().applyIdentity();
                            scene.apply(
                                    "model: {image: '" + Tenant.REGISTRY + "/sentiment:" + scene.namespace() + "'}");
                            scene.pass(A_WHILE);
                            scene.team().pushImage(scene.namespace());
                        },
                        Scene::isConverged));
        lab.experiment("F26", Kind.QUICK, roleLate("execution role not there yet", "Enforce", (scene, role) -> {}));
        if (lab.extent().full()) {
            BiConsumer<Scene, String> untrusted =
                    (scene, role) -> scene.world().console().role(role, false);
            lab.experiment("F26", Kind.QUICK, roleLate("execution role not there yet, unchecked", "Off", (s, r) -> {}));
            lab.experiment("F26", Kind.QUICK, roleLate("execution role not assumable yet", "Enforce", untrusted));
            lab.experiment(
                    "F26", Kind.QUICK, roleLate("execution role not assumable yet, unchecked", "Off", untrusted));
            lab.experiment("F26", Kind.SLOW, roleLost());
        }
        lab.experiment("F26", Kind.QUICK, Act.onServing("identity deleted while it serves", scene -> {
            scene.team().deleteIdentity();
            scene.pass(TEN_MINUTES);
        }));
        lab.experiment("F26", Kind.QUICK, deletedWithoutIdentity());
    }

    /** What the container is to run under comes when everybody has waited for a while. */
    private static Act roleLate(String name, String preflight, BiConsumer<Scene, String> before) {
        return Act.of(
                name,
                scene -> {},
                scene -> {
                    scene.team().applyIdentity();
                    before.accept(scene, role(scene));
                    scene.apply("{preflight: '%s', model: {executionRoleARN: '%s'}}".formatted(preflight, role(scene)));
                    scene.pass(A_WHILE);
                    String says = String.valueOf(scene.team().condition(Scene.NAME, "Ready"));
                    if (!says.contains(role(scene))) {
                        scene.findings()
                                .add(new Invariants.HonestStatus(), scene.object(), "does not name the role: " + says);
                    }
                    scene.world().console().role(role(scene), true);
                },
                Scene::isConverged);
    }

    /** The role goes while AWS makes the endpoint. */
    private static Act roleLost() {
        return Act.of(
                "execution role lost at CreateEndpoint",
                scene -> {},
                scene -> {
                    scene.team().applyIdentity();
                    scene.world().console().role(role(scene), true);
                    scene.apply("{model: {executionRoleARN: '%s'}}".formatted(role(scene)));
                    scene.until(
                            "it is being made",
                            () -> AwsNow.of(scene.world())
                                    .ofNamespace(scene.namespace())
                                    .anyMatch(item -> item.kind().equals("endpoints")));
                    scene.world().console().role(role(scene), false);
                    scene.pass(A_WHILE);
                    scene.world().console().role(role(scene), true);
                },
                Scene::isConverged);
    }

    /** Of another name than the role of the AWSIdentity: in one account names are unique whatever the path. */
    private static String role(Scene scene) {
        return "arn:aws:iam::" + Tenant.ACCOUNT + ":role/sagemaker/" + scene.namespace() + "-model";
    }

    /** Nobody can look into AWS when the object is deleted. */
    static Act deletedWithoutIdentity() {
        return Act.of(
                "deleted without an identity",
                Flow.PREVIEW::prepare,
                scene -> {
                    scene.spec("{\"identityRef\":{\"name\":\"nobody\"}}");
                    scene.delete();
                    scene.pass(A_WHILE);
                    scene.spec("{\"identityRef\":{\"name\":\"" + scene.team().identity() + "\"}}");
                },
                Flow.DELETE::isDone);
    }

    private static void revoked(Lab lab) {
        lab.experiment("F27", Kind.QUICK, Act.onServing("revoked and granted again", scene -> {
            revoke(scene);
            scene.spec(Flow.MORE_MEMORY);
            scene.pass(TEN_MINUTES);
            nothingWasChanged(scene);
            scene.team().editIdentity("{\"spec\":{\"allowedNamespaces\":{\"names\":[\"" + scene.namespace() + "\"]}}}");
        }));
        lab.experiment(
                "F27",
                Kind.QUICK,
                Act.of(
                        "revoked, then deleted",
                        Flow.PREVIEW::prepare,
                        scene -> {
                            revoke(scene);
                            scene.delete();
                        },
                        Flow.DELETE::isDone));
    }

    private static void revoke(Scene scene) {
        scene.team().editIdentity(NOBODY);
        scene.world().settle();
        scene.world().forgetCalls();
        scene.pass(TEN_MINUTES);
        nothingWasChanged(scene);
    }

    private static void nothingWasChanged(Scene scene) {
        List<String> mutations = scene.world().mutations();
        if (!mutations.isEmpty()) {
            scene.findings().add(new Invariants.Converges(), scene.object(), "has no right to " + mutations);
        }
    }
}
