package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.condition.StatusConditions;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot.Variant;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The live endpoint as the status of an object at rest remembers it. After a restart the inventory takes this for true as long as AWS's
 * list shows the same times, so that thousands of quiet endpoints need not be described again.
 */
final class RememberedEndpoint {

    private RememberedEndpoint() {}

    static Optional<EndpointSnapshot> of(Desired desired, ServerlessEndpointStatus status) {
        EffectiveCapacity effective = status.effective();
        Optional<String> config = status.revisions().stream()
                .filter(record -> record.state() == RevisionState.DEPLOYED)
                .map(RevisionRecord::endpointConfigName)
                .filter(Objects::nonNull)
                .findFirst();
        if (!atRest(status)
                || status.aws() == null
                || status.endpointARN() == null
                || effective == null
                // The number that AWS chose is not in the status.
                || effective.provisionedConcurrencyRange() != null
                || config.isEmpty()) {
            return Optional.empty();
        }
        Concurrency concurrency = new Concurrency(
                effective.maxConcurrency(),
                effective.provisionedConcurrency() == null ? 0 : effective.provisionedConcurrency());
        return Optional.of(new EndpointSnapshot(
                desired.endpointName(),
                status.endpointARN(),
                EndpointStatus.ofAwsName(status.aws().endpointStatus()),
                Instant.parse(status.aws().creationTime()),
                Instant.parse(status.aws().lastModifiedTime()),
                config.get(),
                Optional.empty(),
                List.of(new Variant(
                        status.variantName() == null ? Desired.VARIANT : status.variantName(),
                        Optional.of(new ServerlessCapacity(effective.memorySizeInMB(), concurrency)),
                        Optional.ofNullable(status.resolvedImage())))));
    }

    private static boolean atRest(ServerlessEndpointStatus status) {
        List<Condition> conditions = status.conditions();
        return StatusConditions.isReady(conditions)
                && StatusConditions.find(conditions, ConditionTypes.SCALING).isEmpty();
    }
}
