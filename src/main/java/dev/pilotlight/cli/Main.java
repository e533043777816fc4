package dev.pilotlight.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program's entry point. Only {@code operator} starts Quarkus; everything else is a plain program and quick to start.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 something it needs is missing. {@code plan} has its own.
 */
@QuarkusMain
@Command(
        name = "pilotlight",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs Amazon SageMaker serverless endpoints from Kubernetes.",
        subcommands = {OperatorCommand.class, OrphansCommand.class, PlanCommand.class, SimulatorCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 something it needs is missing; plan has its own.",
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
                .setParameterExceptionHandler((wrong, arguments) -> {
                    CommandLine command = wrong.getCommandLine();
                    command.getErr()
                            .println("pilotlight: " + wrong.getMessage() + " (see "
                                    + command.getCommandSpec().qualifiedName() + " --help)");
                    return command.getCommandSpec().exitCodeOnInvalidInput();
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("pilotlight: " + rootMessage(failure));
                    return failure instanceof MissingException ? MISSING : CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: operator, orphans, plan or simulator");
    }

    /** One line for a person: what we said ourselves, or else what lies at the bottom of it. */
    static String rootMessage(Throwable failure) {
        Throwable telling = failure;
        while (!(telling instanceof MissingException)
                && !(telling instanceof UncheckedIOException)
                && !(telling instanceof UnreadableClusterException)
                && telling.getCause() != null) {
            telling = telling.getCause();
        }
        String message = telling.getMessage() == null ? telling.toString() : telling.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
