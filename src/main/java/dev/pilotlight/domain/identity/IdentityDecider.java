package dev.pilotlight.domain.identity;

import dev.pilotlight.api.v1alpha1.AWSIdentitySpec;
import dev.pilotlight.api.v1alpha1.AWSIdentityStatus;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.CredentialsSource;
import dev.pilotlight.api.v1alpha1.ExternalID;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.endpoint.Verdict;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether AWS accepts an AWSIdentity, and what an administrator has to know about it. Pure. */
public final class IdentityDecider {
    private final String clusterID;
    private final boolean isolationRequired;
    private final Duration stallAfter;

    /**
     * @param isolationRequired refuse credentials that namespaces would share (flag {@code --require-namespace-isolation})
     * @param stallAfter how long AWS may refuse before a person is asked
     */
    public IdentityDecider(String clusterID, boolean isolationRequired, Duration stallAfter) {
        this.clusterID = clusterID;
        this.isolationRequired = isolationRequired;
        this.stallAfter = stallAfter;
    }

    /** What trying the credentials came to. */
    public sealed interface Trial {

        record Accepted(String accountID) implements Trial {}

        record Refused(AwsFailure failure) implements Trial {}
    }

    /**
     * @param facts the status to report, without its conditions
     */
    public record Conclusion(AWSIdentityStatus facts, List<Verdict> verdicts, Optional<Instant> nextLook) {}

    /** Whether the credentials may be used at all; where not, nobody calls AWS with them. */
    public boolean permitted(AWSIdentitySpec spec) {
        return !isolationRequired || isolated(spec);
    }

    /**
     * @param namespaces namespaces whose external ids are shown: those the identity names, and those that use it
     * @param failingSince when AWS began to refuse it, where it did so before
     */
    public Conclusion decide(
            AWSIdentitySpec spec,
            long generation,
            String name,
            Trial trial,
            List<String> namespaces,
            AWSIdentityStatus remembered,
            Instant failingSince,
            Instant now) {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(isolation(spec));
        Optional<Instant> nextLook = Optional.empty();
        String account = remembered.accountID();
        if (!permitted(spec)) {
            notReady(
                    verdicts,
                    Reasons.NAMESPACE_ISOLATION_REQUIRED,
                    true,
                    "the operator runs with --require-namespace-isolation: set spec.credentials.source to AssumeRole with a roleARN");
        } else if (trial instanceof Trial.Accepted accepted) {
            if (account != null && !account.equals(accepted.accountID())) {
                notReady(
                        verdicts,
                        Reasons.ACCOUNT_CHANGED,
                        true,
                        "the credentials are for account " + accepted.accountID() + ", but this identity was for "
                                + account + ": make a new AWSIdentity for another account");
            } else {
                account = accepted.accountID();
                verdicts.add(new Verdict(
                        ConditionTypes.READY,
                        Status.TRUE,
                        isolated(spec) ? Reasons.ROLE_ASSUMED : Reasons.SUCCEEDED,
                        "AWS accepts the credentials for account " + account));
            }
        } else if (trial instanceof Trial.Refused refused
                && refused.failure().kind() != FailureKind.DENIED
                && readyAsRemembered(remembered, generation).isPresent()) {
            // AWS being away says nothing about the credentials, and must not make endpoints that serve look unready.
            verdicts.add(readyAsRemembered(remembered, generation).get());
        } else if (trial instanceof Trial.Refused refused) {
            AwsFailure failure = refused.failure();
            boolean denied = failure.kind() == FailureKind.DENIED;
            Instant deadline = failingSince.plus(stallAfter);
            notReady(
                    verdicts,
                    denied ? Reasons.ROLE_NOT_ASSUMABLE : Reasons.AWS_UNAVAILABLE,
                    denied && !now.isBefore(deadline),
                    failure.describe()
                            + (denied
                                    ? ". The role's trust policy must allow the operator's own role and the external ids in status.externalIDs, with sts:TagSession."
                                    : ""));
            nextLook = now.isBefore(deadline) ? Optional.of(deadline) : Optional.empty();
        }
        AWSIdentityStatus facts = new AWSIdentityStatus(
                generation, List.of(), account, clusterID, externalIDs(spec, name, namespaces), remembered.usage());
        return new Conclusion(facts, List.copyOf(verdicts), nextLook);
    }

    private static Optional<Verdict> readyAsRemembered(AWSIdentityStatus remembered, long generation) {
        return remembered.conditions().stream()
                .filter(condition -> condition.type().equals(ConditionTypes.READY)
                        && "True".equals(condition.status())
                        && Objects.equals(condition.observedGeneration(), generation))
                .map(condition -> new Verdict(condition.type(), Status.TRUE, condition.reason(), condition.message()))
                .findFirst();
    }

    private static Verdict isolation(AWSIdentitySpec spec) {
        return isolated(spec)
                ? new Verdict(
                        ConditionTypes.NAMESPACE_ISOLATION,
                        Status.TRUE,
                        Reasons.SESSION_PER_NAMESPACE,
                        "each namespace gets its own session of "
                                + spec.credentials().roleARN())
                : new Verdict(
                        ConditionTypes.NAMESPACE_ISOLATION,
                        Status.FALSE,
                        Reasons.SHARED_CREDENTIALS,
                        "all namespaces share the operator's own credentials: AWS cannot tell them apart");
    }

    private static boolean isolated(AWSIdentitySpec spec) {
        return spec.credentials().source() == CredentialsSource.ASSUME_ROLE;
    }

    private static void notReady(List<Verdict> verdicts, String reason, boolean stalled, String message) {
        verdicts.add(new Verdict(ConditionTypes.READY, Status.FALSE, reason, message));
        verdicts.add(new Verdict(
                stalled ? ConditionTypes.STALLED : ConditionTypes.RECONCILING, Status.TRUE, reason, message));
    }

    private List<ExternalID> externalIDs(AWSIdentitySpec spec, String name, List<String> namespaces) {
        if (!isolated(spec)) {
            return List.of();
        }
        List<ExternalID> ids = new ArrayList<>();
        ids.add(new ExternalID(ExternalIds.INVENTORY, ExternalIds.inventory(clusterID, name)));
        namespaces.stream()
                .sorted()
                .distinct()
                .map(namespace -> new ExternalID(namespace, ExternalIds.tenant(clusterID, name, namespace)))
                .forEach(ids::add);
        return ids;
    }
}
