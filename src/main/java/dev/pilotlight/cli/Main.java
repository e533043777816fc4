package dev.pilotlight.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's entry point. Only {@code operator} starts Quarkus; everything else is a plain program and quick to start. */
@QuarkusMain
@Command(
        name = "pilotlight",
        mixinStandardHelpOptions = true,
        version = "pilotlight 0.1.0-SNAPSHOT",
        description = "Runs Amazon SageMaker serverless endpoints from Kubernetes.",
        subcommands = Main.OperatorCommand.class)
public final class Main implements Runnable {
    public static void main(String... args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Runs the operator until it is told to stop. */
    @Command(name = "operator", description = "Runs the operator.", mixinStandardHelpOptions = true)
    static final class OperatorCommand implements Runnable {
        @Override
        public void run() {
            Quarkus.run();
        }
    }
}
