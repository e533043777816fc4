package dev.pilotlight.domain.warm.tracking;

import dev.pilotlight.domain.metrics.Point;
import java.util.List;

/** What CloudWatch said about an endpoint's use when it was last asked. */
public sealed interface Measured {

    /**
     * The series of the last minutes, one point a minute, oldest first. A minute without a point is not a minute without traffic.
     *
     * @param executions the most executions in provisioned slots
     * @param utilization the most executions of all kinds by maxConcurrency, 0 to 1
     * @param spillover requests that found no provisioned slot free
     */
    record Series(List<Point> executions, List<Point> utilization, List<Point> spillover) implements Measured {
        public Series {
            executions = List.copyOf(executions);
            utilization = List.copyOf(utilization);
            spillover = List.copyOf(spillover);
        }
    }

    /** It could not be read. */
    record Failed(String why) implements Measured {}
}
