package dev.pilotlight.faults;

import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultHook;
import dev.pilotlight.simulator.http.CallCounts;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** AWS as a whole is slow, late or away for a while (F6, F7, F8, F32). */
final class Storms {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Fault BROKEN = new Fault.Refuse(500, "InternalFailure", "An internal failure occurred.");
    /** Of 60 s, by the measure of an operator that waits a tenth of 10 s. */
    private static final Fault SIXTY_SECONDS = new Fault.Delay(Stage.PATIENCE.multipliedBy(6));

    private Storms() {}

    static List<Row> rows() {
        return List.of(
                new Row("F6", "throttling for ten minutes", Storms::throttling),
                new Row("F7", "faults of AWS's own, broken and slow connections", Storms::faults),
                new Row("F8", "AWS shows new things late", Storms::late),
                new Row("F32", "calls that hang until they time out", Storms::hung));
    }

    private static void throttling(Lab lab) {
        for (Flow flow : lab.extent().of(List.of(Flow.PREVIEW, Flow.CREATE, Flow.DELETE, Flow.CAPACITY), 1)) {
            for (double p : lab.extent().of(List.of(0.9, 0.2, 1.0), 1)) {
                lab.experiment(
                        "F6",
                        Kind.QUICK,
                        flow,
                        new Storm("throttled, p " + p, p, Storms::isSageMaker, Fault.Refuse.throttled(), true));
            }
            Predicate<FaultHook.Call> one = call -> call.operation().matches("Create.*|Update.*|Delete.*");
            if (lab.extent().full()) {
                lab.experiment(
                        "F6",
                        Kind.QUICK,
                        flow,
                        new Storm("only changes throttled", 1, one, Fault.Refuse.throttled(), true));
            }
        }
    }

    private static void faults(Lab lab) {
        List<Fault> kinds = List.of(BROKEN, new Fault.DropBefore());
        for (Flow flow : lab.extent().of(List.of(Flow.IN_PLACE, Flow.CREATE, Flow.DELETE, Flow.PROVISIONED), 1)) {
            for (Fault fault : lab.extent().of(kinds, 1)) {
                for (double p : lab.extent().of(List.of(0.3, 1.0), 1)) {
                    lab.experiment("F7", Kind.QUICK, flow, new Storm(fault + ", p " + p, p, call -> true, fault, true));
                }
            }
        }
        List<String> operations = List.of("Create.*", "UpdateEndpoint.*", "List.*|Describe.*", "Delete.*");
        for (String operation : lab.extent().of(operations, 1)) {
            lab.experiment("F7", Kind.IMPATIENT, Flow.IN_PLACE, new Hanging(operation, 2, SIXTY_SECONDS));
        }
        if (lab.extent().full()) {
            Fault slow = new Fault.Delay(Duration.ofMillis(100));
            lab.experiment("F7", Kind.QUICK, Flow.PREVIEW, new Storm("slow", 0.5, Storms::isSageMaker, slow, true));
            // What AWS does long after everybody stopped waiting for it.
            lab.experiment("F7", Kind.IMPATIENT, Flow.CREATE, new Hanging("Create.*", 3, SIXTY_SECONDS));
            lab.experiment("F7", Kind.IMPATIENT, Flow.DELETE, new Hanging("Delete.*", 3, SIXTY_SECONDS));
        }
    }

    private static void late(Lab lab) {
        for (Flow flow : lab.extent().flows(Flow.CREATE)) {
            // What is adopted is made by hand, and nobody here has the patience for that.
            if (flow != Flow.ADOPT) {
                lab.experiment("F8", Kind.LATE, flow);
            }
        }
    }

    private static void hung(Lab lab) {
        Fault hung = new Fault.Delay(Stage.PATIENCE.multipliedBy(2));
        for (String operation :
                lab.extent().of(List.of("CreateEndpoint", "CreateModel", "DescribeEndpoint", "ListEndpoints"), 1)) {
            lab.experiment("F32", Kind.IMPATIENT, Flow.CREATE, new Hanging(operation, 1, hung));
        }
    }

    /**
     * Some calls are not answered in time; each is cut when the operator has waited long enough, and what AWS does of it comes late.
     */
    private static final class Hanging implements Trouble {
        private final String operation;
        private final int times;
        private final Fault fault;

        Hanging(String operation, int times, Fault fault) {
            this.operation = operation;
            this.times = times;
            this.fault = fault;
        }

        @Override
        public String label() {
            return operation + " hangs, " + times + " times, " + fault;
        }

        @Override
        public void place(Scene scene) {
            scene.disturbsEverybody();
            scene.world()
                    .simulator()
                    .faults()
                    .next(
                            times,
                            call -> Answers.isOperators(call)
                                    && isSageMaker(call)
                                    && call.operation().matches(operation),
                            fault);
        }

        @Override
        public void lift(Scene scene) {
            // AWS comes to its late end with all of them, on the wall.
            Awaitility.await("answers that nobody waits for")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> inFlight(scene) == 0);
            List<Duration> waited = scene.world().requests().stream()
                    .filter(call -> call.operation().matches("sagemaker:(" + operation + ")"))
                    .map(AwsCall::duration)
                    .filter(duration -> duration.compareTo(Stage.PATIENCE.multipliedBy(2)) > 0)
                    .toList();
            if (!waited.isEmpty()) {
                scene.findings()
                        .add(
                                new Invariants.Converges(),
                                scene.object(),
                                "a pass waited for " + waited + " on one call");
            }
        }

        private static long inFlight(Scene scene) {
            CallCounts counts = scene.world().simulator().calls();
            long ended = counts.byOutcome().values().stream()
                    .flatMap(outcomes -> outcomes.values().stream())
                    .mapToLong(Long::longValue)
                    .sum();
            return counts.total() - ended;
        }
    }

    /** Something happens to calls of the operator with some probability, for ten minutes. */
    private static final class Storm implements Trouble {
        private final String label;
        private final double probability;
        private final Predicate<FaultHook.Call> which;
        private final Fault fault;
        private final boolean passes;

        Storm(String label, double probability, Predicate<FaultHook.Call> which, Fault fault, boolean passes) {
            this.label = label;
            this.probability = probability;
            this.which = which;
            this.fault = fault;
            this.passes = passes;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public void place(Scene scene) {
            scene.disturbsEverybody();
            scene.world()
                    .simulator()
                    .faults()
                    .sometimes(probability, call -> Answers.isOperators(call) && which.test(call), fault);
        }

        @Override
        public void meanwhile(Scene scene) {
            scene.pass(TEN_MINUTES);
            boolean blamed = scene.team()
                    .condition(Scene.NAME, "Stalled")
                    .filter(condition -> condition.status().equals("True"))
                    .isPresent();
            if (passes && blamed) {
                scene.findings()
                        .add(
                                new Invariants.Converges(),
                                scene.object(),
                                "what passes by itself is Stalled: "
                                        + scene.team().condition(Scene.NAME, "Stalled"));
            }
            scene.world().simulator().faults().clear();
        }
    }

    private static boolean isSageMaker(FaultHook.Call call) {
        return call.service().equals("sagemaker");
    }
}
