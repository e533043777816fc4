package dev.pilotlight.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program's entry point. Only {@code operator} starts Quarkus; everything else is a plain program and quick to start.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 something it needs is missing.
 */
@QuarkusMain
@Command(
        name = "pilotlight",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs Amazon SageMaker serverless endpoints from Kubernetes.",
        subcommands = {OperatorCommand.class, SimulatorCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 something it needs is missing.",
        })
public final class Main implements Runnable {

    /** Something that has to be there is not. */
    static final int MISSING = 3;

    @Spec
    private CommandSpec spec;

    public static void main(String... args) {
        int exit = commandLine().execute(args);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("pilotlight: " + message(failure));
                    return failure instanceof MissingException ? MISSING : CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: operator or simulator");
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
