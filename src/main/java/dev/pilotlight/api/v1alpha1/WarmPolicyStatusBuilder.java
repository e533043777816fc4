package dev.pilotlight.api.v1alpha1;

import java.util.List;

/** Builds a {@link WarmPolicyStatus} from an earlier one: what is not set again stays, null removes. */
public final class WarmPolicyStatusBuilder {
    private Long observedGeneration;
    private List<Condition> conditions;
    private String target;
    private WarmDemand demand;
    private NextChange next;
    private Integer leadSeconds;
    private WarmLedger ledger;
    private WarmForecastStatus forecast;
    private ColdStartStatus coldStarts;
    private KeepWarmStatus keepWarm;

    /** Starts from nothing. */
    public WarmPolicyStatusBuilder() {}

    /** Starts from {@code before}, which may be null for an object nobody reported on yet. */
    public WarmPolicyStatusBuilder(WarmPolicyStatus before) {
        if (before == null) {
            return;
        }
        observedGeneration = before.observedGeneration();
        conditions = before.conditions();
        target = before.target();
        demand = before.demand();
        next = before.next();
        leadSeconds = before.leadSeconds();
        ledger = before.ledger();
        forecast = before.forecast();
        coldStarts = before.coldStarts();
        keepWarm = before.keepWarm();
    }

    /** Sets {@code status.observedGeneration}. */
    public WarmPolicyStatusBuilder observedGeneration(Long value) {
        this.observedGeneration = value;
        return this;
    }

    /** Sets {@code status.conditions}. */
    public WarmPolicyStatusBuilder conditions(List<Condition> value) {
        this.conditions = value;
        return this;
    }

    /** Sets {@code status.target}. */
    public WarmPolicyStatusBuilder target(String value) {
        this.target = value;
        return this;
    }

    /** Sets {@code status.demand}. */
    public WarmPolicyStatusBuilder demand(WarmDemand value) {
        this.demand = value;
        return this;
    }

    /** Sets {@code status.next}. */
    public WarmPolicyStatusBuilder next(NextChange value) {
        this.next = value;
        return this;
    }

    /** Sets {@code status.leadSeconds}. */
    public WarmPolicyStatusBuilder leadSeconds(Integer value) {
        this.leadSeconds = value;
        return this;
    }

    /** Sets {@code status.ledger}. */
    public WarmPolicyStatusBuilder ledger(WarmLedger value) {
        this.ledger = value;
        return this;
    }

    /** Sets {@code status.forecast}. */
    public WarmPolicyStatusBuilder forecast(WarmForecastStatus value) {
        this.forecast = value;
        return this;
    }

    /** Sets {@code status.coldStarts}. */
    public WarmPolicyStatusBuilder coldStarts(ColdStartStatus value) {
        this.coldStarts = value;
        return this;
    }

    /** Sets {@code status.keepWarm}. */
    public WarmPolicyStatusBuilder keepWarm(KeepWarmStatus value) {
        this.keepWarm = value;
        return this;
    }

    /** The status as it is now. */
    public WarmPolicyStatus build() {
        return new WarmPolicyStatus(
                observedGeneration,
                conditions,
                target,
                demand,
                next,
                leadSeconds,
                ledger,
                forecast,
                coldStarts,
                keepWarm);
    }
}
