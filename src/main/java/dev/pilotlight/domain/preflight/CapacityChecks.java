package dev.pilotlight.domain.preflight;

import dev.pilotlight.api.v1alpha1.EndpointLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether there is room for what a change adds. What adds nothing has room. */
record CapacityChecks(Candidate candidate, Surroundings around) {

    List<Finding> quotas(Optional<Reading<Quotas>> reading) {
        if (reading.isEmpty()) {
            return List.of();
        }
        return switch (reading.get()) {
            case Reading.Seen<Quotas>(Quotas quotas) -> seen(quotas);
            case Reading.Absent<Quotas> absent -> List.of(notChecked("they are not listed"));
            case Reading.Refused<Quotas>(var failure) ->
                List.of(notChecked(
                        Wording.of(failure) + "; let the role of the AWSIdentity call servicequotas:GetServiceQuota"));
            case Reading.Unavailable<Quotas>(var failure) -> List.of(notChecked(Wording.of(failure)));
        };
    }

    private List<Finding> seen(Quotas quotas) {
        List<Finding> findings = new ArrayList<>();
        if (quotas.endpoints().isEmpty() || quotas.totalConcurrency().isEmpty()) {
            findings.add(notChecked("Service Quotas does not list them for this account"));
        }
        room(
                Check.ENDPOINTS_QUOTA,
                "serverless endpoints",
                "the account's quota (" + Quotas.ENDPOINTS + ")",
                quotas.endpoints(),
                account().endpoints(),
                others(around.foreign().usage().endpoints()),
                candidate.adds().endpoints(),
                findings);
        room(
                Check.CONCURRENCY_QUOTA,
                "total concurrency",
                "the account's quota (" + Quotas.TOTAL_CONCURRENCY + ")",
                quotas.totalConcurrency(),
                account().concurrency(),
                others(around.foreign().usage().concurrency()),
                candidate.adds().concurrency(),
                findings);
        return findings;
    }

    List<Finding> limits() {
        if (around.limits().isEmpty()) {
            return List.of();
        }
        EndpointLimits limits = around.limits().get();
        List<Finding> findings = new ArrayList<>();
        room(
                Check.ENDPOINTS_LIMIT,
                "endpoints of the namespace",
                "limits.endpoints of the AWSIdentity",
                limit(limits.endpoints()),
                namespace().endpoints(),
                "",
                candidate.adds().endpoints(),
                findings);
        room(
                Check.TOTAL_CONCURRENCY_LIMIT,
                "maxConcurrency of the namespace",
                "limits.totalConcurrency of the AWSIdentity",
                limit(limits.totalConcurrency()),
                namespace().concurrency(),
                "",
                candidate.adds().concurrency(),
                findings);
        room(
                Check.TOTAL_PROVISIONED_CONCURRENCY_LIMIT,
                "provisionedConcurrency of the namespace",
                "limits.totalProvisionedConcurrency of the AWSIdentity",
                limit(limits.totalProvisionedConcurrency()),
                namespace().provisioned(),
                "",
                candidate.adds().provisioned(),
                findings);
        return findings;
    }

    private Usage account() {
        return around.account().plus(around.foreign().usage()).plus(candidate.has());
    }

    /** What of it this cluster did not make, and so cannot free. */
    private String others(int used) {
        int unknown = around.foreign().unknown();
        String others = used == 0 ? "" : used + " of them by endpoints outside of this cluster";
        String unseen = unknown == 0 ? "" : unknown + " more endpoints of the account were not looked at yet";
        String both = others.isEmpty() || unseen.isEmpty() ? others + unseen : others + "; " + unseen;
        return both.isEmpty() ? "" : " (" + both + ")";
    }

    private Usage namespace() {
        return around.namespace().plus(candidate.has());
    }

    private static OptionalInt limit(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private void room(
            Check check,
            String what,
            String whose,
            OptionalInt limit,
            int used,
            String ofThem,
            int adds,
            List<Finding> findings) {
        if (limit.isEmpty() || adds <= 0 || used + adds <= limit.getAsInt()) {
            return;
        }
        findings.add(new Finding(
                check,
                what + ": " + used + " in use" + ofThem + " and " + adds + " more for this change"
                        + (candidate.preview() ? ", its preview included," : "") + " exceed " + whose + " of "
                        + limit.getAsInt() + ": free some, ask for less, or raise it."
                        + (candidate.preview()
                                ? " Where there is never room for a preview, set spec.rollout.strategy to InPlace."
                                : "")));
    }

    private Finding notChecked(String why) {
        return new Finding(
                Check.QUOTAS_NOT_CHECKED,
                "the quotas of account " + candidate.accountID() + " in " + candidate.region() + " could not be read ("
                        + why + ").");
    }
}
