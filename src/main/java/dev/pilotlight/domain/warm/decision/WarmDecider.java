package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.NextChange;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.TargetTracking;
import dev.pilotlight.api.v1alpha1.WarmCapacitySpec;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmExecutor;
import dev.pilotlight.api.v1alpha1.WarmSource;
import dev.pilotlight.domain.condition.Reported;
import dev.pilotlight.domain.warm.budget.Cost;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.budget.Wishes;
import dev.pilotlight.domain.warm.schedule.Asked;
import dev.pilotlight.domain.warm.schedule.Change;
import dev.pilotlight.domain.warm.schedule.Prospect;
import dev.pilotlight.domain.warm.schedule.Schedule;
import dev.pilotlight.domain.warm.schedule.Timeline;
import dev.pilotlight.domain.warm.tracking.Tracked;
import dev.pilotlight.domain.warm.tracking.Tracker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Decides what a policy demands. The highest of what asks for capacity wins; the endpoint's maxConcurrency and then the budget cut it. What
 * was demanded before matters in two places only, so that a restart or a jump of the clock ends in the same place: short dips between
 * windows are bridged, and a cut is lifted with something to spare.
 */
public final class WarmDecider {
    /** What moves by itself is looked at this often: CloudWatch has one value a minute, and the inventory looks as often. */
    private static final Duration TRACKING_PERIOD = Duration.ofMinutes(1);

    private final Duration stallAfter;

    /**
     * @param stallAfter how long a missing endpoint is waited for before a person is asked
     */
    public WarmDecider(Duration stallAfter) {
        this.stallAfter = stallAfter;
    }

    /** Whether this policy needs to know what its endpoint's use is. */
    public static boolean measures(Situation situation) {
        return tracking(situation).isPresent()
                && situation.spec().executorOrDefault() != WarmExecutor.APPLICATION_AUTO_SCALING;
    }

    public WarmDecision decide(Situation situation, Instant now) {
        WarmDraft draft = new WarmDraft(situation, now);
        if (situation.spec().suspended()) {
            chargeWhatWasLost(draft);
            return draft.suspended();
        }
        if (situation.olderRival().isPresent()) {
            String older = situation.olderRival().get();
            return draft.refused(
                    Reasons.TARGET_TAKEN,
                    "WarmPolicy " + older + " is older and has the same endpoint: delete one of the two, or suspend "
                            + older);
        }
        if (situation.target().isEmpty()) {
            return draft.waiting(
                    Reasons.TARGET_NOT_FOUND,
                    "there is no ServerlessEndpoint " + situation.targetName()
                            + " in this namespace: create it, or correct spec.targetRef.name",
                    stallAfter);
        }
        if (situation.target().get().deleting()) {
            return draft.waiting(
                    Reasons.TARGET_DELETING,
                    "ServerlessEndpoint " + situation.targetName()
                            + " is being deleted: delete this policy, or point it to another endpoint",
                    stallAfter);
        }
        WarmCapacitySpec capacity = situation.spec().provisionedConcurrency();
        if (capacity == null) {
            pingsOnly(draft, situation.target().get());
            return draft.inForce(
                    "pings keep " + situation.targetName() + " warm; its provisioned concurrency is its own");
        }
        return switch (Schedule.read(capacity)) {
            case Schedule.Reading.Invalid invalid -> {
                stays(draft, situation.target().get());
                yield draft.invalidSchedule(String.join("; ", invalid.problems()));
            }
            case Schedule.Reading.Valid valid ->
                inForce(draft, valid.schedule(), situation.target().get());
        };
    }

