package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.KeepWarmSpec;
import dev.pilotlight.api.v1alpha1.KeepWarmStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.domain.condition.Reported;
import dev.pilotlight.domain.condition.StatusConditions;
import dev.pilotlight.domain.endpoint.Demand;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.budget.PastLedgers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The ledger of a policy as of now: from memory, from its status, or where both are lost the most that it can have used. */
record Books(Situation situation, Instant now) {
    /** Until then a policy without a status is a new one; beyond it somebody may as well have cleared the status. */
    private static final Duration NEW = Duration.ofMinutes(10);

    /**
     * @param running what runs from now on
     * @param ran what ran, as far as nobody knows
     * @param highest the highest that may have been asked for this month
     */
    Ledger ledger(int running, int ran, int highest, Target target) {
        int memory = target.memorySizeInMB();
        Ledger known = situation
                .ledger()
                .or(() -> Ledger.read(situation.remembered().ledger())
                        .map(read -> situation.spec().keepWarm() == null
                                ? read
                                : read.withPingsUncounted(situation.createdAt(), now)))
                .orElseGet(() -> begin(ran, highest, memory));
        return known.at(now).running(running, memory);
    }

    /** The first ledger of a policy, or one in the place of one that was lost. */
    private Ledger begin(int ran, int highest, int memory) {
        boolean lost = isOld() && !neverInForce();
        Ledger whole = Ledger.lost(
                neverInForce() ? now : situation.createdAt(), lost ? Math.max(ran, highest) : ran, memory, now);
        Ledger own = lost ? whole.pinged(pings()) : whole;
        return situation
                .pastLedger()
                .flatMap(past -> PastLedgers.inherited(past, situation.createdAt(), Demand.HOLD, now))
                .filter(past -> past.month().equals(own.month()))
                .map(own::plus)
                .orElse(own);
    }

    private boolean isOld() {
        return situation.createdAt().plus(NEW).isBefore(now);
    }

    /** It was refused or waited until now, and paid for nothing. */
    private boolean neverInForce() {
        WarmPolicyStatus remembered = situation.remembered();
        return Reported.by(remembered.observedGeneration())
                && remembered.demand() == null
                && remembered.target() == null
                && remembered.ledger() == null
                && !StatusConditions.isTrue(remembered.conditions(), ConditionTypes.READY);
    }

    /** As if one had been sent at every interval, and each had taken a second. */
    private long pings() {
        KeepWarmSpec spec = situation.spec().keepWarm();
        if (spec == null) {
            return 0;
        }
        int seconds = spec.intervalOrDefault().seconds();
        int interval = Optional.ofNullable(situation.remembered().keepWarm())
                .map(KeepWarmStatus::intervalSeconds)
                .map(learned -> Math.min(learned, seconds))
                .orElse(seconds);
        Instant month = Ledger.monthBegin(now);
        Instant since = situation.createdAt().isAfter(month) ? situation.createdAt() : month;
        long elapsed = Duration.between(since, now).toSeconds();
        return elapsed / Math.max(1, interval) * spec.concurrencyOrDefault();
    }
}
