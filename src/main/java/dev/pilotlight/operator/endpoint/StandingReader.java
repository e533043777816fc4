package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.domain.condition.StatusConditions;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.identity.GrantClaim;
import dev.pilotlight.domain.identity.IdentityGrant;
import dev.pilotlight.domain.identity.Refusal;
import dev.pilotlight.domain.identity.TenantNamespace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Works out what an object's AWSIdentity lets it do, from the caches of the operator. */
final class StandingReader {
    private final Function<String, Map<String, String>> namespaceLabels;

    /**
     * @param namespaceLabels labels of a namespace by name; empty where it is not known
     */
    StandingReader(Function<String, Map<String, String>> namespaceLabels) {
        this.namespaceLabels = namespaceLabels;
    }

    Standing read(ServerlessEndpoint object, Desired desired, Optional<AWSIdentity> found) {
        String name = desired.identity();
        if (found.isEmpty()) {
            return new Standing.Waiting(
                    Reasons.IDENTITY_NOT_FOUND,
                    "AWSIdentity " + name
                            + " does not exist: create it, or set spec.identityRef.name to one that does");
        }
        AWSIdentity identity = found.get();
        Optional<String> account = ready(identity);
        if (account.isPresent() && livesElsewhere(object, account.get())) {
            // Whatever else the identity refuses, no change of the spec would help; the decision says so.
            return new Standing.Granted(account.get(), Optional.empty());
        }
        String namespace = object.getMetadata().getNamespace();
        IdentityGrant grant = IdentityGrant.of(name, identity.getSpec());
        TenantNamespace tenant = new TenantNamespace(namespace, namespaceLabels.apply(namespace));
        List<Refusal> refusals = grant.refusals(tenant, GrantClaim.of(object.getSpec(), desired.endpointName()));
        if (!refusals.isEmpty()) {
            Refusal first = refusals.getFirst();
            String message = refusals.stream().map(Refusal::message).collect(Collectors.joining(" "));
            // A namespace gets its label after its objects as often as before.
            return Reasons.NAMESPACE_NOT_ALLOWED.equals(first.reason())
                    ? new Standing.Waiting(first.reason(), message)
                    : new Standing.Refused(first.reason(), message);
        }
        return account.<Standing>map(id -> new Standing.Granted(
                        id, grant.refuseAdoption(tenant, desired.endpointName()).map(Refusal::message)))
                .orElseGet(() -> new Standing.Waiting(
                        Reasons.IDENTITY_NOT_READY,
                        "AWSIdentity " + name + " is not Ready: " + whyNotReady(identity),
                        saysReady(identity)
                                .filter(condition -> condition.reason().equals(Reasons.AWS_UNAVAILABLE))
                                .isPresent()));
    }

    private static boolean livesElsewhere(ServerlessEndpoint object, String account) {
        return object.getStatus() != null
                && object.getStatus().accountID() != null
                && !object.getStatus().accountID().equals(account);
    }

    /** The account, once the identity's present spec was accepted by AWS. */
    private static Optional<String> ready(AWSIdentity identity) {
        if (identity.getStatus() == null
                || identity.getStatus().accountID() == null
                || !Objects.equals(
                        identity.getStatus().observedGeneration(),
                        identity.getMetadata().getGeneration())) {
            return Optional.empty();
        }
        return StatusConditions.isReady(identity.getStatus().conditions())
                ? Optional.of(identity.getStatus().accountID())
                : Optional.empty();
    }

    private static Optional<Condition> saysReady(AWSIdentity identity) {
        return Optional.ofNullable(identity.getStatus())
                .flatMap(status -> StatusConditions.find(status.conditions(), ConditionTypes.READY));
    }

    private static String whyNotReady(AWSIdentity identity) {
        return saysReady(identity)
                .map(condition -> condition.reason() + ": " + condition.message())
                .orElse("it was not looked at yet");
    }
}
