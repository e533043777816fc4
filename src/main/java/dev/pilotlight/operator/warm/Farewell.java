package dev.pilotlight.operator.warm;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.budget.PastLedgers;
import dev.pilotlight.operator.kube.StatusWrite;
import dev.pilotlight.operator.kube.StatusWriter;
import dev.pilotlight.operator.warm.WarmMemories.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of a policy: it closes its ledger, and waits until the endpoint's status has taken note of it, because whoever makes the policy
 * again is not to begin with a new budget.
 */
final class Farewell {
    /** A policy is not held for longer, whatever is wrong with its endpoint. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final WarmNeighbours neighbours;
    private final WarmDuties duties;
    private final StatusWriter writer;

    Farewell(WarmNeighbours neighbours, WarmDuties duties, StatusWriter writer) {
        this.neighbours = neighbours;
        this.duties = duties;
        this.writer = writer;
    }

    /** Whether the policy may go. */
    boolean isOver(WarmPolicy object, Memory memory, Instant now) {
        memory.pinged(duties.pingSeconds(object));
        duties.end(object.getMetadata().getUid());
        Optional<ServerlessEndpoint> endpoint =
                neighbours.endpoint(object).filter(any -> !any.isMarkedForDeletion() && any.getStatus() != null);
        Instant asked = Instant.parse(object.getMetadata().getDeletionTimestamp());
        WarmPolicyStatus status = object.getStatus();
        if (endpoint.isEmpty() || status == null || now.isAfter(asked.plus(LONGEST))) {
            return true;
        }
        Optional<Ledger> last = memory.ledger().map(known -> known.at(now)).filter(known -> !known.isNothing());
        if (last.isPresent() && !memory.closed()) {
            // What the status says may be a day old, and knows nothing of the pings since.
            StatusWrite write = writer.write(
                    object,
                    new WarmPolicyStatusBuilder(status)
                            .ledger(last.get().write(null))
                            .build());
            if (write instanceof StatusWrite.Written) {
                memory.close();
            }
            return write instanceof StatusWrite.Gone;
        }
        return PastLedgers.isNoted(endpoint.get().getStatus().pastLedger(), status.ledger());
    }
}
