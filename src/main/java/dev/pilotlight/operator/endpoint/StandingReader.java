package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
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
        String namespace = object.getMetadata().getNamespace();
        List<Refusal> refusals = IdentityGrant.of(name, identity.getSpec())
                .refusals(
                        new TenantNamespace(namespace, namespaceLabels.apply(namespace)),
                        GrantClaim.of(object.getSpec(), desired.endpointName()));
        if (!refusals.isEmpty()) {
            Refusal first = refusals.getFirst();
            String message = refusals.stream().map(Refusal::message).collect(Collectors.joining(" "));
            // A namespace gets its label after its objects as often as before.
            return Reasons.NAMESPACE_NOT_ALLOWED.equals(first.reason())
                    ? new Standing.Waiting(first.reason(), message)
                    : new Standing.Refused(first.reason(), message);
        }
        return ready(identity)
                .<Standing>map(Standing.Granted::new)
                .orElseGet(() -> new Standing.Waiting(
                        Reasons.IDENTITY_NOT_READY, "AWSIdentity " + name + " is not Ready: " + whyNotReady(identity)));
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
        return readyCondition(identity)
                .filter(condition -> "True".equals(condition.status()))
                .map(condition -> identity.getStatus().accountID());
    }

    private static String whyNotReady(AWSIdentity identity) {
        return readyCondition(identity)
                .map(condition -> condition.reason() + ": " + condition.message())
                .orElse("it was not looked at yet");
    }

    private static Optional<Condition> readyCondition(AWSIdentity identity) {
        return identity.getStatus() == null
                ? Optional.empty()
                : identity.getStatus().conditions().stream()
                        .filter(condition -> condition.type().equals(ConditionTypes.READY))
                        .findFirst();
    }
}
