package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.condition.Reported;
import dev.pilotlight.domain.condition.StatusConditions;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        Overriding.say(draft);
        String text = text(failure, remembered);
        boolean reported = Reported.by(remembered.observedGeneration());
        if (reported && passesUnseen(failure) && !hidesTrouble(draft, step)) {
            return draft.asRemembered(new Step.None());
        }
        if (reported && !deleting && "NoIdentity".equals(failure.code())) {
            // Right after a start, before the identity was tried: its word comes within a moment.
            return draft.asRemembered(new Step.None());
        }
        boolean beside = step instanceof Step.UpdateConcurrency
                || (step instanceof Step.Scale
                        && draft.latched(desired.revision().name()));
        if (beside && reported && !deleting && !isCapacityOnly(draft, step)) {
            // Another revision serves, and what is said of the wanted one is not about this.
            return draft.asRemembered(new Step.None());
        }
        if (!deleting && isCapacityOnly(draft, step)) {
            return capacity(draft, step, failure, text);
        }
        if (confirmed(draft) && isHousekeeping(step) && failure.kind() != FailureKind.DENIED) {
            // Nothing is known to be wrong: AWS being away does not make a serving endpoint unready.
            return draft.asRemembered(new Step.None());
        }
        switch (failure.kind()) {
            case DENIED -> denied(draft, failure, text);
            case QUOTA_EXCEEDED -> overQuota(draft, step, text);
            case THROTTLED -> draft.delayed(Reasons.THROTTLED, text);
            case INVALID -> draft.stalled(Reasons.INVALID_PARAMETER, text);
            case IN_PROGRESS, NOT_FOUND, CONFLICT, RETRIABLE -> draft.delayed(Reasons.AWS_UNAVAILABLE, text);
        }
        if (deleting) {
            draft.verdict(ConditionTypes.TERMINATING, Status.TRUE, deletionReason(failure), text);
        }
        return draft.decide(new Step.None());
    }

    /** SageMaker refuses on behalf of the execution role in the same breath as it refuses ours. */
    private static void denied(Draft draft, AwsFailure failure, String text) {
        if (failure.message().startsWith("Could not assume role")) {
            draft.blocked(
                    Reasons.EXECUTION_ROLE_INVALID,
                    text + ". The role of spec.model.executionRoleARN must exist and trust sagemaker.amazonaws.com.");
        } else if (failure.message().startsWith("Could not access model data")) {
            draft.blocked(
                    Reasons.MODEL_DATA_NOT_FOUND,
                    text + ". Upload the archive, or let the role of spec.model.executionRoleARN read it.");
        } else {
            draft.blocked(
                    failure.operation().startsWith("sts:") ? Reasons.ROLE_NOT_ASSUMABLE : Reasons.ACCESS_DENIED,
                    text + ". Check the role of AWSIdentity " + draft.desired.identity() + ".");
        }
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

    /** Silence would leave a Ready that is known to be untrue, or hide for ever that nothing moves. */
    private static boolean hidesTrouble(Draft draft, Step step) {
        boolean untrue = StatusConditions.isReady(draft.remembered.conditions())
                && !isHousekeeping(step)
                && !isCapacityOnly(draft, step);
        return untrue || draft.before.overdue();
    }

    /** A look, or keeping tags and history in order: the endpoint serves what is wanted whether it succeeds or not. */
    private static boolean isHousekeeping(Step step) {
        return step instanceof Step.None
                || step instanceof Step.AddTags
                || step instanceof Step.DeleteTags
                || (step instanceof Step.Delete delete && delete.kind() != Kind.ENDPOINT);
    }

    private static boolean confirmed(Draft draft) {
        return draft.remembered.observedGeneration() != null
                && draft.remembered.observedGeneration() == draft.desired.generation()
                && StatusConditions.isReady(draft.remembered.conditions());
    }

    /** A failed change of capacity leaves Ready alone: the wanted revision serves. */
    private static Decision capacity(Draft draft, Step step, AwsFailure failure, String text) {
        EndpointSnapshot live = draft.observed.endpoint().found().orElseThrow();
        boolean hasNone = live.capacity()
                .filter(capacity -> capacity.concurrency().provisioned() == 0)
                .isPresent();
        boolean asksForSome = step instanceof Step.UpdateConcurrency update
                && update.concurrency().provisioned() > 0;
        boolean anotherWay = hasNone && asksForSome;
        Convergence convergence = new Convergence(draft, live);
        return switch (failure.kind()) {
            case INVALID ->
                anotherWay
                        ? draft.asRemembered(new Step.None())
                        : convergence.capacityRefused(text, !(step instanceof Step.Scale));
            case DENIED, QUOTA_EXCEEDED -> convergence.capacityRefused(text, false);
            case THROTTLED, RETRIABLE, IN_PROGRESS, NOT_FOUND, CONFLICT -> convergence.capacityDelayed(text);
        };
    }

    /** What to say of the failure: the request id of a repeated one stays the first, so that repeating it is no news. */
    private static String text(AwsFailure failure, ServerlessEndpointStatus remembered) {
        String bare =
                new AwsFailure(failure.kind(), failure.operation(), failure.code(), failure.message(), "").describe();
        Pattern before = Pattern.compile(Pattern.quote(bare) + "( \\(request [^)]*\\))?");
        return remembered.conditions().stream()
                .map(condition -> before.matcher(condition.message()))
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElseGet(failure::describe);
    }

    private static boolean isCapacityOnly(Draft draft, Step step) {
        boolean scalingCall = step instanceof Step.UpdateConcurrency
                || step instanceof Step.Scale
                || step instanceof Step.UpdateEndpoint
                || step instanceof Step.CreateEndpointConfig;
        return scalingCall
                && draft.deployed()
                        .filter(draft.desired.revision().name()::equals)
                        .isPresent()
                && draft.observed
                        .endpoint()
                        .found()
                        .flatMap(draft::revisionOf)
                        .filter(draft.desired.revision().name()::equals)
                        .isPresent();
    }

    private static String deletionReason(AwsFailure failure) {
        return failure.kind() == FailureKind.DENIED ? Reasons.IDENTITY_UNAVAILABLE : Reasons.TERMINATING;
    }
}
