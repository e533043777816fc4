package dev.pilotlight.faults;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.testing.Crash;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The operator's process ends at an AWS call (F1, F2), or at two of them (F3). */
final class Crashes {
    private static final int PAIRS = 12;
    private static final int FAR = 30;

    private Crashes() {}

    static List<Row> rows() {
        return List.of(
                new Row(
                        "F1",
                        "crash before an AWS call",
                        lab -> sweep(lab, "F1", true, lab.extent().flows())),
                new Row(
                        "F2",
                        "crash after an AWS call, before its result is used",
                        lab -> sweep(
                                lab,
                                "F2",
                                false,
                                lab.extent().flows(Flow.CREATE, Flow.PREVIEW, Flow.ROLLBACK, Flow.DELETE))),
                new Row("F3", "two crashes", Crashes::pairs));
    }

    private static void sweep(Lab lab, String row, boolean before, List<Flow> flows) {
        for (Flow flow : flows) {
            lab.extent()
                    .calls(before ? 2 : 5)
                    .takeWhile(call -> lab.experiment(row, Kind.QUICK, flow, new CrashAt(before, call)))
                    .forEach(call -> {});
        }
    }

    private static void pairs(Lab lab) {
        Random random = new Random(lab.extent().seed());
        for (Flow flow : lab.extent().flows(Flow.PREVIEW)) {
            int pairs = lab.extent().full() ? PAIRS : 1;
            for (int i = 0; i < pairs; i++) {
                int first = 1 + random.nextInt(FAR / 2);
                lab.experiment(
                        "F3",
                        Kind.QUICK,
                        flow,
                        new CrashAt(random.nextBoolean(), first, first + 1 + random.nextInt(FAR / 2)));
            }
        }
    }

    /** Ends the operator's process at certain calls, counted over all its lives. */
    private static final class CrashAt implements Trouble, CallBoundary {
        private final boolean before;
        private final Set<Integer> calls = new TreeSet<>();
        private final AtomicInteger seen = new AtomicInteger();
        private final AtomicInteger crashes = new AtomicInteger();
        private final List<String> where = new CopyOnWriteArrayList<>();

        CrashAt(boolean before, Integer... calls) {
            this.before = before;
            this.calls.addAll(List.of(calls));
        }

        @Override
        public String label() {
            return "crash " + (before ? "before" : "after") + " call " + calls + " " + String.join(" ", where);
        }

        @Override
        public void place(Scene scene) {
            scene.world().boundary(this);
        }

        @Override
        public boolean met() {
            return crashes.get() > 0;
        }

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public List<String> unheard() {
            return before
                    ? List.of()
                    : where.stream().map(name -> name.replace(':', '.')).toList();
        }

        @Override
        public void before(String operation) {
            if (before) {
                maybe(operation);
            }
        }

        @Override
        public void after(String operation) {
            if (!before) {
                maybe(operation);
            }
        }

        private void maybe(String operation) {
            if (calls.contains(seen.incrementAndGet())) {
                where.add(operation);
                crashes.incrementAndGet();
                throw new Crash(label());
            }
        }
    }
}