    private WarmDecision inForce(WarmDraft draft, Schedule schedule, Target target) {
        Situation situation = draft.situation;
        Instant now = draft.now;
        boolean byAws = situation.spec().executorOrDefault() == WarmExecutor.APPLICATION_AUTO_SCALING;
        int most = target.maxConcurrency();
        Optional<Schedule> foreseen = foreseen(situation);
        int highest = Math.min(most, highest(situation, schedule, foreseen, now));
        Ledger ledger = new Books(situation, now)
                .ledger(target.running(), Math.max(target.running(), running(situation)), highest, target);
        draft.ledger(
                ledger, Cost.of(ledger, situation.prices(), target.region()).describe());

        Optional<Tracked> tracked = byAws ? Optional.empty() : tracked(draft, target);
        situation.outlook().flatMap(Outlook::trouble).ifPresent(draft::distrust);
        Layers layers =
                Layers.of(schedule, asked(situation, tracked), foreseen, running(situation), situation.lead(), now);
        Wishes wishes = layers.wishes(
                most, situation.spec().budget() == null ? 0 : windowSecondsLeft(schedule, most, ledger, now));
        Spending.Limit limit = Spending.limit(draft, forAws(situation, wishes, most), ledger, target);
        int left = limit.capacity();
        int capacity = Math.min(wishes.all(), left);
        Optional<WarmClamp> clamp = capacity < wishes.all()
                ? Optional.of(WarmClamp.BUDGET)
                : wishes.all() < layers.all().capacity() ? Optional.of(WarmClamp.MAX_CONCURRENCY) : Optional.empty();
        Asked setter = layers.setterOf(capacity);

        draft.demand(
                byAws
                        ? ranged(draft, layers, capacity, most, left, clamp)
                        : new WarmDemand(
                                capacity,
                                null,
                                setter.source(),
                                setter.name().orElse(null),
                                clamp.orElse(null),
                                clamp.isPresent() ? layers.all().capacity() : null,
                                null),
                setter);
        Prospect prospect = prospect(situation, schedule, foreseen, most);
        Optional<Change> next = limit.spent()
                ? Optional.of(prospect.changeAt(ledger.monthEnd(), situation.lead()))
                        .filter(change -> change.asked().capacity() > 0)
                : prospect.nextChange(now, situation.lead());
        draft.next(next.map(change -> new NextChange(
                change.at().toString(),
                change.asked().capacity(),
                change.asked().source(),
                change.asked().name().orElse(null))));
        Stream.concat(Stream.of(schedule), foreseen.stream())
                .flatMap(windows -> windows.nextChange(now, situation.lead()).stream())
                .forEach(change -> draft.lookAgain(change.at()));
        if (tracked.isPresent() || byAws) {
            // AWS moves the number without telling anybody, and it is paid for.
            draft.lookAgain(now.plus(TRACKING_PERIOD));
        }
        return draft.inForce();
    }

    /** What windows and exceptions will take above the baseline, as far as the endpoint can have it. */
    private static long windowSecondsLeft(Schedule schedule, int most, Ledger ledger, Instant now) {
        if (!ledger.monthEnd().isAfter(now)) {
            return 0;
        }
        Timeline rest = schedule.between(now, ledger.monthEnd());
        return rest.slotSecondsAbove(Math.min(schedule.baseline(), most)) - rest.slotSecondsAbove(most);
    }

    /** What will hold later, as far as windows and forecast say: what tracking will ask for above its least nobody knows. */
    private static Prospect prospect(Situation situation, Schedule schedule, Optional<Schedule> foreseen, int most) {
        int least = tracking(situation).map(TargetTracking::min).orElse(0);
        return new Prospect(schedule, foreseen, least, most, running(situation), Layers.DIP);
    }

    /** The highest that may have been asked for this month, as far as anybody knows. */
    private static int highest(Situation situation, Schedule schedule, Optional<Schedule> foreseen, Instant now) {
        Instant begin = Ledger.monthBegin(now);
        int tracked = tracking(situation).map(TargetTracking::max).orElse(0);
        int recommended = foreseen.map(windows -> windows.highest(begin, now)).orElse(0);
        return Math.max(schedule.highest(begin, now), Math.max(tracked, recommended));
    }

    /** What the forecast recommends, where that may be acted on. */
    private static Optional<Schedule> foreseen(Situation situation) {
        return Schedule.foreseen(
                situation.spec().provisionedConcurrency(), situation.forecast().orElse(null));
    }

    /** The range in which AWS moves: at least what windows ask for, at most what tracking may have, and all of it within the budget. */
    private static WarmDemand ranged(
            WarmDraft draft, Layers layers, int capacity, int most, int left, Optional<WarmClamp> clamp) {
        int min = Math.max(1, capacity);
        int wanted = Math.max(
                Math.min(layers.all().capacity(), most),
                Math.min(tracking(draft.situation).map(TargetTracking::max).orElse(0), most));
        int max = Math.max(min, Math.min(wanted, left));
        Optional<WarmClamp> by = max < wanted ? Optional.of(WarmClamp.BUDGET) : clamp;
        Asked setter = layers.setterOf(capacity);
        return new WarmDemand(
                null,
                new CapacityRange(min, max),
                setter.source(),
                setter.name().orElse(null),
                by.orElse(null),
                by.isPresent() ? Math.max(wanted, layers.all().capacity()) : null,
                null);
    }

    private static Optional<TargetTracking> tracking(Situation situation) {
        return Optional.ofNullable(situation.spec().provisionedConcurrency())
                .map(WarmCapacitySpec::targetTracking)
                .map(TargetTracking::orDefaults);
    }

    private static Optional<Tracked> tracked(WarmDraft draft, Target target) {
        Situation situation = draft.situation;
        Optional<TargetTracking> spec = tracking(situation);
        if (spec.isEmpty()) {
            return Optional.empty();
        }
        Optional<Tracked> before = situation
                .tracked()
                .or(() -> demanded(situation)
                        .filter(demand -> demand.source() == WarmSource.TARGET_TRACKING)
                        .map(demand -> new Tracked(
                                demand.provisionedConcurrency(), since(demand, draft.now), Optional.empty())));
        Optional<Tracked> tracked = situation
                .measured()
                .map(measured -> Tracker.decide(spec.get(), target.maxConcurrency(), measured, before, draft.now))
                .or(() -> before);
        tracked.flatMap(Tracked::distrust)
                .ifPresent(why -> draft.distrust(
                        why + "; target tracking keeps " + tracked.get().capacity()));
        draft.tracked(tracked);
        // Before CloudWatch was asked, the least is what is safe.
        return tracked.or(() -> Optional.of(new Tracked(spec.get().min(), draft.now, Optional.empty())));
    }

