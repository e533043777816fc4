package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.ProvisionedBy;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a WarmPolicy asks of an endpoint's provisioned concurrency. It wins over {@code spec.serverless.provisionedConcurrency}, is no part
 * of a revision, and never exceeds the endpoint's maxConcurrency.
 */
public sealed interface Demand {

    /** {@code provisionedBy.kind} while a policy decides. */
    String KIND = "WarmPolicy";

    /** How long capacity stays after its policy is gone: replacing a policy by another does not cost cold starts. */
    Duration HOLD = Duration.ofMinutes(10);

    /** Name of the policy, in the endpoint's namespace. */
    String policy();

    /**
     * The concurrency that the endpoint is to have.
     *
     * @param own what its spec asks for
     * @param live what it has; empty before it exists
     */
    Concurrency over(Concurrency own, Optional<Concurrency> live);

    /**
     * A number, from a policy in force.
     *
     * @param provisioned 0 or more; 0 is none
     */
    record Fixed(String policy, int provisioned) implements Demand {
        @Override
        public Concurrency over(Concurrency own, Optional<Concurrency> live) {
            return new Concurrency(own.max(), Math.min(provisioned, own.max()));
        }
    }

    /**
     * A range, from a policy in force: AWS moves the number within it.
     *
     * @param range as the policy has it
     * @param rules how AWS moves it
     */
    record Ranged(String policy, Range range, ScalingRules rules) implements Demand {

        /** The range that the endpoint's maxConcurrency leaves. */
        public Range within(Concurrency own) {
            return new Range(Math.min(range.min(), own.max()), Math.min(range.max(), own.max()));
        }

        /** Whatever AWS has chosen stays; only none, and what lies outside, is brought in. */
        @Override
        public Concurrency over(Concurrency own, Optional<Concurrency> live) {
            Range allowed = within(own);
            int has = live.map(Concurrency::provisioned).orElse(0);
            return new Concurrency(own.max(), Math.clamp(has, allowed.min(), allowed.max()));
        }
    }

    /** The policy is gone or suspended: what the endpoint has stays until then. */
    record Held(String policy, Instant until) implements Demand {
        @Override
        public Concurrency over(Concurrency own, Optional<Concurrency> live) {
            int has = live.map(Concurrency::provisioned).orElse(own.provisioned());
            return new Concurrency(own.max(), Math.min(has, own.max()));
        }
    }

    /**
     * What holds now: what is asked for, else what a policy left behind, for as long as it stays.
     *
     * @param asked what the policy in force asks for
     * @param remembered the endpoint's status; it alone knows of a policy that is gone, so that a restart forgets nothing
     */
    static Optional<Demand> now(Optional<Demand> asked, ServerlessEndpointStatus remembered, Instant now) {
        return asked.or(() -> leftBehind(remembered)
                .map(by -> new Held(by.name(), fallBack(by, now)))
                .filter(held -> now.isBefore(held.until()))
                .map(held -> held));
    }

    /** The demand as the status tells it, for whoever cannot ask the policy: capacity stays as it is. */
    static Optional<Demand> asReported(ServerlessEndpointStatus remembered, Instant now) {
        Optional<Demand> inForce = leftBehind(remembered)
                .filter(by -> by.until() == null)
                .map(by -> asReported(by.name(), remembered.effective()));
        return now(inForce, remembered, now);
    }

    private static Demand asReported(String policy, EffectiveCapacity effective) {
        CapacityRange range = effective.provisionedConcurrencyRange();
        if (range != null) {
            return new Ranged(
                    policy, new Range(range.min(), range.max()), new ScalingRules(Optional.empty(), new Range(1, 1)));
        }
        Integer number = effective.provisionedConcurrency();
        return new Fixed(policy, number == null ? 0 : number);
    }

    private static Optional<ProvisionedBy> leftBehind(ServerlessEndpointStatus remembered) {
        return Optional.ofNullable(remembered.effective())
                .map(EffectiveCapacity::provisionedBy)
                .filter(by -> KIND.equals(by.kind()));
    }

    private static Instant fallBack(ProvisionedBy by, Instant now) {
        return by.until() == null ? now.plus(HOLD).truncatedTo(ChronoUnit.SECONDS) : Instant.parse(by.until());
    }
}
