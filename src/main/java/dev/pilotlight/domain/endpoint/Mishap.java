package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import java.time.Instant;

/**
 * What to tell the user when an AWS call of a pass failed. The next pass tries again in any case; this only chooses between silence, "it
 * will pass" and "a person has to act".
 */
public final class Mishap {
    private final Policy policy;

    public Mishap(Policy policy) {
        this.policy = policy;
    }

    /**
     * @param observed what the pass had seen, with an {@code Unseen} endpoint where the look itself failed
     * @param step what was tried; {@code None} for a failed look
     */
    public Decision decide(
            Desired desired,
            Observed observed,
            Step step,
            boolean deleting,
            AwsFailure failure,
            ServerlessEndpointStatus remembered,
            Instant now) {
        Draft draft = new Draft(desired, observed, remembered, now, policy);
        if (observed.standing() instanceof Standing.Granted granted) {
            draft.account(granted.accountID());
        }
        if (passesUnseen(failure)) {
            return draft.asRemembered();
        }
        if (isCapacityOnly(draft, step)) {
            Decision unchanged = draft.asRemembered();
            return unchanged.with(new Verdict(
                    ConditionTypes.SCALING, Status.FALSE, Reasons.CAPACITY_CHANGE_FAILED, failure.describe()));
        }
        if (confirmed(draft) && step instanceof Step.None && failure.kind() != FailureKind.DENIED) {
            // A look failed, nothing is known to be wrong: AWS being away does not make a serving endpoint unready.
            return draft.asRemembered();
        }
        String text = failure.describe();
        switch (failure.kind()) {
            case DENIED ->
                draft.blocked(
                        failure.operation().startsWith("sts:") ? Reasons.ROLE_NOT_ASSUMABLE : Reasons.ACCESS_DENIED,
                        text + ". Check the role of AWSIdentity " + desired.identity() + ".");
            case QUOTA_EXCEEDED -> overQuota(draft, step, text);
            case THROTTLED -> draft.working(Reasons.THROTTLED, text);
            case INVALID -> draft.stalled(Reasons.INVALID_PARAMETER, text);
            case IN_PROGRESS, NOT_FOUND, CONFLICT, RETRIABLE -> draft.working(Reasons.AWS_UNAVAILABLE, text);
        }
        if (deleting) {
            draft.verdict(ConditionTypes.TERMINATING, Status.TRUE, deletionReason(failure), text);
        }
        return draft.decide(new Step.None());
    }

    private static void overQuota(Draft draft, Step step, String text) {
        boolean preview =
                step instanceof Step.CreateEndpoint create && create.name().equals(draft.desired.previewName());
        if (preview) {
            draft.queued(
                    Reasons.WAITING_FOR_PREVIEW_SLOT,
                    text + " Where the quota never has room for a preview, set spec.rollout.strategy to InPlace.");
        } else {
            draft.queued(Reasons.QUOTA_EXCEEDED, text);
        }
    }

    /** Our own rate limiter, and states AWS leaves by itself within seconds, are no news. */
    private static boolean passesUnseen(AwsFailure failure) {
        return "LocalRateLimit".equals(failure.code())
                || failure.kind() == FailureKind.IN_PROGRESS
                || failure.kind() == FailureKind.NOT_FOUND
                || failure.kind() == FailureKind.CONFLICT;
    }

    private static boolean confirmed(Draft draft) {
        return draft.remembered.observedGeneration() != null
                && draft.remembered.observedGeneration() == draft.desired.generation()
                && draft.remembered.conditions().stream()
                        .anyMatch(c -> c.type().equals(ConditionTypes.READY) && "True".equals(c.status()));
    }

    private static boolean isCapacityOnly(Draft draft, Step step) {
        boolean scalingCall = step instanceof Step.UpdateConcurrency
                || step instanceof Step.UpdateEndpoint
                || step instanceof Step.CreateEndpointConfig;
        return scalingCall
                && draft.deployed()
                        .filter(draft.desired.revision().name()::equals)
                        .isPresent()
                && draft.observed
                        .endpoint()
                        .found()
                        .flatMap(live -> draft.desired.names().revisionOfConfig(live.configName()))
                        .filter(draft.desired.revision().name()::equals)
                        .isPresent();
    }

    private static String deletionReason(AwsFailure failure) {
        return failure.kind() == FailureKind.DENIED ? Reasons.IDENTITY_UNAVAILABLE : Reasons.TERMINATING;
    }
}