    /** Under AWS's own scaling all that tracking may have counts as asked for. */
    private static Wishes forAws(Situation situation, Wishes wishes, int most) {
        if (situation.spec().executorOrDefault() != WarmExecutor.APPLICATION_AUTO_SCALING) {
            return wishes;
        }
        int top = Math.min(
                most,
                Math.max(
                        wishes.all(),
                        tracking(situation).map(TargetTracking::max).orElse(0)));
        return new Wishes(
                wishes.baseline(), wishes.windows(), top, top, wishes.windowSecondsLeft(), wishes.windowOpen());
    }

    /** Under AWS's own scaling the least of the range is what tracking asks for. */
    private static OptionalInt asked(Situation situation, Optional<Tracked> tracked) {
        return tracked.map(t -> OptionalInt.of(t.capacity()))
                .orElseGet(() -> tracking(situation)
                        .map(spec -> OptionalInt.of(spec.min()))
                        .orElse(OptionalInt.empty()));
    }

    private static Optional<WarmDemand> demanded(Situation situation) {
        return Optional.ofNullable(situation.remembered().demand()).filter(d -> d.provisionedConcurrency() != null);
    }

    private static int running(Situation situation) {
        return demanded(situation).map(WarmDemand::provisionedConcurrency).orElse(0);
    }

    private static Instant since(WarmDemand demand, Instant now) {
        return demand.since() == null ? now : Instant.parse(demand.since());
    }

    /** What is demanded goes on and is paid for; only a budget cuts it, as if it were for the rest of the month. */
    private static void stays(WarmDraft draft, Target target) {
        WarmDemand demand = draft.situation.remembered().demand();
        if (demand == null) {
            chargeWhatWasLost(draft);
            return;
        }
        Optional<CapacityRange> range = Optional.ofNullable(demand.range());
        int number = range.map(CapacityRange::max).orElseGet(() -> running(draft.situation));
        boolean wasCut = demand.clampedBy() == WarmClamp.BUDGET && demand.wanted() != null;
        int wanted = wasCut ? Math.min(demand.wanted(), target.maxConcurrency()) : number;
        Ledger ledger =
                new Books(draft.situation, draft.now).ledger(target.running(), target.running(), wanted, target);
        draft.ledger(
                ledger,
                Cost.of(ledger, draft.situation.prices(), target.region()).describe());
        Wishes wishes = new Wishes(wanted, wanted, wanted, wanted, 0, wanted > 0);
        int left =
                Math.min(wanted, Spending.limit(draft, wishes, ledger, target).capacity());
        boolean cut = left < wanted;
        WarmClamp otherwise = wasCut ? null : demand.clampedBy();
        draft.demand(
                new WarmDemand(
                        range.isPresent() ? null : left,
                        range.map(was -> new CapacityRange(Math.max(1, Math.min(was.min(), left)), Math.max(1, left)))
                                .orElse(null),
                        demand.source(),
                        demand.name(),
                        cut ? WarmClamp.BUDGET : otherwise,
                        cut ? (Integer) wanted : otherwise == null ? null : demand.wanted(),
                        null),
                new Asked(left, demand.source(), Optional.ofNullable(demand.name())));
        if (range.isPresent()) {
            draft.lookAgain(draft.now.plus(TRACKING_PERIOD));
        }
    }

    /** Whoever ends the suspension of a policy whose status was cleared must not find that it has used nothing. */
    private static void chargeWhatWasLost(WarmDraft draft) {
        Situation situation = draft.situation;
        boolean known = situation.ledger().isPresent()
                || Reported.by(situation.remembered().observedGeneration());
        if (known || situation.target().isEmpty()) {
            return;
        }
        Target target = situation.target().get();
        int highest = situation.spec().provisionedConcurrency() != null
                        && Schedule.read(situation.spec().provisionedConcurrency())
                                instanceof Schedule.Reading.Valid valid
                ? highest(situation, valid.schedule(), foreseen(situation), draft.now)
                : 0;
        Ledger lost = new Books(situation, draft.now)
                .ledger(0, target.running(), Math.min(target.maxConcurrency(), highest), target);
        if (!lost.isNothing()) {
            draft.ledger(
                    lost, Cost.of(lost, situation.prices(), target.region()).describe());
        }
    }

    /** What the endpoint provisions of its own is not paid for on this policy's account. */
    private static void pingsOnly(WarmDraft draft, Target target) {
        Ledger ledger = new Books(draft.situation, draft.now).ledger(0, 0, 0, target);
        draft.ledger(
                ledger,
                Cost.of(ledger, draft.situation.prices(), target.region()).describe());
        Spending.limit(draft, Wishes.NONE, ledger, target);
    }
}
