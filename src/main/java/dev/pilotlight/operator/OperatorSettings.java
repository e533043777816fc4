package dev.pilotlight.operator;

import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.inventory.InventorySettings;
import dev.pilotlight.operator.leader.LeaseSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the operator runs.
 *
 * @param clusterID id in ownership tags and external ids; empty for the UID of the kube-system namespace. Set it before a backup is
 *     restored, and never give two clusters the same
 * @param namespaces whose ServerlessEndpoints are looked after; empty for all
 * @param instance name of this replica in events and in the Lease, usually the pod's name
 * @param lease the Lease that replicas compete for; empty for a single replica
 * @param isolationRequired refuse AWSIdentities whose credentials namespaces would share
 * @param reconcileThreads passes at a time, over all kinds
 * @param slowCalls validations at a time, and as many inspections, beyond the one of each that every namespace may have
 * @param slowCallsPerNamespace validations of one namespace at a time, and as many inspections
 * @param shutdownGrace how long passes under way may take to end after SIGTERM
 */
public record OperatorSettings(
        Optional<String> clusterID,
        Set<String> namespaces,
        String instance,
        Optional<LeaseSettings> lease,
        boolean isolationRequired,
        Policy policy,
        InventorySettings inventory,
        int reconcileThreads,
        int slowCalls,
        int slowCallsPerNamespace,
        Duration shutdownGrace) {
    public OperatorSettings {
        namespaces = Set.copyOf(namespaces);
    }

    /** One replica over all namespaces, everything else as documented. */
    public static OperatorSettings defaults() {
        return new OperatorSettings(
                Optional.empty(),
                Set.of(),
                "pilotlight",
                Optional.empty(),
                false,
                Policy.DEFAULT,
                InventorySettings.defaults(),
                10,
                16,
                4,
                Duration.ofSeconds(15));
    }

    public OperatorSettings withClusterID(String id) {
        return new OperatorSettings(
                Optional.of(id),
                namespaces,
                instance,
                lease,
                isolationRequired,
                policy,
                inventory,
                reconcileThreads,
                slowCalls,
                slowCallsPerNamespace,
                shutdownGrace);
    }

    public OperatorSettings withPolicy(Policy changed) {
        return new OperatorSettings(
                clusterID,
                namespaces,
                instance,
                lease,
                isolationRequired,
                changed,
                inventory,
                reconcileThreads,
                slowCalls,
                slowCallsPerNamespace,
                shutdownGrace);
    }

    public OperatorSettings withLease(String replica, LeaseSettings settings) {
        return new OperatorSettings(
                clusterID,
                namespaces,
                replica,
                Optional.of(settings),
                isolationRequired,
                policy,
                inventory,
                reconcileThreads,
                slowCalls,
                slowCallsPerNamespace,
                shutdownGrace);
    }
}
