package dev.pilotlight.demo;

import dev.pilotlight.operator.time.DevelopmentClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A simulator and an operator as the packaged program runs them, sharing one time. */
public final class Stage implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    private final DevelopmentClock clock;
    private final Program simulator;
    private final SimulatedAccount account;
    private final OperatorStart operatorStart;
    private Program operator;

    /** Starts an operator; again with the same flags after the one before it has ended. */
    @FunctionalInterface
    private interface OperatorStart {
        Program start() throws IOException;
    }

    private Stage(DevelopmentClock clock, Program simulator, SimulatedAccount account, OperatorStart operatorStart)
            throws IOException {
        this.clock = clock;
        this.simulator = simulator;
        this.account = account;
        this.operatorStart = operatorStart;
        this.operator = operatorStart.start();
    }

    /**
     * Starts both.
     *
     * @param speed how many times as fast as the wall clock both run
     * @param simulatorFlags what the simulator is to do differently
     */
    public static Stage start(
            Watchdog watchdog, Path operatorKubeConfig, double speed, int httpPort, List<String> simulatorFlags)
            throws IOException {
        DevelopmentClock clock = DevelopmentClock.parse(Instant.now() + "@" + speed);
        List<String> flags =
                new ArrayList<>(List.of("simulator", "--port", "0", "--development-clock", clock.toFlag()));
        flags.addAll(simulatorFlags);
        Program simulator = Program.start(watchdog, "simulator", Map.of(), flags);
        String line = simulator.awaitLine(text -> text.startsWith("simulator listening on "), STARTS_WITHIN);
        URI address =
                URI.create(line.substring("simulator listening on ".length()).trim());
        OperatorStart operator = () -> Program.start(
                watchdog,
                "operator",
                Map.of(
                        "KUBECONFIG", operatorKubeConfig.toString(),
                        "AWS_ACCESS_KEY_ID", "111122223333",
                        "AWS_SECRET_ACCESS_KEY", "not-checked",
                        "AWS_REGION", "us-east-1"),
                List.of(
                        "operator",
                        "--http-port",
                        Integer.toString(httpPort),
                        "--aws-endpoint-url",
                        address.toString(),
                        "--development-clock",
                        clock.toFlag()));
        return new Stage(clock, simulator, new SimulatedAccount(address), operator);
    }

    /** Returns when the operator has begun its work. */
    public void awaitOperator() throws IOException {
        operator.awaitLine(text -> text.contains("operator started"), STARTS_WITHIN);
    }

    /** The time both share. */
    public DevelopmentClock clock() {
        return clock;
    }

    public SimulatedAccount account() {
        return account;
    }

    /** Ends the operator as Kubernetes would, and starts another one. */
    public void restartOperator() throws IOException {
        operator.close();
        operator = operatorStart.start();
    }

    public Program operator() {
        return operator;
    }

    @Override
    public void close() {
        operator.close();
        simulator.close();
    }
}
