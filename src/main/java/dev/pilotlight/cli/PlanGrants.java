package dev.pilotlight.cli;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.hosting.Names;
import dev.pilotlight.domain.identity.GrantClaim;
import dev.pilotlight.domain.identity.IdentityGrant;
import dev.pilotlight.domain.identity.Refusal;
import dev.pilotlight.domain.identity.TenantNamespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an AWSIdentity lets an endpoint do, as far as that is known.
 *
 * @param accountID 12 digits, or {@link #UNKNOWN_ACCOUNT}
 * @param notes what could not be found out
 */
record PlanGrants(Standing standing, List<Refusal> refusals, String accountID, List<String> notes) {
    static final String UNKNOWN_ACCOUNT = "unknown";

    private static final int ACCOUNT = 4;

    /**
     * An identity that nobody knows refuses nothing here.
     *
     * @param labels of the object's namespace; empty where they are not known
     */
    static PlanGrants of(ServerlessEndpoint object, Optional<AWSIdentity> found, Optional<Map<String, String>> labels) {
        String name = object.getSpec().identityRef().name();
        if (found.isEmpty()) {
            return granted(
                    UNKNOWN_ACCOUNT,
                    Optional.empty(),
                    List.of("AWSIdentity " + name + " is not in the files: its allow-lists were not checked"));
        }
        AWSIdentity identity = found.get();
        String account = accountOf(identity);
        String namespace = object.getMetadata().getNamespace();
        IdentityGrant grant = IdentityGrant.of(name, identity.getSpec());
        TenantNamespace tenant = new TenantNamespace(namespace, labels.orElse(Map.of()));
        String endpointName = endpointName(object);
        Optional<String> adoptionRefusal =
                grant.refuseAdoption(tenant, endpointName).map(Refusal::message);
        List<Refusal> refusals = grant.refusals(tenant, GrantClaim.of(object.getSpec(), endpointName));
        if (refusals.isEmpty()) {
            return granted(account, adoptionRefusal, List.of());
        }
        if (labels.isEmpty() && selectsByLabel(identity) && refusals.stream().anyMatch(PlanGrants::isOfNamespace)) {
            return granted(
                    account,
                    adoptionRefusal,
                    List.of("AWSIdentity " + name + " selects namespaces by label, and the labels of " + namespace
                            + " are not known: its allow-lists were not checked"));
        }
        String message = refusals.stream().map(Refusal::message).collect(Collectors.joining(" "));
        return new PlanGrants(
                new Standing.Refused(refusals.getFirst().reason(), message), refusals, account, List.of());
    }

    private static PlanGrants granted(String account, Optional<String> adoptionRefusal, List<String> notes) {
        return new PlanGrants(new Standing.Granted(account, adoptionRefusal), List.of(), account, notes);
    }

    private static boolean isOfNamespace(Refusal refusal) {
        return refusal.reason().equals(Reasons.NAMESPACE_NOT_ALLOWED);
    }

    private static boolean selectsByLabel(AWSIdentity identity) {
        return identity.getSpec().allowedNamespaces() != null
                && identity.getSpec().allowedNamespaces().selector() != null;
    }

    private static String endpointName(ServerlessEndpoint object) {
        String given = object.getSpec().endpointName();
        return given == null
                ? Names.of(
                                object.getMetadata().getNamespace(),
                                object.getMetadata().getName())
                        .stem()
                : given;
    }

    /** From its status, where the operator has said so, else from the ARN of its role. */
    static String accountOf(AWSIdentity identity) {
        if (identity.getStatus() != null && identity.getStatus().accountID() != null) {
            return identity.getStatus().accountID();
        }
        String role = identity.getSpec().credentials().roleARN();
        return role == null ? UNKNOWN_ACCOUNT : List.of(role.split(":", -1)).get(ACCOUNT);
    }
}
