package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.util.Optional;

/**
 * An endpoint that nobody asked to have watched. It takes from the same quotas of the account.
 *
 * @param lookedAt whether it was described yet; the slow tier does so once, and again after a change
 * @param concurrency sum over its serverless variants, as last seen; empty for one on instances, and before the first look
 * @param arn empty before the first look
 * @param owner whom its tags name; empty where they name nobody, and before the first look
 */
public record Stranger(
        String name,
        boolean lookedAt,
        Optional<Concurrency> concurrency,
        Optional<String> arn,
        Optional<Ownership> owner) {}
