package dev.pilotlight.operator.warm;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.IntervalMode;
import dev.pilotlight.api.v1alpha1.KeepWarmSpec;
import dev.pilotlight.api.v1alpha1.KeepWarmStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.WarmLedger;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.endpoint.Verdict;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.warm.budget.Cost;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.budget.SpentByDay;
import dev.pilotlight.domain.warm.decision.Situation;
import dev.pilotlight.domain.warm.decision.Target;
import dev.pilotlight.domain.warm.decision.WarmDecision;
import dev.pilotlight.domain.warm.schedule.Schedule;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.metrics.OperatorMetrics;
import dev.pilotlight.operator.warm.WarmMemories.Memory;
import dev.pilotlight.operator.warm.coldstart.ColdStartReader;
import dev.pilotlight.operator.warm.ping.KeepWarm;
import dev.pilotlight.operator.warm.ping.Pinged;
import dev.pilotlight.operator.warm.ping.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a policy in force sets going beside its demand: its pings, and the daily look at the cold starts that were left. */
final class WarmDuties {
    private final KeepWarm keepWarm;
    private final ColdStartReader coldStarts;
    private final WarmNeighbours neighbours;
    private final Function<ServerlessEndpoint, Optional<SessionRequest>> sessions;
    private final Inventory inventory;
    private final OperatorMetrics metrics;
    private final Map<String, Runnable> shown = new ConcurrentHashMap<>();

    /**
     * @param sessions how an endpoint's namespace may use AWS
     */
    WarmDuties(
            KeepWarm keepWarm,
            ColdStartReader coldStarts,
            WarmNeighbours neighbours,
            Function<ServerlessEndpoint, Optional<SessionRequest>> sessions,
            Inventory inventory,
            OperatorMetrics metrics) {
        this.keepWarm = keepWarm;
        this.coldStarts = coldStarts;
        this.neighbours = neighbours;
        this.sessions = sessions;
        this.inventory = inventory;
        this.metrics = metrics;
    }

    /** Sees to it that what the decision calls for goes on, and nothing else. */
    void follow(WarmPolicy object, Situation situation, WarmDecision decision) {
        String uid = object.getMetadata().getUid();
        Optional<ServerlessEndpoint> endpoint =
                neighbours.endpoint(object).filter(any -> inForce(decision)).filter(WarmDuties::isKnownToAws);
        if (endpoint.isEmpty()) {
            end(uid);
            return;
        }
        // An identity may be taken away, and come back, long after this pass.
        Supplier<Optional<SessionRequest>> session =
                () -> neighbours.endpoint(object).flatMap(sessions);
        ServerlessEndpointStatus status = endpoint.get().getStatus();
        coldStarts.follow(new ColdStartReader.Subject(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                uid,
                session,
                status.endpointName(),
                status.variantName()));
        if (object.getSpec().keepWarm() == null || endpoint.get().getSpec().suspended()) {
            keepWarm.stop(uid);
        } else {
            keepWarm.follow(wish(object, situation, decision, status, session));
        }
        shown.computeIfAbsent(uid, key -> show(object));
    }

    private Runnable show(WarmPolicy object) {
        String uid = object.getMetadata().getUid();
        return metrics.watchColdStarts(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                () -> coldStarts.today(uid),
                () -> keepWarm.of(uid).map(Pinged::interval));
    }

    /** It is Ready, or what it demanded stays although its schedule cannot be read now. */
    private static boolean inForce(WarmDecision decision) {
        return decision.facts().demand() != null
                || decision.verdicts().stream()
                        .anyMatch(verdict ->
                                verdict.type().equals(ConditionTypes.READY) && verdict.status() == Verdict.Status.TRUE);
    }

    private static boolean isKnownToAws(ServerlessEndpoint endpoint) {
        ServerlessEndpointStatus status = endpoint.getStatus();
        return status != null
                && status.endpointName() != null
                && status.variantName() != null
                && status.accountID() != null
                && status.region() != null;
    }

    private Wish wish(
            WarmPolicy object,
            Situation situation,
            WarmDecision decision,
            ServerlessEndpointStatus status,
            Supplier<Optional<SessionRequest>> session) {
        KeepWarmSpec spec = object.getSpec().keepWarm();
        int most = situation.target().map(Target::maxConcurrency).orElse(1);
        return new Wish(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                object.getMetadata().getUid(),
                session,
                status.endpointName(),
                status.variantName(),
                spec,
                learned(situation.remembered().keepWarm()),
                Math.min(spec.concurrencyOrDefault(), most),
                wanted(object, spec),
                !decision.pingsHeld(),
                () -> standing(status));
    }

    private static Optional<Wish.Learned> learned(KeepWarmStatus before) {
        if (before == null || before.intervalSeconds() == null) {
            return Optional.empty();
        }
        Optional<Instant> seen = Optional.ofNullable(before.goneSeen())
                .map(date -> LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant());
        return Optional.of(new Wish.Learned(
                Duration.ofSeconds(before.intervalSeconds()),
                Optional.ofNullable(before.goneAfterSeconds())
                        .filter(any -> seen.isPresent())
                        .map(Duration::ofSeconds),
                seen.orElse(Instant.EPOCH)));
    }

    private static Predicate<Instant> wanted(WarmPolicy object, KeepWarmSpec spec) {
        if (!spec.inWindowsOnly()) {
            return at -> true;
        }
        return object.getSpec().provisionedConcurrency() != null
                        && Schedule.read(object.getSpec().provisionedConcurrency())
                                instanceof Schedule.Reading.Valid valid
                ? valid.schedule()::isOpen
                : at -> false;
    }

