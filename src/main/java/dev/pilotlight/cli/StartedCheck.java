package dev.pilotlight.cli;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the watches have caught up; a replica that waits to lead is ready too. */
@Readiness
final class StartedCheck implements HealthCheck {
    private final RunningOperator running;

    StartedCheck(RunningOperator running) {
        this.running = running;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("started")
                .status(running.get().isPresent())
                .build();
    }
}
