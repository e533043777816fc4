package dev.pilotlight.cli;

import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.aws.RateLimiter;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.operator.PilotlightOperator;
import dev.pilotlight.operator.kube.UnpreparedClusterException;
import dev.pilotlight.operator.metrics.OperatorMetrics;
import dev.pilotlight.operator.time.ClockScheduler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;

/** The operator inside Quarkus, which gives it the client, metrics, health checks and an orderly end. */
public final class OperatorApplication implements QuarkusApplication {
    private final KubernetesClient client;
    private final MeterRegistry meters;
    private final RunningOperator running;

    OperatorApplication(KubernetesClient client, MeterRegistry meters, RunningOperator running) {
        this.client = client;
        this.meters = meters;
        this.running = running;
    }

    @Override
    public int run(String... args) {
        OperatorOptions options = options(args);
        Clock clock = options.clock();
        OperatorMetrics metrics = new OperatorMetrics(meters);
        try (ClockScheduler scheduler = new ClockScheduler(clock);
                PilotlightOperator operator = new PilotlightOperator(
                        client,
                        options.settings(),
                        new SdkAwsSessions(
                                options.aws(),
                                new RateLimiter(options.aws().rates(), clock),
                                CallBoundary.OPEN,
                                List.of(metrics)),
                        scheduler,
                        metrics,
                        () -> Quarkus.asyncExit(1))) {
            operator.start();
            running.started(operator);
            Quarkus.waitForExit();
            running.stopping();
            return 0;
        } catch (UnpreparedClusterException e) {
            throw new MissingException(e.getMessage(), e);
        } catch (KubernetesClientException e) {
            throw new MissingException(
                    "cannot work with the cluster at " + client.getMasterUrl() + ": " + Main.rootMessage(e)
                            + " ($KUBECONFIG says which cluster)",
                    e);
        }
    }

    /** Quarkus makes this object itself, so the flags reach it as the words they were; {@link OperatorCommand} has checked them. */
    private static OperatorOptions options(String... args) {
        CommandLine.ParseResult operator = Main.commandLine().parseArgs(args).subcommand();
        return ((OperatorCommand) operator.commandSpec().userObject()).options();
    }
}
