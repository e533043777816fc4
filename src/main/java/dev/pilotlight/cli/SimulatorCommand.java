package dev.pilotlight.cli;

import dev.pilotlight.operator.time.DevelopmentClock;
import dev.pilotlight.simulator.Simulator;
import dev.pilotlight.simulator.SimulatorServer;
import dev.pilotlight.simulator.SimulatorSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import dev.pilotlight.simulator.time.RunningClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pilotlight simulator}: a SageMaker on this machine, until it is told to stop. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "A SageMaker on this machine, for AWS SDKs and command lines: set AWS_ENDPOINT_URL to the address it prints.",
            "It also answers for SageMaker Runtime, Application Auto Scaling, CloudWatch, STS, IAM, S3, ECR, Service Quotas and Price List. It checks no signature: keep it on a loopback address."
        })
final class SimulatorCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            defaultValue = "4566",
            description = "TCP port, 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--bind",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String bind;

    @Option(
            names = "--speed",
            defaultValue = "1",
            description =
                    "How many times as fast as the wall clock its time runs; an operator shares it only with --development-clock. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--seed",
            paramLabel = "FILE",
            description =
                    "JSON file with roles, images, objects and models that exist from the start, beside those of the samples.")
    private Path seed;

    @Option(
            names = "--account",
            defaultValue = "111122223333",
            description = "Account of callers it has no session of. Default: ${DEFAULT-VALUE}.")
    private String account;

    @Option(
            names = "--creating-seconds",
            description = "How long an endpoint is Creating, on its own clock. Default: 165, one public measurement.")
    private Integer creatingSeconds;

    @Option(
            names = "--updating-seconds",
            description = "How long an endpoint is Updating, on its own clock. Default: 120, an assumption.")
    private Integer updatingSeconds;

    @Option(
            names = "--scaling-seconds",
            description =
                    "How long an endpoint is Updating when only its concurrency changes, on its own clock. Default: 60, an assumption.")
    private Integer scalingSeconds;

    @Option(
            names = "--development-clock",
            paramLabel = "CLOCK",
            description =
                    "Time shared with an operator that was given the same value, ORIGIN@SPEED@WALL-ORIGIN; wins over --speed.")
    private String developmentClock;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Simulator simulator = SimulatorServer.start(settings());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            simulator.close();
            stop.countDown();
        }));
        spec.commandLine().getOut().println("simulator listening on " + simulator.endpoint());
        spec.commandLine().getOut().flush();
        stop.await();
        return 0;
    }

    private SimulatorSettings settings() {
        if (!(speed > 0)) {
            throw new ParameterException(spec.commandLine(), "--speed must be above 0, was " + speed);
        }
        if (seed != null && !Files.isReadable(seed)) {
            throw new ParameterException(spec.commandLine(), "--seed: cannot read " + seed);
        }
        SimulatorSettings.Builder settings = SimulatorSettings.builder()
                .bindAddress(bind)
                .port(port)
                .speed(speed)
                .hosting(hosting());
        try {
            settings.accountId(account);
            if (seed != null) {
                settings.seedFile(seed);
            }
            if (developmentClock != null) {
                DevelopmentClock clock = DevelopmentClock.parse(developmentClock);
                settings.clock(new RunningClock(clock.wallOrigin(), clock.origin(), clock.speed()));
            }
            return settings.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private HostingSettings hosting() {
        HostingSettings hosting = HostingSettings.defaults();
        StateDurations usual = hosting.durations();
        return hosting.withDurations(new StateDurations(
                creatingSeconds == null ? usual.creating() : Duration.ofSeconds(creatingSeconds),
                updatingSeconds == null ? usual.updating() : Duration.ofSeconds(updatingSeconds),
                scalingSeconds == null ? usual.scaling() : Duration.ofSeconds(scalingSeconds),
                usual.deleting(),
                usual.jitter()));
    }
}
