package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.NextChange;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmExecutor;
import dev.pilotlight.api.v1alpha1.WarmLedger;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.domain.condition.StatusConditions;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.endpoint.Announcement;
import dev.pilotlight.domain.endpoint.Demand;
import dev.pilotlight.domain.endpoint.Verdict;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.warm.budget.Cost;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.schedule.Asked;
import dev.pilotlight.domain.warm.tracking.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A conclusion in the making. It sees to it that nothing in a status ticks: what only grows is written along with what changed. */
final class WarmDraft {
    private static final Duration LEDGER_PERIOD = Duration.ofDays(1);

    /** AWS may move the capacity hundreds of times a day. */
    private static final Duration LEDGER_PERIOD_BY_AWS = Duration.ofHours(1);

    final Situation situation;
    final Instant now;

    private final WarmPolicyStatus before;
    private final WarmPolicyStatusBuilder facts;
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private Optional<Tracked> tracked = Optional.empty();
    private Optional<Ledger> ledger = Optional.empty();
    private Optional<WarmLedger> written = Optional.empty();
    private Optional<Instant> nextLook = Optional.empty();
    private Optional<String> inWords = Optional.empty();
    private final List<String> distrusted = new ArrayList<>();
    private boolean pingsHeld;
    /** Until then what runs is on the policy's account although it is out of force. */
    private Instant heldUntil;

    WarmDraft(Situation situation, Instant now) {
        this.situation = situation;
        this.now = now;
        before = situation.remembered();
        heldUntil = now;
        facts = new WarmPolicyStatusBuilder(before)
                .observedGeneration(situation.generation())
                .conditions(null);
        facts.forecast(situation.forecast().orElse(null));
    }

    // ---- what it is made of

    void verdict(String type, Status status, String reason, String message) {
        verdicts.add(new Verdict(type, status, reason, message));
    }

    void lookAgain(Instant at) {
        nextLook = Optional.of(nextLook.filter(at::isAfter).orElse(at));
    }

    /** Metrics cannot be trusted, and this is what becomes of it. */
    void distrust(String message) {
        distrusted.add(message);
    }

    /** The budget is spent, and each ping would cost more. */
    void holdPings() {
        pingsHeld = true;
    }

    void tracked(Optional<Tracked> value) {
        tracked = value;
    }

    void next(Optional<NextChange> change) {
        facts.next(change.orElse(null));
    }

    void budget(String reason, String message) {
        verdict(ConditionTypes.BUDGET_EXCEEDED, Status.TRUE, reason, message);
        boolean said = StatusConditions.find(before.conditions(), ConditionTypes.BUDGET_EXCEEDED)
                .filter(condition -> reason.equals(condition.reason()))
                .isPresent();
        if (!said) {
            announcements.add(new Announcement(true, reason, message));
        }
    }

    /**
     * @param value as of now
     * @param usd what it comes to
     */
    void ledger(Ledger value, String usd) {
        ledger = Optional.of(value);
        written = Optional.of(value.write(usd));
    }

    /**
     * @param demand without its since, which stays while the demand does
     */
    void demand(WarmDemand demand, Asked setter) {
        WarmDemand last = before.demand();
        boolean same = last != null && without(last).equals(demand);
        String since = same && last.since() != null
                ? last.since()
                : now.truncatedTo(ChronoUnit.SECONDS).toString();
        facts.demand(new WarmDemand(
                demand.provisionedConcurrency(),
                demand.range(),
                demand.source(),
                demand.name(),
                demand.clampedBy(),
                demand.wanted(),
                since));
        inWords = Optional.of(words(demand, setter));
        if (last == null || !sameNumber(last, demand)) {
            announcements.add(new Announcement(
                    false,
                    "CapacityDemanded",
                    amount(demand) + " by " + setter.describe() + cut(demand) + was(last) + cost(demand)));
        }
    }

    private static WarmDemand without(WarmDemand demand) {
        return new WarmDemand(
                demand.provisionedConcurrency(),
                demand.range(),
                demand.source(),
                demand.name(),
                demand.clampedBy(),
                demand.wanted(),
                null);
    }

    private static boolean sameNumber(WarmDemand a, WarmDemand b) {
        return Objects.equals(a.provisionedConcurrency(), b.provisionedConcurrency())
                && Objects.equals(a.range(), b.range());
    }

    private static String amount(WarmDemand demand) {
        CapacityRange range = demand.range();
        if (range != null) {
            return range.min() + " to " + range.max();
        }
        return demand.provisionedConcurrency() == 0 ? "none" : String.valueOf(demand.provisionedConcurrency());
    }

    private static String was(WarmDemand last) {
        return last == null ? "" : ", was " + amount(last);
    }

    private static String cut(WarmDemand demand) {
        if (demand.clampedBy() == null || demand.wanted() == null) {
            return "";
        }
        String by = demand.clampedBy() == WarmClamp.BUDGET ? "the budget" : "the endpoint's maxConcurrency";
        return ", cut by " + by + " from " + demand.wanted();
    }

    private static String cost(WarmDemand demand) {
        return Integer.valueOf(0).equals(demand.provisionedConcurrency()) ? "; from now on first calls start cold" : "";
    }

    private String words(WarmDemand demand, Asked setter) {
        String target = situation.targetName();
        if (demand.range() != null) {
            return "AWS keeps " + amount(demand) + " warm for " + target + "; the least by " + setter.describe();
        }
        return demand.provisionedConcurrency() == 0
                ? "nothing is kept warm for " + target + " now (" + setter.describe() + "): first calls start cold"
                : amount(demand) + (demand.provisionedConcurrency() == 1 ? " is" : " are") + " kept warm for " + target
                        + " by " + setter.describe();
    }

