package dev.pilotlight.aws;

import java.time.Duration;
import java.util.Map;

/**
 * How many calls we allow ourselves per account, Region and API operation. AWS publishes no rates of SageMaker's control plane, only
 * that there are some, so every figure here is an assumption and can be set; what AWS really allows is learnt from its throttling.
 *
 * @param standard for every operation without an entry of its own
 * @param operations by operation with its service, for example {@code sagemaker:CreateEndpoint}
 * @param recovery from the floor back to the full rate
 */
public record RateSettings(Rate standard, Map<String, Rate> operations, Duration recovery) {
    public RateSettings {
        operations = Map.copyOf(operations);
    }

    /**
     * @param perSecond tokens that come back each second, more than 0
     * @param burst tokens that lie ready after a rest, at least 1
     * @param floorPerSecond below which throttling does not push the rate
     */
    public record Rate(double perSecond, int burst, double floorPerSecond) {
        public Rate {
            if (!(perSecond > 0) || burst < 1 || !(floorPerSecond > 0) || floorPerSecond > perSecond) {
                throw new IllegalArgumentException(
                        "a rate needs perSecond > 0, burst >= 1 and a floor above 0 and not above perSecond");
            }
        }
    }

    /** 10 a second, 20 at once, never below one in two seconds; two minutes to recover. */
    public static RateSettings defaults() {
        return new RateSettings(new Rate(10, 20, 0.5), Map.of(), Duration.ofMinutes(2));
    }

    Rate of(String operation) {
        return operations.getOrDefault(operation, standard);
    }
}
