package dev.pilotlight.domain.warm.decision;

/**
 * The endpoint of a policy, as far as it matters to the policy.
 *
 * @param deleting it is marked for deletion
 * @param running provisioned concurrency it has now; 0 is none
 */
public record Target(boolean deleting, String region, int memorySizeInMB, int maxConcurrency, int running) {}
