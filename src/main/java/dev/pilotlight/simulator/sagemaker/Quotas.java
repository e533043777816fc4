package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.sagemaker.Variant.Capacity;
import dev.pilotlight.simulator.world.HostingLimits.Limits;

/**
 * The account-level quotas of serverless hosting. They are checked when an endpoint is created or updated, not when a
 * configuration is created, and concurrency counts as allocated (observed publicly).
 */
final class Quotas {
    private Quotas() {}

    static void forCreate(Call call, Deployment wanted, Scenario scenario) {
        if (!wanted.serverless()) {
            return;
        }
        Limits limits = call.world().limits().of(call.scope());
        memory(limits, wanted);
        long endpoints = call.hosting().endpoints().stream()
                .filter(endpoint -> running(endpoint).serverless())
                .count();
        if (endpoints + 1 > limits.endpoints()) {
            throw Errors.quota("Maximum number of serverless endpoints", "Endpoints", limits.endpoints(), endpoints, 1);
        }
        concurrency(call, limits, wanted.allocated(), scenario);
    }

    static void forUpdate(Call call, Endpoint endpoint, Deployment wanted, Scenario scenario) {
        if (!wanted.serverless()) {
            return;
        }
        Limits limits = call.world().limits().of(call.scope());
        memory(limits, wanted);
        int more = call.world().settings().countsOldAndNew()
                ? wanted.allocated()
                : wanted.allocated() - running(endpoint).allocated();
        concurrency(call, limits, more, scenario);
    }

    /** What is allocated now, over all endpoints that have not failed. */
    private static int allocated(Call call) {
        return call.hosting().endpoints().stream()
                .filter(endpoint -> endpoint.status() != EndpointStatus.FAILED)
                .mapToInt(endpoint -> allocated(endpoint, call.world().settings().countsOldAndNew()))
                .sum();
    }

    private static int allocated(Endpoint endpoint, boolean both) {
        int live = endpoint.live() == null ? 0 : endpoint.live().allocated();
        int pending = endpoint.pending() == null ? 0 : endpoint.pending().allocated();
        int wanted = endpoint.wanted().map(Capacity::max).orElse(0);
        return both ? live + pending : Math.max(Math.max(live, pending), wanted);
    }

    private static Deployment running(Endpoint endpoint) {
        return endpoint.live() == null ? endpoint.pending() : endpoint.live();
    }

    private static void memory(Limits limits, Deployment wanted) {
        int memory = wanted.first().variant().capacity().map(Capacity::memory).orElse(0);
        if (memory > limits.memorySizeInMB()) {
            throw Errors.quota(
                    "Memory size in MB per serverless endpoint", "MBs", limits.memorySizeInMB(), 0, memory);
        }
    }

    private static void concurrency(Call call, Limits limits, int more, Scenario scenario) {
        int used = allocated(call);
        boolean over = more > 0 && used + more > limits.totalConcurrency();
        if (over || scenario == Scenario.OVER_QUOTA) {
            int limit = over ? limits.totalConcurrency() : used;
            throw Errors.quota(
                    "Maximum total concurrency that can be allocated across all serverless endpoints",
                    "Units",
                    limit,
                    used,
                    Math.max(1, more));
        }
    }
}
