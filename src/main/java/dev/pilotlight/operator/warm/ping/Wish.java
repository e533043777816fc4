package dev.pilotlight.operator.warm.ping;

import dev.pilotlight.api.v1alpha1.KeepWarmSpec;
import dev.pilotlight.aws.SessionRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a policy in force wants to be sent.
 *
 * @param uid of the policy
 * @param session of the endpoint's identity and namespace; empty while the identity does not let it
 * @param learned what an operator before this one has learned of the endpoint; empty where nothing is known
 * @param concurrency pings at once, at most the endpoint's maxConcurrency
 * @param wanted whether a moment is one for pings
 * @param paid whether the budget has something left for pings
 * @param standing looks at the endpoint; may call AWS
 */
public record Wish(
        String namespace,
        String name,
        String uid,
        Supplier<Optional<SessionRequest>> session,
        String endpointName,
        String variantName,
        KeepWarmSpec spec,
        Optional<Learned> learned,
        int concurrency,
        Predicate<Instant> wanted,
        boolean paid,
        Supplier<Standing> standing) {

    /**
     * What outlives a restart, in mode Auto.
     *
     * @param interval in force
     * @param goneAfter a gap that a container was seen not to live through; empty where none was
     * @param seen when that was
     */
    public record Learned(Duration interval, Optional<Duration> goneAfter, Instant seen) {}

    /**
     * An endpoint shortly before it is pinged.
     *
     * @param provisioned slots it has
     */
    public record Standing(boolean inService, int provisioned) {}
}
