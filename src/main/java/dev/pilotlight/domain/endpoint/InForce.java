package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.AwsFacts;
import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.ProvisionedBy;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What the status says of the endpoint that AWS has now. */
public final class InForce {
    private InForce() {}

    static EffectiveCapacity of(Desired desired, ServerlessCapacity live) {
        int provisioned = live.concurrency().provisioned();
        CapacityRange range = range(desired);
        return new EffectiveCapacity(
                live.memorySizeInMB(),
                live.concurrency().max(),
                provisioned == 0 || range != null ? null : provisioned,
                range,
                by(desired, provisioned));
    }

    /** While AWS moves the number it is no news: the range is what holds. */
    private static CapacityRange range(Desired desired) {
        return desired.demand()
                .filter(Demand.Ranged.class::isInstance)
                .map(demand -> ((Demand.Ranged) demand).within(desired.own()))
                .map(range -> new CapacityRange(range.min(), range.max()))
                .orElse(null);
    }

    /** A policy decides also where it wants none; without one there has to be something to decide. */
    private static ProvisionedBy by(Desired desired, int provisioned) {
        return desired.demand()
                .map(InForce::by)
                .orElseGet(() -> provisioned == 0
                        ? null
                        : new ProvisionedBy(
                                "ServerlessEndpoint", desired.owner().name(), null));
    }

    private static ProvisionedBy by(Demand demand) {
        String until = demand instanceof Demand.Held held ? held.until().toString() : null;
        return new ProvisionedBy(Demand.KIND, demand.policy(), until);
    }

    /** What was in force, with who decides now: a policy that goes is remembered also while AWS is busy. */
    static EffectiveCapacity decidedNow(Desired desired, EffectiveCapacity before) {
        return before == null || desired.demand().isEmpty()
                ? before
                : new EffectiveCapacity(
                        before.memorySizeInMB(),
                        before.maxConcurrency(),
                        range(desired) == null ? before.provisionedConcurrency() : null,
                        range(desired),
                        by(desired.demand().get()));
    }

    /** What the endpoint had when it was looked at last. */
    public static Optional<Concurrency> remembered(ServerlessEndpointStatus status) {
        return Optional.ofNullable(status.effective())
                .filter(effective -> effective.maxConcurrency() != null)
                .map(effective -> new Concurrency(effective.maxConcurrency(), provisioned(effective)));
    }

    private static int provisioned(EffectiveCapacity effective) {
        if (effective.provisionedConcurrencyRange() != null) {
            return effective.provisionedConcurrencyRange().min();
        }
        return effective.provisionedConcurrency() == null ? 0 : effective.provisionedConcurrency();
    }

    /** Facts of the live endpoint as the status remembers them. */
    static AwsFacts facts(EndpointSnapshot live) {
        return new AwsFacts(
                live.creationTime().truncatedTo(ChronoUnit.MILLIS).toString(),
                live.lastModifiedTime().truncatedTo(ChronoUnit.MILLIS).toString(),
                live.status().awsName());
    }
}
