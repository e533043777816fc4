package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.ForecastMode;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.api.v1alpha1.WarmLedger;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.tracking.Measured;
import dev.pilotlight.domain.warm.tracking.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a decision about a policy looks at.
 *
 * @param remembered its status; an empty one where nothing was reported yet
 * @param target empty while there is no such endpoint
 * @param olderRival name of the policy that has the endpoint; empty where this one has it
 * @param measured what CloudWatch said last; empty before it was asked
 * @param tracked what target tracking asked for last; empty after a restart
 * @param ledger as kept in memory; empty after a restart
 * @param pastLedger what policies that are gone used for the endpoint; empty where there was none
 * @param outlook what the last forecast says; empty where none was made since the start
 * @param lead how long before it is needed capacity is asked for
 */
public record Situation(
        String name,
        long generation,
        Instant createdAt,
        String targetName,
        WarmPolicySpec spec,
        WarmPolicyStatus remembered,
        Optional<Target> target,
        Optional<String> olderRival,
        Optional<Measured> measured,
        Optional<Tracked> tracked,
        Optional<Ledger> ledger,
        Optional<WarmLedger> pastLedger,
        Optional<Outlook> outlook,
        Duration lead,
        PriceBook prices) {

    /** The same with another lead. */
    public Situation withLead(Duration learned) {
        return new Situation(
                name,
                generation,
                createdAt,
                targetName,
                spec,
                remembered,
                target,
                olderRival,
                measured,
                tracked,
                ledger,
                pastLedger,
                outlook,
                learned,
                prices);
    }

    /** How the forecast is to be used. */
    ForecastMode forecastMode() {
        return spec.provisionedConcurrency() == null
                        || spec.provisionedConcurrency().forecast() == null
                ? ForecastMode.OFF
                : spec.provisionedConcurrency().forecast().orDefaults().mode();
    }

    /** The forecast that is shown: the last one, or after a restart the one that was reported; none where none is wanted. */
    Optional<WarmForecastStatus> forecast() {
        if (forecastMode() == ForecastMode.OFF) {
            return Optional.empty();
        }
        return outlook.map(Outlook::forecast).orElseGet(() -> Optional.ofNullable(remembered.forecast()));
    }
}
