package dev.pilotlight.faults;

import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultHook;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** AWS does what was asked for and nobody hears of it (F4), or does it twice (F5). */
final class Answers {
    private Answers() {}

    static List<Row> rows() {
        return List.of(
                new Row("F4", "an answer of AWS is lost, once and twice", Answers::lost),
                new Row("F5", "a call is delivered twice", Answers::doubled));
    }

    private static void lost(Lab lab) {
        for (Flow flow : lab.extent().flows(Flow.IN_PLACE, Flow.AWS_ROLLS_BACK, Flow.PROVISIONED, Flow.ADOPT)) {
            for (int times : lab.extent().of(List.of(1, 2), 1)) {
                lab.extent()
                        .calls(2)
                        .takeWhile(call -> lab.experiment(
                                "F4",
                                Kind.QUICK,
                                flow,
                                new At("answer lost", call, times, new Fault.LoseAnswer(), true)))
                        .forEach(call -> {});
            }
        }
    }

    private static void doubled(Lab lab) {
        for (Flow flow : lab.extent().flows(Flow.CREATE, Flow.DELETE)) {
            lab.extent()
                    .calls(4)
                    .takeWhile(call -> lab.experiment(
                            "F5", Kind.QUICK, flow, new At("delivered twice", call, 1, new Fault.Duplicate(), false)))
                    .forEach(call -> {});
        }
    }

    /** Whether the operator makes the call, and not somebody in the console. */
    static boolean isOperators(FaultHook.Call call) {
        return call.service().equals("sts") || call.caller().arn().contains(":assumed-role/");
    }

    /** Something happens to one call of the operator, or to some in a row. */
    private static final class At implements Trouble {
        private final String what;
        private final int call;
        private final int times;
        private final Fault fault;
        private final boolean exact;
        private final AtomicInteger seen = new AtomicInteger();
        private final List<String> where = new CopyOnWriteArrayList<>();

        At(String what, int call, int times, Fault fault, boolean exact) {
            this.what = what;
            this.call = call;
            this.times = times;
            this.fault = fault;
            this.exact = exact;
        }

        @Override
        public String label() {
            return what + " at call " + call + (times > 1 ? " and the next" : "") + " " + String.join(" ", where);
        }

        @Override
        public void place(Scene scene) {
            scene.world().simulator().faults().sometimes(1, this::hits, fault);
        }

        private boolean hits(FaultHook.Call made) {
            if (!isOperators(made)) {
                return false;
            }
            int number = seen.incrementAndGet();
            boolean hit = number >= call && number < call + times;
            if (hit) {
                where.add(made.name());
            }
            return hit;
        }

        @Override
        public boolean met() {
            return !where.isEmpty();
        }

        @Override
        public boolean isExact() {
            return exact;
        }

        @Override
        public List<String> unheard() {
            return List.copyOf(where);
        }
    }
}
