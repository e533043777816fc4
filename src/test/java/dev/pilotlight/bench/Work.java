package dev.pilotlight.bench;

import dev.pilotlight.demo.Waiting;
import dev.pilotlight.demo.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Endpoints come up, are edited, are scaled by AWS, and the operator is restarted over them; at the speed of the wall clock. */
final class Work {
    private static final int CREATING_SECONDS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int MOST_EDITS = 40;
    private static final Duration AFTER_RESTART = Duration.ofSeconds(60);
    private static final String SCALE = "sagemaker.UpdateEndpointWeightsAndCapacities";

    private final Watchdog watchdog;
    private final int size;
    private final Table table;

    Work(Watchdog watchdog, int size, Table table) {
        this.watchdog = watchdog;
        this.size = size;
        this.table = table;
    }

    void measure() throws IOException {
        // Changes of capacity take a second: there are two hundred of them, one after another where there are few
        // endpoints.
        List<String> flags = List.of(
                "--creating-seconds",
                Integer.toString(CREATING_SECONDS),
                "--updating-seconds",
                "1",
                "--scaling-seconds",
                "1");
        try (Run run = new Run(watchdog, size, 1, flags)) {
            comeUp(run);
            edits(run);
            new Scaling(run, size, LIMIT).measure(table);
            restart(run);
        }
    }

    private void comeUp(Run run) {
        run.forget();
        double cpu = run.cpuSeconds();
        long begun = System.nanoTime();
        run.endpoints().create(size);
        run.awaitAll(size, LIMIT);
        double seconds = (System.nanoTime() - begun) / 1e9;
        table.add(size, "all Ready after the first was applied (Creating 5 s) [s]", seconds);
        Counts counts = run.counts();
        table.add(size, "creating: AWS calls for each", counts.all() / (double) size);
        counts.sorted().forEach((api, count) -> table.add(size, "creating: - " + api, count / (double) size));
        table.add(size, "creating: writes to each object", run.endpoints().objectWrites() / (double) size, "<= 4");
        table.add(
                size,
                "creating: writes for each, events included",
                run.endpoints().writes() / (double) size);
        table.add(size, "creating: operator's processor time [s]", run.cpuSeconds() - cpu);
        table.add(size, "operator's resident memory when all are Ready [MiB]", run.residentMiB());
    }

    /** A live change needs nothing of AWS before the call that makes it. */
    private void edits(Run run) {
        int count = Math.min(size, MOST_EDITS);
        double[] seconds = new double[count];
        for (int edit = 0; edit < count; edit++) {
            long before = run.counts().of(SCALE);
            long begun = System.nanoTime();
            run.endpoints().setMaxConcurrency(Endpoints.name(edit), 3);
            Waiting.until(
                    "AWS to hear of an edit",
                    LIMIT,
                    () -> run.counts().of(SCALE) > before,
                    () -> run.endpoints().unfinished());
            seconds[edit] = (System.nanoTime() - begun) / 1e9;
        }
        Arrays.sort(seconds);
        table.add(size, "spec edit -> first AWS call, median [s]", seconds[count / 2]);
        table.add(size, "spec edit -> first AWS call, p95 [s]", seconds[(int) Math.ceil(count * 0.95) - 1], "< 1");
        run.awaitAll(size, LIMIT);
    }

    private void restart(Run run) throws IOException {
        run.forget();
        long writes = run.endpoints().writes();
        run.stage().restartOperator();
        run.stage().awaitOperator();
        Peak peak = new Peak(run);
        Waiting.until("the first minute after a restart", AFTER_RESTART.plusSeconds(30), peak::over, () -> "");
        table.add(size, "restart: AWS calls in the first minute", run.counts().all(), "no storm");
        run.counts().sorted().forEach((api, count) -> table.add(size, "restart: - " + api, count));
        table.add(size, "restart: most AWS calls in one second", peak.most);
        table.add(size, "restart: writes", run.endpoints().writes() - writes, "0");
        table.add(size, "restart: operator's processor time [s]", run.cpuSeconds());
        table.add(size, "operator's resident memory after the restart [MiB]", run.residentMiB());
    }

    /** The busiest second. */
    private static final class Peak {
        private static final long SECOND = 1_000_000_000L;

        private final Run run;
        private final long begun = System.nanoTime();
        private long second = begun;
        private long seen;
        private long most;

        Peak(Run run) {
            this.run = run;
        }

        boolean over() {
            long now = System.nanoTime();
            if (now - second >= SECOND) {
                long all = run.counts().all();
                most = Math.max(most, all - seen);
                seen = all;
                second = now;
            }
            return now - begun >= AFTER_RESTART.toNanos();
        }
    }
}
