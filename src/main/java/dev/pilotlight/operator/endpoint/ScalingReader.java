package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.aws.AutoScaling;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.endpoint.Demand;
import dev.pilotlight.domain.endpoint.Demand.Ranged;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.scaling.ScalableTarget;
import dev.pilotlight.domain.scaling.ScalingSight;
import dev.pilotlight.domain.scaling.ScalingView;
import dev.pilotlight.operator.endpoint.EndpointMemories.Memory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What Application Auto Scaling holds for endpoints whose policy leaves the number to it; of all others it is not asked. Three reads at
 * the start, once per slow period, after a scheduled action of ours came due and after a call whose outcome is in doubt; what we changed
 * ourselves is known.
 */
final class ScalingReader {
    /** AWS carries a scheduled action out within the minute. */
    private static final Duration CARRIED_OUT = Duration.ofSeconds(50);

    private final AwsSessions sessions;
    private final Duration period;
    private final Clock clock;

    /**
     * @param period between two looks for drift
     */
    ScalingReader(AwsSessions sessions, Duration period, Clock clock) {
        this.sessions = sessions;
        this.period = period;
        this.clock = clock;
    }

    ScalingSight look(
            SessionRequest session,
            Desired desired,
            ServerlessEndpointStatus remembered,
            Sighting<EndpointSnapshot> endpoint,
            Memory memory) {
        Optional<Demand> demand = desired.demand();
        boolean ours = endpoint instanceof Sighting.Present<EndpointSnapshot> present
                && present.owner()
                        .filter(owner -> owner.sameLife(desired.owner()))
                        .isPresent();
        // A suspended endpoint is not scaled by AWS either: what is registered has to be seen to be suspended, too.
        boolean nothing = desired.suspended() && remembered.scalableTarget() == null;
        if (!ours || nothing || !(demand.orElse(null) instanceof Ranged ranged)) {
            memory.scaling(Optional.empty());
            return new ScalingSight.NotAsked();
        }
        Optional<ScalingView> known = memory.scaling();
        if (known.filter(view -> isCurrent(view, ranged, clock.instant())).isPresent()) {
            return new ScalingSight.Seen(known.get(), due(known.get(), ranged), Optional.empty());
        }
        String variant = remembered.variantName() == null
                ? endpoint.found()
                        .filter(live -> live.variants().size() == 1)
                        .map(live -> live.variants().getFirst().name())
                        .orElse(Desired.VARIANT)
                : remembered.variantName();
        try {
            ScalingView view = read(session, ScalableTarget.resourceId(desired.endpointName(), variant));
            memory.scaling(Optional.of(view));
            return new ScalingSight.Seen(view, due(view, ranged), known);
        } catch (AwsException e) {
            return new ScalingSight.Failed(e.failure());
        }
    }

    /** What was seen at a time that is yet to come was seen before the clock was set back. */
    private boolean isCurrent(ScalingView view, Ranged ranged, Instant now) {
        return !view.since().isAfter(now) && now.isBefore(due(view, ranged));
    }

    private Instant due(ScalingView view, Ranged ranged) {
        Instant slow = view.since().plus(period);
        return ranged.rules()
                .nextAction(view.since())
                .map(at -> at.plus(CARRIED_OUT))
                .filter(slow::isAfter)
                .orElse(slow);
    }

    private ScalingView read(SessionRequest session, String target) {
        AutoScaling scaling = sessions.open(session).autoScaling(Priority.DRIFT);
        return new ScalingView(
                scaling.target(target), scaling.policies(target), scaling.scheduledActions(target), clock.instant());
    }
}
