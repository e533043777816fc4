package dev.pilotlight.domain.plan;

import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.identity.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What a change does to one ServerlessEndpoint.
 *
 * @param origin where the object was read: a file and the number of the document in it, or the cluster
 * @param endpointName name in AWS
 * @param revisionBefore the revision that serves now; empty when none does
 * @param revisionAfter the revision the spec asks for; empty for a deletion
 * @param changes fields of the spec that differ; empty for an object that is new
 * @param steps the calls the operator would make, in their order, when nothing goes wrong
 * @param obstacle why the endpoint would not become Ready although every call succeeds
 * @param refusals what the AWSIdentity does not allow
 * @param notes what a person should know besides
 * @param costBefore provisioned concurrency as it is, a month
 * @param costAfter provisioned concurrency as the spec asks for it, a month
 */
public record EndpointPlan(
        String namespace,
        String name,
        String origin,
        String region,
        String endpointName,
        Action action,
        Optional<String> revisionBefore,
        Optional<String> revisionAfter,
        List<FieldChange> changes,
        List<PlannedStep> steps,
        Optional<Obstacle> obstacle,
        List<Refusal> refusals,
        List<Finding> findings,
        List<String> notes,
        MonthlyCost costBefore,
        MonthlyCost costAfter) {
    public EndpointPlan {
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
        refusals = List.copyOf(refusals);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /**
     * Why an endpoint would not become Ready, in the words of its conditions.
     *
     * @param reason one of {@link dev.pilotlight.api.v1alpha1.Reasons}
     */
    public record Obstacle(String reason, String message) {}

    /** The change cannot be carried out as it stands. */
    public boolean failing() {
        return obstacle.isPresent()
                || !refusals.isEmpty()
                || findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.FAILS);
    }

    /** Something would change, in AWS or in how it is treated. */
    public boolean changing() {
        return action != Action.NONE;
    }
}