    private Wish.Standing standing(ServerlessEndpointStatus status) {
        return inventory
                .endpoint(new Location(status.accountID(), status.region()), status.endpointName())
                .found()
                .map(endpoint -> new Wish.Standing(
                        endpoint.status() == EndpointStatus.IN_SERVICE,
                        endpoint.capacity()
                                .map(capacity -> capacity.concurrency().provisioned())
                                .orElse(0)))
                .orElse(new Wish.Standing(false, 0));
    }

    /** Nothing more is done for the policy. */
    void end(String uid) {
        keepWarm.stop(uid);
        coldStarts.stop(uid);
        Runnable gone = shown.remove(uid);
        if (gone != null) {
            gone.run();
        }
    }

    /** Whole seconds that pings took since this was last asked. */
    long pingSeconds(WarmPolicy object) {
        return keepWarm.of(object.getMetadata().getUid())
                .map(Pinged::drainBilledSeconds)
                .orElse(0L);
    }

    /** Adds to what was spent today. */
    void spent(Memory memory, Situation situation, Instant now) {
        if (memory.ledger().isEmpty() || situation.target().isEmpty()) {
            return;
        }
        Ledger ledger = memory.ledger().get();
        Cost total =
                Cost.of(ledger, situation.prices(), situation.target().get().region());
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        memory.spent(memory.spent()
                .or(() -> Ledger.read(situation.remembered().ledger())
                        .map(written -> SpentByDay.resume(
                                written,
                                situation.remembered().ledger().usdAtMidnight(),
                                situation.prices(),
                                situation.target().get().region(),
                                today)))
                .map(known -> known.at(today, ledger.month(), total))
                .orElseGet(() -> SpentByDay.begin(today, ledger.month(), total)));
    }

    /** Adds the figures of the last day that is over. Each is written once: nothing in them ticks. */
    WarmPolicyStatus daily(WarmPolicy object, Situation situation, Memory memory, WarmPolicyStatus facts, Instant now) {
        WarmPolicyStatusBuilder status = new WarmPolicyStatusBuilder(facts);
        WarmPolicyStatus before = situation.remembered();
        String uid = object.getMetadata().getUid();
        coldStarts
                .yesterday(uid)
                // A day without calls and costs says nothing, and the last one that did stands.
                .filter(day -> day.invocations() > 0
                        || memory.spent()
                                .filter(spent -> spent.cost(day.date()))
                                .isPresent())
                .filter(day -> before.coldStarts() == null
                        || !day.date().toString().equals(before.coldStarts().date()))
                .ifPresent(day -> status.coldStarts(day.status(
                        memory.spent().map(spent -> spent.describe(day.date())).orElse("unknown"))));
        if (facts.ledger() != null && !facts.ledger().equals(before.ledger())) {
            status.ledger(withMidnight(
                    facts.ledger(),
                    memory.spent().flatMap(SpentByDay::atMidnight).orElse(null)));
        }
        if (object.getSpec().keepWarm() == null) {
            return status.keepWarm(null).build();
        }
        keepWarm.of(uid)
                .flatMap(pinged -> news(
                        pinged,
                        Optional.ofNullable(before.keepWarm()),
                        object.getSpec().keepWarm(),
                        situation,
                        now))
                .ifPresent(status::keepWarm);
        return status.build();
    }

    private static WarmLedger withMidnight(WarmLedger ledger, String usdAtMidnight) {
        return new WarmLedger(
                ledger.month(),
                ledger.slotSeconds(),
                ledger.pingSeconds(),
                ledger.asOf(),
                ledger.provisionedConcurrency(),
                ledger.memorySizeInMB(),
                ledger.usd(),
                usdAtMidnight);
    }

    /** What is worth a write: a day that is over, or another interval. */
    private static Optional<KeepWarmStatus> news(
            Pinged pinged, Optional<KeepWarmStatus> before, KeepWarmSpec spec, Situation situation, Instant now) {
        int interval = (int) pinged.interval().toSeconds();
        int told = before.map(KeepWarmStatus::intervalSeconds)
                .orElse(spec.intervalOrDefault().seconds());
        Optional<Pinged.Day> day = pinged.lastDay(now)
                .filter(over -> before.filter(known -> over.date().toString().equals(known.date()))
                        .isEmpty());
        if (day.isEmpty() && interval == told) {
            return Optional.empty();
        }
        boolean auto = spec.intervalOrDefault().mode() == IntervalMode.AUTO;
        Integer goneAfter =
                auto ? pinged.goneAfter().map(gap -> (int) gap.toSeconds()).orElse(null) : null;
        String goneSeen = auto
                ? pinged.goneSeen()
                        .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC).toString())
                        .orElse(null)
                : null;
        return day.map(over -> new KeepWarmStatus(
                        interval,
                        goneAfter,
                        goneSeen,
                        over.date().toString(),
                        over.whole()
                                ? null
                                : over.from().truncatedTo(ChronoUnit.SECONDS).toString(),
                        over.pings(),
                        over.cold(),
                        usd(over, situation)))
                .or(() -> Optional.of(before.map(known -> new KeepWarmStatus(
                                interval,
                                goneAfter,
                                goneSeen,
                                known.date(),
                                known.countedFrom(),
                                known.pings(),
                                known.coldPings(),
                                known.estimatedUSD()))
                        .orElse(new KeepWarmStatus(interval, goneAfter, goneSeen, null, null, null, null, null))));
    }

    private static String usd(Pinged.Day day, Situation situation) {
        return situation
                .target()
                .map(target -> Cost.ofPings(day.billed(), situation.prices(), target.region(), target.memorySizeInMB())
                        .describe())
                .orElse("unknown");
    }
}
