package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ForecastBackTest;
import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmLedger;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.api.v1alpha1.WarmWindow;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.tracking.Measured;
import dev.pilotlight.domain.warm.tracking.Tracked;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A policy for the endpoint sentiment, of 2 GB and at most 20 at a time, and what is known of it. It is Wednesday noon in March. */
final class Given {
    static final Instant NOON = Instant.parse("2026-03-11T12:00:00Z");
    static final WarmDecider DECIDER = new WarmDecider(Duration.ofMinutes(2));
    private static final PriceBook PRICES = PriceBook.parse(List.of(
            "region,item,memory_gb,unit,usd,confidence,as_of,source",
            "us-east-1,provisioned-usage,2,slot-second,0.0000100,verified,2026-05-08,list",
            "us-east-1,on-demand-duration,2,second,0.0000400,verified,2026-05-08,list"));

    private final String spec;
    /** As the API server has one that nobody wrote. */
    private WarmPolicyStatus status =
            new WarmPolicyStatusBuilder().observedGeneration(-1L).build();

    private Optional<Measured> measured = Optional.empty();
    private Optional<Tracked> tracked = Optional.empty();
    private Optional<Ledger> ledger = Optional.empty();
    private Optional<Outlook> outlook = Optional.empty();
    private WarmLedger pastLedger;
    private Instant createdAt = NOON.minus(Duration.ofDays(100));
    private PriceBook prices = PRICES;
    private int running;
    private boolean hasEndpoint = true;

    private Given(String spec) {
        this.spec = spec;
    }

    /**
     * @param spec YAML, all of it but targetRef
     */
    static Given policy(String spec) {
        return new Given(spec);
    }

    Given ledger(Ledger value) {
        ledger = Optional.of(value);
        return this;
    }

    /** What CloudWatch said last. */
    Given measured(Measured value) {
        measured = Optional.of(value);
        return this;
    }

    Given outlook(Outlook value) {
        outlook = Optional.of(value);
        return this;
    }

    Given prices(PriceBook value) {
        prices = value;
        return this;
    }

    Given past(WarmLedger noted) {
        pastLedger = noted;
        return this;
    }

    Given made(Instant value) {
        createdAt = value;
        return this;
    }

    Given running(int value) {
        running = value;
        return this;
    }

    Given withoutEndpoint() {
        hasEndpoint = false;
        return this;
    }

    /** As it was reported, and the memory of it lost. */
    Given status(WarmPolicyStatus value) {
        status = value;
        return this;
    }

    WarmPolicyStatus status() {
        return status;
    }

    /** Recommends {@code windows} and nothing outside of them. */
    Given forecast(WarmWindow... windows) {
        outlook = Optional.of(new Outlook(
                Optional.of(new WarmForecastStatus(
                        NOON.toString(),
                        14,
                        ForecastVerdict.ACCEPTED,
                        "as it is",
                        new ForecastBackTest("0.8", "~10.00", "1.0", "~12.00"),
                        0,
                        List.of(windows))),
                Optional.empty()));
        return this;
    }

    /** What was concluded is in the status, and the memory of it lost unless it is given again. */
    Given after(WarmDecision decision) {
        List<Condition> conditions = decision.verdicts().stream()
                .map(v -> new Condition(v.type(), v.status().word(), v.reason(), v.message(), NOON.toString(), 1L))
                .toList();
        status = new WarmPolicyStatusBuilder(decision.facts())
                .conditions(conditions)
                .build();
        return this;
    }

    /** The pass after: what was concluded is in the status, and remembered. */
    Given next(WarmDecision decision) {
        ledger = decision.ledger();
        tracked = decision.tracked();
        return after(decision);
    }

    WarmDecision decided(Instant now) {
        return DECIDER.decide(situation(), now);
    }

    WarmDecision decided() {
        return decided(NOON);
    }

    Situation situation() {
        return new Situation(
                "hours",
                1,
                createdAt,
                "sentiment",
                Serialization.unmarshal("targetRef: {name: sentiment}\n" + spec, WarmPolicySpec.class),
                status,
                Optional.of(new Target(false, "us-east-1", 2048, 20, running)).filter(any -> hasEndpoint),
                Optional.empty(),
                measured,
                tracked,
                ledger,
                Optional.ofNullable(pastLedger),
                outlook,
                Lead.LEAST,
                prices);
    }
}
