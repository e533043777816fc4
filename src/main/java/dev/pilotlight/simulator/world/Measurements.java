package dev.pilotlight.simulator.world;

import dev.pilotlight.simulator.wire.Scope;
import java.time.Instant;

/** Where what is measured of a variant goes. Thread safe and quick. */
@FunctionalInterface
public interface Measurements {

    /** Forgets everything. */
    Measurements NONE = (scope, variant, metric, at, value) -> {};

    /**
     * Adds one sample of a metric in namespace {@code AWS/SageMaker}.
     *
     * @param metric MetricName, for example {@code Invocations}
     * @param at when it was measured
     */
    void record(Scope scope, Variant variant, String metric, Instant at, double value);

    /** The two dimensions that hosting's metrics have. */
    record Variant(String endpointName, String variantName) {}
}
