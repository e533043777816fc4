package dev.pilotlight.faults;

import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.proxy.Fault;
import dev.pilotlight.testing.proxy.KubeRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A deletion comes at any moment (F20), and with it a namesake (F21). */
final class Deletions {
    private static final int LONGEST = 26;
    private static final int WRITES = 10;

    private Deletions() {}

    static List<Row> rows() {
        return List.of(
                new Row("F20", "deleted in every state", Deletions::deletions),
                new Row("F21", "recreated before AWS is done", Deletions::namesakes));
    }

    private static IntStream moments(Lab lab, int some) {
        return lab.extent().full()
                ? IntStream.rangeClosed(0, LONGEST).filter(second -> second % 2 == 0)
                : IntStream.of(some);
    }

    private static void deletions(Lab lab) {
        for (Flow flow :
                lab.extent().of(List.of(Flow.PREVIEW, Flow.CREATE, Flow.AWS_ROLLS_BACK, Flow.PROVISIONED), 1)) {
            moments(lab, flow == Flow.CREATE ? 4 : 12)
                    .forEach(second -> lab.experiment(
                            "F20",
                            Kind.SLOW,
                            Act.of(
                                    "in " + flow,
                                    flow::prepare,
                                    scene -> {
                                        flow.ask(scene);
                                        scene.pass(Duration.ofSeconds(second));
                                        scene.delete();
                                    },
                                    Flow.DELETE::isDone)));
        }
        lab.experiment(
                "F20",
                Kind.SLOW,
                Act.of(
                        "Failed",
                        scene -> {},
                        scene -> {
                            scene.team().applyIdentity();
                            scene.apply("model: {image: '" + Tenant.REGISTRY + "/sentiment:2.0.0-bad-ping'}");
                            scene.until("it failed", () -> Users.is(scene, "Failed"));
                            scene.delete();
                        },
                        Flow.DELETE::isDone));
    }

    private static void namesakes(Lab lab) {
        for (Flow flow : lab.extent().of(List.of(Flow.PREVIEW, Flow.CREATE, Flow.DELETE), 1)) {
            moments(lab, 6)
                    .forEach(second -> lab.experiment(
                            "F21",
                            Kind.SLOW,
                            Act.of(
                                    "after " + flow,
                                    flow::prepare,
                                    scene -> {
                                        flow.ask(scene);
                                        scene.pass(Duration.ofSeconds(second));
                                        recreate(scene);
                                    },
                                    Scene::isConverged)));
        }
        for (Flow flow : lab.extent().of(List.of(Flow.CREATE, Flow.IN_PLACE, Flow.CAPACITY), 1)) {
            IntStream moments = lab.extent().full() ? IntStream.rangeClosed(1, WRITES) : IntStream.of(3);
            moments.forEach(moment -> {
                atWrite(lab, flow, moment);
                atRead(lab, flow, moment);
            });
        }
    }

    static void atWrite(Lab lab, Flow flow, int number) {
        lab.experiment("F21", Kind.QUICK, flow, new AtRequest(true, number));
    }

    /** The operator asks the API server, before it changes AWS, whether the object is what it was. */
    static void atRead(Lab lab, Flow flow, int number) {
        lab.experiment("F21", Kind.QUICK, flow, new AtRequest(false, number));
    }

    private static void recreate(Scene scene) {
        scene.tearOut();
        scene.apply("serverless: {memorySizeInMB: 4096}");
    }

    /** The object is another one by the time that a request of the operator arrives. */
    private static final class AtRequest implements Trouble {
        private final boolean write;
        private final int number;
        private final AtomicInteger seen = new AtomicInteger();
        private volatile boolean done;

        AtRequest(boolean write, int number) {
            this.write = write;
            this.number = number;
        }

        @Override
        public String label() {
            return "recreated at " + (write ? "write " : "read ") + number;
        }

        @Override
        public void place(Scene scene) {
            scene.world().proxy().meet(request -> meets(scene, request), new Fault.RequestLost());
        }

        /** Nothing is wrong with the request; it only comes later than what happens meanwhile. */
        private boolean meets(Scene scene, KubeRequest request) {
            boolean ours = request.namespace().equals(scene.namespace())
                    && request.resource().equals("serverlessendpoints")
                    && (write ? request.writes() : request.verb().equals("get"));
            if (ours && seen.incrementAndGet() == number) {
                done = true;
                recreate(scene);
            }
            return false;
        }

        @Override
        public boolean met() {
            return done;
        }
    }
}
