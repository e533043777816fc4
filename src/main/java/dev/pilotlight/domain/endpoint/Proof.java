package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ValidationStatus;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import java.util.List;
import java.util.Objects;

/** Whether the wanted revision was proven on one endpoint: its preview, or the real one. */
final class Proof {
    private static final String PASSED = "Passed";

    private final Draft draft;
    private final Desired desired;
    private final String endpointName;
    private final String wanted;

    Proof(Draft draft, String endpointName) {
        this.draft = draft;
        this.desired = draft.desired;
        this.endpointName = endpointName;
        this.wanted = desired.revision().name();
    }

    /** How far the proof has come. */
    sealed interface Standing {

        /** It answered as expected, or nothing is expected of it. */
        record Proven() implements Standing {}

        /** The requests are to be sent, or are on their way. */
        record Running(Step.Validate step) implements Standing {}

        /** It did not answer as expected; the text says which request and why. */
        record Refuted(String what) implements Standing {}
    }

    /** Takes in a result that has arrived, and says where the proof stands. */
    Standing standing() {
        int requests = desired.validationRequests().size();
        if (requests == 0) {
            return new Standing.Proven();
        }
        ValidationStatus known = known();
        if (known == null || known.passed() == null) {
            return new Standing.Running(start(known));
        }
        if (known.passed()) {
            draft.verdict(
                    ConditionTypes.VALIDATED,
                    Status.TRUE,
                    Reasons.SUCCEEDED,
                    "revision " + wanted + " answered all validation requests as expected");
            return new Standing.Proven();
        }
        String what =
                "validation of revision " + wanted + " on endpoint " + endpointName + " failed: " + describe(known);
        draft.verdict(ConditionTypes.VALIDATED, Status.FALSE, Reasons.VALIDATION_FAILED, what);
        return new Standing.Refuted(what);
    }

    /** What is known of exactly these requests to exactly this endpoint; null when that is nothing. */
    private ValidationStatus known() {
        ValidationStatus remembered = draft.validation();
        boolean ofThis = remembered != null
                && wanted.equals(remembered.revision())
                && desired.validationDigest(endpointName).equals(remembered.digest());
        if (!ofThis) {
            return null;
        }
        if (remembered.passed() != null) {
            return remembered;
        }
        ValidationStatus latest = draft.observed
                .finishedValidation()
                .filter(result -> Objects.equals(result.attempt(), remembered.attempt())
                        && Objects.equals(result.revision(), remembered.revision())
                        && Objects.equals(result.digest(), remembered.digest()))
                .orElse(remembered);
        draft.validation(latest);
        return latest;
    }

    private Step.Validate start(ValidationStatus known) {
        int attempt = known == null ? 1 : known.attempt();
        draft.validation(
                new ValidationStatus(wanted, attempt, null, desired.validationDigest(endpointName), List.of()));
        draft.verdict(
                ConditionTypes.VALIDATED,
                Status.UNKNOWN,
                Reasons.VALIDATING,
                "validation of revision " + wanted + " runs");
        int requests = desired.validationRequests().size();
        draft.working(
                Reasons.VALIDATING,
                "sending " + requests + " validation request" + (requests == 1 ? "" : "s") + " to endpoint "
                        + endpointName + " for revision " + wanted);
        // Whoever may not ask has no answer, good or bad: the revision waits for the permission.
        draft.observed
                .refusedValidation()
                .ifPresent(refusal -> draft.blocked(
                        Reasons.ACCESS_DENIED,
                        refusal.describe() + ". Check the role of AWSIdentity " + desired.identity() + "."));
        return new Step.Validate(endpointName, wanted, attempt);
    }

    private static String describe(ValidationStatus known) {
        List<String> failed = known.requests().stream()
                .filter(request -> !PASSED.equals(request.outcome()))
                .map(request -> request.name() + ": " + request.outcome())
                .toList();
        return String.join("; ", failed);
    }
}
