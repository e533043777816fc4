package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.WarmCapacitySpec;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalingRules;
import dev.pilotlight.domain.scaling.TargetTracking;
import dev.pilotlight.domain.warm.Rivals;
import dev.pilotlight.domain.warm.Rivals.Rival;
import dev.pilotlight.domain.warm.decision.Lead;
import dev.pilotlight.domain.warm.schedule.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads off the WarmPolicies that name an endpoint what is demanded of it now. */
public final class PolicyDemand {
    private PolicyDemand() {}

    /**
     * @param policies all that name the endpoint, in any order
     */
    public static Optional<Demand> inForce(List<WarmPolicy> policies) {
        return rivals(policies)
                .inForce()
                .flatMap(rival -> policies.stream()
                        .filter(policy -> policy.getMetadata().getUid().equals(rival.uid()))
                        .findFirst())
                .map(PolicyDemand::of);
    }

    /** The same policies as rivals for it. */
    public static Rivals rivals(List<WarmPolicy> policies) {
        return Rivals.of(policies.stream().map(PolicyDemand::rival).toList());
    }

    private static Rival rival(WarmPolicy policy) {
        return new Rival(
                policy.getMetadata().getName(),
                policy.getMetadata().getUid(),
                Instant.parse(policy.getMetadata().getCreationTimestamp()),
                policy.isMarkedForDeletion(),
                policy.getSpec().suspended(),
                demand(policy)
                        .filter(demand -> demand.range() != null || demand.provisionedConcurrency() != null)
                        .isPresent());
    }

    /** What it demands of the endpoint that it names; a status may still be about another. */
    private static Optional<WarmDemand> demand(WarmPolicy policy) {
        return Optional.ofNullable(policy.getStatus())
                .filter(status -> status.target() == null
                        || status.target().equals(policy.getSpec().targetRef().name()))
                .map(status -> status.demand());
    }

    private static Demand of(WarmPolicy policy) {
        WarmDemand demand = demand(policy).orElseThrow();
        String name = policy.getMetadata().getName();
        CapacityRange range = demand.range();
        if (range == null) {
            return new Demand.Fixed(name, demand.provisionedConcurrency());
        }
        Range now = ordered(range.min(), range.max());
        // What the budget has cut, no scheduled action may give back.
        int most = demand.clampedBy() == WarmClamp.BUDGET ? now.max() : Integer.MAX_VALUE;
        return new Demand.Ranged(name, now, rules(policy.getSpec(), policy.getStatus(), most));
    }

    /** AWS has no zero here. */
    private static Range ordered(int min, int max) {
        int least = Math.max(1, min);
        return new Range(least, Math.max(least, max));
    }

    /**
     * What AWS does by itself within the range. The demand's own range is ahead of the windows by their lead time. Without a schedule that
     * can be read AWS changes no range, and what is demanded stays.
     *
     * @param most what nothing may ask for more than
     */
    static ScalingRules rules(WarmPolicySpec policy, WarmPolicyStatus status, int most) {
        WarmCapacitySpec spec = policy.provisionedConcurrency();
        if (spec == null) {
            return new ScalingRules(Optional.empty(), new Range(1, 1));
        }
        Optional<dev.pilotlight.api.v1alpha1.TargetTracking> asked =
                Optional.ofNullable(spec.targetTracking()).map(dev.pilotlight.api.v1alpha1.TargetTracking::orDefaults);
        int least = Math.max(spec.baselineOrDefault(), asked.map(a -> a.min()).orElse(1));
        int highest = asked.map(a -> a.max()).orElse(least);
        Optional<TargetTracking> tracking = asked.map(a -> new TargetTracking(
                a.utilizationPercent() / 100.0,
                OptionalInt.of(a.scaleOutCooldownSeconds()),
                OptionalInt.of(a.scaleInCooldownSeconds()),
                false));
        Range base = ordered(Math.min(least, most), Math.min(highest, most));
        return Schedule.valid(spec)
                .map(schedule -> new ScalingRules(
                        tracking,
                        base,
                        spec.windows().stream()
                                .map(window -> new ScalingRules.Window(
                                        window.name(), window.timeZone(), window.start(), window.end()))
                                .toList(),
                        schedule.turns(),
                        new WholeCalendar(
                                schedule,
                                Schedule.foreseen(spec, status.forecast()),
                                Lead.reported(status.leadSeconds()),
                                most)))
                .orElseGet(() -> new ScalingRules(tracking, base));
    }
}
