package dev.pilotlight.cli;

import dev.pilotlight.operator.PilotlightOperator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The operator of this process, for the health checks. */
@ApplicationScoped
public class RunningOperator {
    private final AtomicReference<PilotlightOperator> operator = new AtomicReference<>();

    void started(PilotlightOperator started) {
        operator.set(started);
    }

    void stopping() {
        operator.set(null);
    }

    Optional<PilotlightOperator> get() {
        return Optional.ofNullable(operator.get());
    }
}
