package dev.pilotlight.cli;

import io.quarkus.runtime.Quarkus;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
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
        System.setProperty("quarkus.http.port", Integer.toString(options.httpPort()));
        System.setProperty("quarkus.log.console.json.enabled", Boolean.toString(options.logJson()));
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
            spec.commandLine().getErr().println("pilotlight: " + failure.get().getMessage());
            return exit[0] == 0 ? 1 : exit[0];
        }
        return exit[0];
    }
}
