package dev.pilotlight.operator.leader;

import java.time.Duration;

/**
 * The Lease replicas compete for.
 *
 * @param namespace namespace of the Lease: the operator's own
 * @param name name of the Lease
 * @param duration how long a leader that went silent is waited for, whole seconds
 * @param renewDeadline how long a leader tries to renew before it gives up; shorter than {@code duration}
 * @param retryPeriod time between tries; shorter than {@code renewDeadline}
 */
public record LeaseSettings(
        String namespace, String name, Duration duration, Duration renewDeadline, Duration retryPeriod) {

    public LeaseSettings {
        if (duration.compareTo(renewDeadline) <= 0 || renewDeadline.compareTo(retryPeriod) <= 0) {
            throw new IllegalArgumentException("a lease needs duration > renewDeadline > retryPeriod, was " + duration
                    + ", " + renewDeadline + ", " + retryPeriod);
        }
    }

    /** Kubernetes' own defaults: 15 s, 10 s, 2 s. */
    public static LeaseSettings standard(String namespace, String name) {
        return new LeaseSettings(
                namespace, name, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }
}
