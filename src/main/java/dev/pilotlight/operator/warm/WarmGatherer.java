package dev.pilotlight.operator.warm;

import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.ForecastMode;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.TargetTracking;
import dev.pilotlight.api.v1alpha1.WarmCapacitySpec;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.endpoint.PolicyDemand;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.warm.Rivals.Rival;
import dev.pilotlight.domain.warm.decision.Lead;
import dev.pilotlight.domain.warm.decision.Situation;
import dev.pilotlight.domain.warm.decision.Target;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.cost.Prices;
import dev.pilotlight.operator.warm.UseReader.Question;
import dev.pilotlight.operator.warm.WarmMemories.Memory;
import dev.pilotlight.operator.warm.forecast.ForecastQuestion;
import dev.pilotlight.operator.warm.forecast.ForecastRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Reads everything that a decision about a policy looks at: from watches, from memory, and what was last read from AWS. */
final class WarmGatherer {
    /** CloudWatch is some minutes behind. */
    private static final Duration BEHIND = Duration.ofMinutes(5);

    private static final Duration LEAST_LOOKBACK = Duration.ofMinutes(10);

    private final WarmNeighbours neighbours;
    private final UseReader use;
    private final ForecastRunner forecasts;
    private final Function<ServerlessEndpoint, Optional<SessionRequest>> sessions;
    private final Inventory inventory;
    private final Prices prices;

    /**
     * @param sessions how an endpoint's namespace may read AWS
     */
    WarmGatherer(
            WarmNeighbours neighbours,
            UseReader use,
            ForecastRunner forecasts,
            Function<ServerlessEndpoint, Optional<SessionRequest>> sessions,
            Inventory inventory,
            Prices prices) {
        this.neighbours = neighbours;
        this.use = use;
        this.forecasts = forecasts;
        this.sessions = sessions;
        this.inventory = inventory;
        this.prices = prices;
    }

    Situation gather(WarmPolicy object, WarmPolicyStatus remembered, Memory memory) {
        String uid = object.getMetadata().getUid();
        Optional<String> olderRival = olderRival(object);
        neighbours
                .endpoint(object)
                .flatMap(sessions)
                .ifPresent(session -> prices.want(object.getMetadata().getNamespace(), session));
        askForForecast(object, remembered, olderRival);
        return new Situation(
                object.getMetadata().getName(),
                object.getMetadata().getGeneration(),
                Instant.parse(object.getMetadata().getCreationTimestamp()),
                object.getSpec().targetRef().name(),
                object.getSpec(),
                remembered,
                neighbours.endpoint(object).map(this::target),
                olderRival,
                use.latest(uid),
                memory.tracked(),
                memory.ledger(),
                neighbours
                        .endpoint(object)
                        .map(ServerlessEndpoint::getStatus)
                        .map(ServerlessEndpointStatus::pastLedger),
                forecasts.latest(uid),
                memory.lead().orElseGet(() -> Lead.reported(remembered.leadSeconds())),
                prices.book());
    }

    private Optional<String> olderRival(WarmPolicy object) {
        String namespace = object.getMetadata().getNamespace();
        String target = object.getSpec().targetRef().name();
        return PolicyDemand.rivals(neighbours.targeting(namespace, target))
                .before(object.getMetadata().getUid())
                .map(Rival::name);
    }

    private Target target(ServerlessEndpoint endpoint) {
        return new Target(
                endpoint.isMarkedForDeletion(),
                endpoint.getSpec().region(),
                memory(endpoint),
                endpoint.getSpec().serverless().maxConcurrency(),
                running(endpoint));
    }

    /** What runs is what is paid for; before anything does, what is wanted. */
    private static int memory(ServerlessEndpoint endpoint) {
        return effective(endpoint)
                .map(EffectiveCapacity::memorySizeInMB)
                .orElse(endpoint.getSpec().serverless().memorySizeInMB());
    }

    private static Optional<EffectiveCapacity> effective(ServerlessEndpoint endpoint) {
        return Optional.ofNullable(endpoint.getStatus()).map(ServerlessEndpointStatus::effective);
    }

    private int running(ServerlessEndpoint endpoint) {
        Optional<EffectiveCapacity> effective = effective(endpoint);
        return effective
                .map(EffectiveCapacity::provisionedConcurrency)
                .or(() -> effective
                        .map(EffectiveCapacity::provisionedConcurrencyRange)
                        .map(range -> live(endpoint.getStatus()).orElse(range.max())))
                .orElse(0);
    }

    /** Under AWS's own scaling only the inventory knows the number of the moment. */
    private Optional<Integer> live(ServerlessEndpointStatus status) {
        if (status.accountID() == null || status.region() == null || status.endpointName() == null) {
            return Optional.empty();
        }
        try {
            return inventory
                    .endpoint(new Location(status.accountID(), status.region()), status.endpointName())
                    .found()
                    .flatMap(EndpointSnapshot::capacity)
                    .map(capacity -> capacity.concurrency().provisioned());
        } catch (AwsException e) {
            return Optional.empty();
        }
    }

    /** What was read of another endpoint than its own does not count. */
    void moved(String uid) {
        use.forget(uid);
    }

    void forget(String uid) {
        use.forget(uid);
        forecasts.stop(uid);
    }

    /** Nothing is read for a policy that wants no forecast or is not in force; what its status says stays. */
    private void askForForecast(WarmPolicy object, WarmPolicyStatus remembered, Optional<String> olderRival) {
        Optional<ServerlessEndpoint> endpoint = neighbours
                .endpoint(object)
                .filter(any -> forecasts(object) && olderRival.isEmpty())
                .filter(any -> !any.isMarkedForDeletion()
                        && any.getStatus() != null
                        && any.getStatus().endpointName() != null
                        && any.getStatus().variantName() != null);
        if (endpoint.flatMap(sessions).isEmpty()) {
            forecasts.stop(object.getMetadata().getUid());
            return;
        }
        forecasts.follow(
                ForecastQuestion.of(
                        object,
                        endpoint.get(),
                        () -> neighbours.endpoint(object).flatMap(sessions),
                        prices.book(),
                        memory(endpoint.get())),
                Optional.ofNullable(remembered.forecast()));
    }

    private static boolean forecasts(WarmPolicy object) {
        WarmCapacitySpec capacity = object.getSpec().provisionedConcurrency();
        if (object.getSpec().suspended() || capacity == null || capacity.forecast() == null) {
            return false;
        }
        ForecastMode mode = capacity.forecast().orDefaults().mode();
        return mode == ForecastMode.PREVIEW || mode == ForecastMode.ENFORCE;
    }

    /** Asks CloudWatch for what the next pass wants to know. */
    void askForUse(WarmPolicy object) {
        Optional<ServerlessEndpoint> endpoint = neighbours.endpoint(object);
        Optional<ServerlessEndpointStatus> status = endpoint.map(ServerlessEndpoint::getStatus);
        Optional<SessionRequest> session = endpoint.flatMap(sessions);
        if (session.isEmpty() || status.isEmpty() || status.get().variantName() == null) {
            return;
        }
        TargetTracking tracking =
                object.getSpec().provisionedConcurrency().targetTracking().orDefaults();
        Duration lookback =
                Duration.ofSeconds(tracking.scaleInCooldownSeconds()).plus(BEHIND);
        use.ask(new Question(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                object.getMetadata().getUid(),
                session.get(),
                status.get().endpointName(),
                status.get().variantName(),
                lookback.compareTo(LEAST_LOOKBACK) < 0 ? LEAST_LOOKBACK : lookback));
    }
}