    // ---- how it ends

    WarmDecision suspended() {
        String message =
                "spec.suspend is true: the policy is out of force, and its capacity gives way ten minutes after it was suspended";
        verdict(ConditionTypes.READY, Status.FALSE, Reasons.SUSPENDED, message);
        verdict(ConditionTypes.SUSPENDED, Status.TRUE, Reasons.SUSPENDED, message);
        heldUntil =
                since(ConditionTypes.SUSPENDED, Reasons.SUSPENDED).orElse(now).plus(Demand.HOLD);
        return outOfForce();
    }

    WarmDecision refused(String reason, String message) {
        verdict(ConditionTypes.READY, Status.FALSE, reason, message);
        verdict(ConditionTypes.STALLED, Status.TRUE, reason, message);
        return outOfForce();
    }

    /** The cause may pass by itself; a person is asked when it has lasted. */
    WarmDecision waiting(String reason, String message, Duration stallAfter) {
        Instant since = since(ConditionTypes.STALLED, reason)
                .map(stalled -> Instant.EPOCH)
                .or(() -> since(ConditionTypes.RECONCILING, reason))
                .orElse(now);
        boolean stalled = !now.isBefore(since.plus(stallAfter));
        verdict(ConditionTypes.READY, Status.FALSE, reason, message);
        verdict(stalled ? ConditionTypes.STALLED : ConditionTypes.RECONCILING, Status.TRUE, reason, message);
        if (!stalled) {
            lookAgain(since.plus(stallAfter));
        }
        return outOfForce();
    }

    private Optional<Instant> since(String type, String reason) {
        return StatusConditions.find(before.conditions(), type)
                .filter(condition -> reason.equals(condition.reason()))
                .map(Condition::lastTransitionTime)
                .map(Instant::parse);
    }

    /** What is demanded stays: a slip of the pen must not let an endpoint go cold. */
    WarmDecision invalidSchedule(String message) {
        verdict(ConditionTypes.READY, Status.FALSE, Reasons.INVALID_SCHEDULE, message);
        verdict(
                ConditionTypes.STALLED,
                Status.TRUE,
                Reasons.INVALID_SCHEDULE,
                message + (before.demand() == null ? "" : "; what was demanded before stays"));
        facts.next(null);
        return conclude();
    }

    WarmDecision inForce() {
        return inForce(inWords.orElseThrow());
    }

    WarmDecision inForce(String message) {
        if (inWords.isEmpty()) {
            facts.demand(null).next(null);
        }
        verdict(ConditionTypes.READY, Status.TRUE, Reasons.IN_FORCE, message);
        return conclude();
    }

    private WarmDecision outOfForce() {
        facts.demand(null).next(null);
        return conclude();
    }

    private WarmDecision conclude() {
        if (!distrusted.isEmpty()) {
            verdict(
                    ConditionTypes.METRICS_UNAVAILABLE,
                    Status.TRUE,
                    Reasons.METRICS_NOT_TRUSTED,
                    String.join("; ", distrusted));
        }
        if (ledger.isEmpty()) {
            stillToBePaidFor();
        }
        WarmPolicyStatus status = facts.build();
        boolean moved = !Objects.equals(status.demand(), before.demand());
        written.ifPresent(value -> {
            if (moved || ledgerIsDue(ledger.orElseThrow())) {
                facts.ledger(value).target(situation.targetName());
                facts.leadSeconds(
                        status.demand() == null
                                ? null
                                : (Integer) (int) situation.lead().toSeconds());
            }
            Instant daily = Instant.parse(facts.build().ledger().asOf()).plus(LEDGER_PERIOD);
            lookAgain(daily.isAfter(now) ? daily : now.plus(LEDGER_PERIOD));
        });
        return new WarmDecision(facts.build(), verdicts, announcements, tracked, ledger, pingsHeld, nextLook);
    }

    /** Out of force nothing runs on our account any more, once it gave way. */
    private void stillToBePaidFor() {
        situation.ledger().or(() -> Ledger.read(before.ledger())).ifPresent(known -> {
            boolean held = known.running() > 0 && now.isBefore(heldUntil);
            if (held) {
                lookAgain(heldUntil);
            }
            Ledger idle = held
                    ? known.at(now)
                    : known.at(now.isBefore(heldUntil) ? now : heldUntil)
                            .running(0, known.memorySizeInMB())
                            .at(now);
            String region = situation.target().map(Target::region).orElse("");
            PriceBook prices = situation.prices();
            ledger(idle, Cost.of(idle, prices, region).describe());
        });
    }

    private boolean ledgerIsDue(Ledger value) {
        Optional<Ledger> read = Ledger.read(before.ledger());
        if (read.isEmpty()) {
            return true;
        }
        Ledger last = read.get();
        if (!last.month().equals(value.month())) {
            return true;
        }
        boolean otherCapacity = last.running() != value.running() || last.memorySizeInMB() != value.memorySizeInMB();
        boolean byAws = situation.spec().executorOrDefault() == WarmExecutor.APPLICATION_AUTO_SCALING;
        Duration age = Duration.between(last.asOf(), now);
        return age.compareTo(LEDGER_PERIOD) >= 0
                || (otherCapacity && (!byAws || age.compareTo(LEDGER_PERIOD_BY_AWS) >= 0));
    }
}
