package dev.pilotlight.faults;

import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.testing.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** AWS refuses: what is not permitted (F9), and what there is no room for (F10). */
final class Refusals {
    private static final Scope HERE = new Scope(Tenant.ACCOUNT, "us-east-1");
    private static final Duration A_WHILE = Duration.ofMinutes(5);
    private static final Fault EXPIRED =
            new Fault.Refuse(400, "ExpiredTokenException", "The security token included in the request is expired");
    private static final Map<Flow, List<String>> ACTIONS = Map.of(
            Flow.CREATE, List.of("CreateModel", "CreateEndpointConfig", "CreateEndpoint", "InvokeEndpoint"),
            Flow.PREVIEW, List.of("UpdateEndpoint", "CreateModel", "CreateEndpoint", "DeleteEndpoint"),
            Flow.IN_PLACE, List.of("UpdateEndpoint", "CreateEndpointConfig"),
            Flow.CAPACITY, List.of("UpdateEndpointWeightsAndCapacities"),
            Flow.DELETE, List.of("DeleteEndpoint", "DeleteEndpointConfig", "DeleteModel"),
            Flow.ADOPT, List.of("AddTags"));

    private Refusals() {}

    static List<Row> rows() {
        return List.of(
                new Row("F9", "denied calls, roles not assumable, expired tokens", Refusals::denied),
                new Row("F10", "quotas used up", Refusals::quotas));
    }

    private static void denied(Lab lab) {
        for (Flow flow : lab.extent().flows(Flow.IN_PLACE, Flow.CAPACITY)) {
            for (String action : lab.extent().of(ACTIONS.getOrDefault(flow, List.of()), 1)) {
                lab.experiment("F9", Kind.QUICK, flow, forbidden("sagemaker:" + action));
            }
        }
        for (Flow flow : lab.extent().of(List.of(Flow.PREVIEW, Flow.DELETE), 1)) {
            lab.experiment("F9", Kind.QUICK, flow, notAssumable());
        }
        for (Flow flow : lab.extent().of(List.of(Flow.PREVIEW, Flow.CREATE, Flow.DELETE), 1)) {
            lab.extent().calls(4).limit(lab.extent().full() ? 25 : 1).forEach(call -> expired(lab, flow, call));
        }
    }

    private static Trouble forbidden(String action) {
        return new Trouble() {
            @Override
            public String label() {
                return action + " is denied";
            }

            @Override
            public void place(Scene scene) {
                scene.team().forbid(action);
            }

            @Override
            public void meanwhile(Scene scene) {
                scene.pass(A_WHILE);
                scene.team()
                        .condition(Scene.NAME, "Stalled")
                        .filter(condition -> condition.status().equals("True")
                                && !condition.message().contains(action))
                        .ifPresent(condition -> scene.findings()
                                .add(
                                        new Invariants.HonestStatus(),
                                        scene.object(),
                                        "does not name " + action + ": " + condition));
                scene.team().trustEverybody();
            }

            @Override
            public boolean isOneTeams() {
                return true;
            }
        };
    }

    private static Trouble notAssumable() {
        return trouble(
                "the role is not assumable after a restart",
                scene -> {
                    scene.team().trustNobody();
                    scene.world().restartOperator();
                },
                scene -> {
                    scene.pass(A_WHILE);
                    scene.team().trustEverybody();
                });
    }

    private static void expired(Lab lab, Flow flow, int call) {
        lab.experiment(
                "F9",
                Kind.QUICK,
                flow,
                trouble(
                        "the token expires at call " + call,
                        scene -> scene.world()
                                .simulator()
                                .faults()
                                .nth(
                                        call,
                                        made -> made.service().equals("sagemaker") && Answers.isOperators(made),
                                        EXPIRED),
                        scene -> {}));
    }

    private static void quotas(Lab lab) {
        for (Flow flow : lab.extent().of(List.of(Flow.CREATE, Flow.PREVIEW), 1)) {
            for (String overlay : lab.extent().of(List.of("{preflight: 'Off'}", "{preflight: Enforce}"), 1)) {
                lab.experiment(
                        "F10",
                        Kind.QUICK,
                        flow,
                        trouble(
                                "no endpoint more, " + overlay,
                                scene -> limits(scene, new HostingLimits.Limits(0, 100_000, 6144)),
                                scene -> {
                                    scene.spec("{\"preflight\":\"" + (overlay.contains("Off") ? "Off" : "Enforce")
                                            + "\"}");
                                    scene.pass(A_WHILE);
                                    limits(scene, Stage.ROOMY);
                                }));
            }
        }
        lab.experiment(
                "F10",
                Kind.QUICK,
                Flow.CAPACITY,
                trouble(
                        "no concurrency more",
                        scene -> limits(scene, new HostingLimits.Limits(500, 41, 6144)),
                        scene -> {
                            scene.pass(A_WHILE);
                            limits(scene, Stage.ROOMY);
                        }));
    }

    private static void limits(Scene scene, HostingLimits.Limits limits) {
        scene.world().simulator().limits().set(HERE, limits);
    }

    static Trouble trouble(String label, Consumer<Scene> place, Consumer<Scene> meanwhile) {
        return new Trouble() {
            @Override
            public String label() {
                return label;
            }

            @Override
            public void place(Scene scene) {
                place.accept(scene);
            }

            @Override
            public void meanwhile(Scene scene) {
                meanwhile.accept(scene);
            }
        };
    }
}
