package dev.pilotlight.demo;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All endpoints in a table: what Kubernetes says beside what AWS says. Redrawn on a terminal, otherwise printed when it changes. */
final class LiveTable {
    private static final String ROW = "%-24s %-7s %-20s %-10s %-7s %-12s %s%n";

    private final Endpoints endpoints;
    private final SimulatedAccount account;
    private final boolean terminal;
    private List<String> shown = List.of();
    private int height;

    LiveTable(Endpoints endpoints, SimulatedAccount account, boolean terminal) {
        this.endpoints = endpoints;
        this.account = account;
        this.terminal = terminal;
    }

    void show() {
        List<String> rows = rows();
        if (rows.equals(shown)) {
            return;
        }
        if (terminal && height > 0) {
            // Back to where the table began, and over it.
            System.out.print("\033[" + height + "A\033[J");
        }
        rows.forEach(System.out::print);
        System.out.flush();
        height = rows.size();
        shown = rows;
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        rows.add(ROW.formatted("ENDPOINT", "READY", "STATUS", "REVISION", "MEMORY", "CONCURRENCY", "AWS SAYS"));
        for (ServerlessEndpoint endpoint : endpoints.all()) {
            rows.add(row(endpoint));
        }
        return rows;
    }

    private String row(ServerlessEndpoint endpoint) {
        Optional<ServerlessEndpointStatus> status = Optional.ofNullable(endpoint.getStatus());
        Optional<Condition> ready = Endpoints.condition(endpoint, "Ready");
        Optional<EffectiveCapacity> effective = status.map(ServerlessEndpointStatus::effective);
        return ROW.formatted(
                endpoint.getMetadata().getNamespace() + "/"
                        + endpoint.getMetadata().getName(),
                ready.map(Condition::status).orElse("-"),
                ready.map(Condition::reason).orElse("-"),
                status.map(ServerlessEndpointStatus::revision)
                        .map(r -> r.deployed())
                        .orElse("-"),
                effective.map(c -> c.memorySizeInMB().toString()).orElse("-"),
                effective.map(LiveTable::concurrency).orElse("-"),
                status.map(ServerlessEndpointStatus::endpointName)
                        .flatMap(account::status)
                        .orElse("(nothing)"));
    }

    private static String concurrency(EffectiveCapacity capacity) {
        return capacity.maxConcurrency()
                + (capacity.provisionedConcurrency() == null
                        ? ""
                        : " (" + capacity.provisionedConcurrency() + " warm)");
    }
}
