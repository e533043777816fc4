package dev.pilotlight.domain.plan;

import dev.pilotlight.api.v1alpha1.BudgetAction;
import dev.pilotlight.api.v1alpha1.ForecastMode;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.TargetTracking;
import dev.pilotlight.api.v1alpha1.WarmBudget;
import dev.pilotlight.api.v1alpha1.WarmCapacitySpec;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
import dev.pilotlight.api.v1alpha1.WarmSource;
import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.endpoint.Demand;
import dev.pilotlight.domain.endpoint.PolicyDemand;
import dev.pilotlight.domain.warm.Rivals.Rival;
import dev.pilotlight.domain.warm.schedule.Asked;
import dev.pilotlight.domain.warm.schedule.Change;
import dev.pilotlight.domain.warm.schedule.Schedule;
import dev.pilotlight.domain.warm.schedule.Timeline;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks ahead for a WarmPolicy: its week, what it costs a month, and why it would not come into force. Without AWS: use is not known. */
public final class PolicyPlanner {
    private static final Duration WEEK = Duration.ofDays(7);

    /** Whole weeks, so that every day of the week counts as often as the others. */
    private static final Duration SAMPLE = Duration.ofDays(28);

    private final PriceBook prices;
    private final Instant now;

    public PolicyPlanner(PriceBook prices, Instant now) {
        this.prices = prices;
        this.now = now;
    }

    /**
     * @param before the same policy as it is; empty where it is new
     * @param target its endpoint; empty where neither the files nor the cluster have it
     * @param contenders all policies that name the endpoint, this one among them, in any order
     */
    public PolicyPlan plan(
            WarmPolicy policy,
            String origin,
            Optional<WarmPolicy> before,
            Optional<ServerlessEndpoint> target,
            List<WarmPolicy> contenders) {
        List<String> refusals = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        String targetName = policy.getSpec().targetRef().name();
        if (target.isEmpty()) {
            notes.add("ServerlessEndpoint " + targetName + " is not in the files: what it costs is not known");
        }
        if (policy.getSpec().suspended()) {
            notes.add("spec.suspend is true: it would not be in force");
        }
        PolicyDemand.rivals(contenders)
                .before(policy.getMetadata().getUid())
                .map(Rival::name)
                .ifPresent(older -> refusals.add("WarmPolicy " + older
                        + " is older and has the same endpoint: delete one of the two, or suspend " + older));
        WarmCapacitySpec spec = policy.getSpec().provisionedConcurrency();
        Optional<Schedule> schedule = Optional.empty();
        if (spec == null) {
            notes.add("pings only, each billed like an invocation and not in the cost:"
                    + " provisioned concurrency stays the endpoint's own");
        } else {
            switch (Schedule.read(spec)) {
                case Schedule.Reading.Valid valid -> schedule = Optional.of(valid.schedule());
                case Schedule.Reading.Invalid invalid -> refusals.addAll(invalid.problems());
            }
        }
        Optional<Timeline> line = schedule.map(valid -> valid.between(now, now.plus(SAMPLE)));
        Costs costs = line.map(sample -> costs(spec, sample, target)).orElse(Costs.NONE);
        OptionalInt most = target.map(
                        t -> OptionalInt.of(t.getSpec().serverless().maxConcurrency()))
                .orElse(OptionalInt.empty());
        Asked asked = line.map(sample -> sample.at(now)).orElse(Asked.by(WarmSource.BASELINE, 0));
        List<Change> week = schedule.map(
                        valid -> valid.between(now, now.plus(WEEK)).changes(Duration.ZERO))
                .orElse(List.of());
        if (schedule.isPresent()) {
            week(spec, asked, week, most, notes);
        }
        beyondTheWeek(policy.getSpec()).ifPresent(notes::add);
        budget(policy.getSpec().budget(), costs, notes);
        return new PolicyPlan(
                policy.getMetadata().getNamespace(),
                policy.getMetadata().getName(),
                origin,
                targetName,
                before.map(was -> was.getSpec().equals(policy.getSpec()) ? Action.NONE : Action.SETTINGS)
                        .orElse(Action.CREATE),
                refusals,
                schedule.map(valid -> new Change(now, cut(asked, most))),
                cut(asked, week, most),
                costs.least(),
                costs.most(),
                notes);
    }

    /**
     * What deleting it would do.
     *
     * @param target its endpoint; empty where that goes, too, or is not known
     * @param contenders the policies that stay and name the endpoint
     */
    public PolicyPlan delete(
            WarmPolicy policy, String origin, Optional<ServerlessEndpoint> target, List<WarmPolicy> contenders) {
        String targetName = policy.getSpec().targetRef().name();
        List<String> notes = new ArrayList<>();
        Optional<Rival> next = PolicyDemand.rivals(contenders).holder();
        if (next.isPresent()) {
            notes.add("WarmPolicy " + next.get().name() + " then decides about " + targetName);
        } else if (target.isPresent() && !policy.getSpec().suspended()) {
            Integer own = target.get().getSpec().serverless().provisionedConcurrency();
            notes.add(targetName + " keeps what it has for " + Demand.HOLD.toMinutes()
                    + " minutes, and then goes back to its own provisionedConcurrency ("
                    + (own == null ? "none" : own.toString()) + ")");
        }
        return new PolicyPlan(
                policy.getMetadata().getNamespace(),
                policy.getMetadata().getName(),
                origin,
                targetName,
                Action.DELETE,
                List.of(),
                Optional.empty(),
                List.of(),
                MonthlyCost.NOTHING,
                MonthlyCost.NOTHING,
                notes);
    }

