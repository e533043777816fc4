package dev.pilotlight.cli;

import io.quarkus.runtime.Quarkus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pilotlight operator}: checks the flags, then starts Quarkus, which runs {@link OperatorApplication} with them. */
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the controllers until it is told to stop. The cluster is the one of $KUBECONFIG, or the one it runs in.",
            "Metrics are at /q/metrics, health checks at /q/health."
        })
final class OperatorCommand implements Callable<Integer> {

    /** Kubernetes waits 30 s before it kills. */
    private static final Duration LONGEST_END = Duration.ofSeconds(28);

    @Mixin
    private OperatorOptions options;

    @Spec
    private CommandSpec spec;

    OperatorOptions options() {
        return options;
    }

    @Override
    public Integer call() {
        try {
            options.settings();
            options.clock();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        KubeConfig.require();
        System.setProperty("quarkus.http.port", Integer.toString(options.httpPort()));
        System.setProperty("quarkus.log.console.json.enabled", Boolean.toString(options.logJson()));
        return toldToStopIsSuccess(this::runQuarkus);
    }

    /**
     * The JVM reports the signal that ended it, 143 for SIGTERM, and Kubernetes calls that an error. An operator that was told to stop and
     * did has not failed: the shutdown ends with the code of the run.
     */
    private static int toldToStopIsSuccess(IntSupplier run) {
        AtomicInteger exit = new AtomicInteger(1);
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> haltOnce(over, exit), "exit-code"));
        try {
            exit.set(run.getAsInt());
            return exit.get();
        } finally {
            over.countDown();
        }
    }

    private static void haltOnce(CountDownLatch over, AtomicInteger exit) {
        try {
            if (over.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(exit.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int runQuarkus() {
        List<String> arguments = spec.parent().commandLine().getParseResult().originalArgs();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int[] exit = {0};
        Quarkus.run(
                OperatorApplication.class,
                (code, problem) -> {
                    exit[0] = code;
                    failure.set(problem);
                },
                arguments.toArray(String[]::new));
        if (failure.get() != null) {
            spec.commandLine().getErr().println("pilotlight: " + Main.rootMessage(failure.get()));
            return failure.get() instanceof MissingException ? Main.MISSING : Math.max(exit[0], 1);
        }
        return exit[0];
    }
}
