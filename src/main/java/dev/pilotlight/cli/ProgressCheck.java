package dev.pilotlight.cli;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Liveness watches progress and not AWS: an operator whose objects wait although nothing is wrong with the cluster has to be restarted, one
 * that AWS refuses has not.
 */
@Liveness
final class ProgressCheck implements HealthCheck {
    private static final Duration TOO_LONG = Duration.ofMinutes(10);

    private final RunningOperator running;

    ProgressCheck(RunningOperator running) {
        this.running = running;
    }

    @Override
    public HealthCheckResponse call() {
        Duration oldest = running.get()
                .map(operator -> operator.passes().oldestUnreconciled())
                .orElse(Duration.ZERO);
        return HealthCheckResponse.named("progress")
                .status(oldest.compareTo(TOO_LONG) < 0)
                .withData("oldestUnreconciledSeconds", oldest.toSeconds())
                .build();
    }
}