    /** What comes on top and depends on use, so that no plan can know it. */
    private static Optional<String> beyondTheWeek(WarmPolicySpec spec) {
        List<String> beyond = new ArrayList<>();
        WarmCapacitySpec capacity = spec.provisionedConcurrency();
        if (capacity == null) {
            return Optional.empty();
        }
        if (capacity.targetTracking() != null) {
            TargetTracking tracking = capacity.targetTracking().orDefaults();
            beyond.add("target tracking (" + tracking.min() + " to " + tracking.max() + " by use)");
        }
        if (capacity.forecast() != null && capacity.forecast().orDefaults().mode() == ForecastMode.ENFORCE) {
            beyond.add("what the forecast adds");
        }
        if (spec.keepWarm() != null) {
            beyond.add("pings, each billed like an invocation and not in the cost");
        }
        return beyond.isEmpty()
                ? Optional.empty()
                : Optional.of("the week has baseline, windows and exceptions; not in it: " + String.join("; ", beyond));
    }

    /** What the week alone does not show. */
    private static void week(
            WarmCapacitySpec spec, Asked asked, List<Change> week, OptionalInt most, List<String> notes) {
        List<Asked> all = Stream.concat(Stream.of(asked), week.stream().map(Change::asked))
                .toList();
        boolean neverNone = spec.targetTracking() != null
                && spec.targetTracking().orDefaults().min() > 0;
        if (!neverNone
                && all.stream().anyMatch(a -> a.capacity() == 0)
                && all.stream().anyMatch(a -> a.capacity() > 0)) {
            notes.add(
                    "going to or from no provisioned concurrency replaces the endpoint configuration and its containers:"
                            + " expect cold starts; a baseline of 1 avoids that");
        }
        String cut = all.stream()
                .filter(a -> a.capacity() > most.orElse(Integer.MAX_VALUE))
                .map(Asked::describe)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!cut.isEmpty()) {
            notes.add("maxConcurrency (" + most.getAsInt() + ") of the endpoint cuts " + cut);
        }
    }

    private static Asked cut(Asked asked, OptionalInt most) {
        return new Asked(Math.min(asked.capacity(), most.orElse(Integer.MAX_VALUE)), asked.source(), asked.name());
    }

    /** Without what is no change any more. */
    private static List<Change> cut(Asked first, List<Change> week, OptionalInt most) {
        List<Change> changes = new ArrayList<>();
        int before = cut(first, most).capacity();
        for (Change change : week) {
            Asked asked = cut(change.asked(), most);
            if (asked.capacity() != before) {
                changes.add(new Change(change.at(), asked));
                before = asked.capacity();
            }
        }
        return changes;
    }

    private record Costs(MonthlyCost least, MonthlyCost most) {
        private static final Costs NONE = new Costs(MonthlyCost.NOTHING, MonthlyCost.NOTHING);
    }

    private Costs costs(WarmCapacitySpec spec, Timeline sample, Optional<ServerlessEndpoint> target) {
        if (target.isEmpty()) {
            MonthlyCost unknown = MonthlyCost.ofProvisionedConcurrency(PriceBook.empty(), "", 0, 1);
            return new Costs(unknown, unknown);
        }
        Optional<TargetTracking> tracking = Optional.ofNullable(spec.targetTracking());
        int most = target.get().getSpec().serverless().maxConcurrency();
        return new Costs(
                cost(sample, tracking.map(TargetTracking::min).orElse(0), most, target.get()),
                cost(sample, tracking.map(TargetTracking::max).orElse(0), most, target.get()));
    }

    /** The schedule with nothing below {@code least} and nothing above {@code most}, as a month. */
    private MonthlyCost cost(Timeline sample, int least, int most, ServerlessEndpoint target) {
        int floor = Math.min(least, most);
        long seconds = floor * SAMPLE.toSeconds() + sample.slotSecondsAbove(floor) - sample.slotSecondsAbove(most);
        MonthlyCost one = MonthlyCost.ofProvisionedConcurrency(
                prices, target.getSpec().region(), target.getSpec().serverless().memorySizeInMB(), 1);
        return seconds == 0
                ? MonthlyCost.NOTHING
                : new MonthlyCost(
                        one.usd().map(usd -> usd.multiply(BigDecimal.valueOf((double) seconds / SAMPLE.toSeconds()))),
                        one.estimate());
    }

    private static void budget(WarmBudget budget, Costs costs, List<String> notes) {
        if (budget == null
                || costs.most().usd().isEmpty()
                || costs.least().usd().isEmpty()) {
            return;
        }
        BigDecimal limit = BigDecimal.valueOf(budget.monthlyUSD());
        if (costs.most().usd().get().compareTo(limit) <= 0) {
            return;
        }
        String when = costs.least().usd().get().compareTo(limit) > 0 ? "" : " when use is high";
        notes.add("spec.budget.monthlyUSD (" + budget.monthlyUSD() + ") "
                + (budget.onExceededOrDefault() == BudgetAction.CLAMP
                        ? "would cut it" + when
                        : "would be exceeded" + when + ", and that is only said"));
    }
}
