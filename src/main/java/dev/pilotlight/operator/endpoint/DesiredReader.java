package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.endpoint.Demand;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.InForce;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What an object asks for: its spec, its identity's default tags, and what the WarmPolicy in force demands. */
record DesiredReader(String clusterID, Function<ServerlessEndpoint, Optional<Demand>> demands, Clock clock) {

    /** Before anybody has looked at AWS. A deletion has no capacity to decide about. */
    Desired read(ServerlessEndpoint object, ServerlessEndpointStatus remembered, Optional<AWSIdentity> identity) {
        Optional<Demand> demand = object.isMarkedForDeletion()
                ? Optional.empty()
                : Demand.now(demands.apply(object), remembered, clock.instant());
        return Desired.of(
                        object,
                        clusterID,
                        identity.map(i -> i.getSpec().defaultTags()).orElse(List.of()))
                .under(demand, InForce.remembered(remembered));
    }
}
