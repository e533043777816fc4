package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Progress;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.condition.StatusConditions;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the status of earlier passes says, asked in the terms of a decision. The status is the only memory there is: a crash between any two
 * passes loses nothing.
 *
 * @param status in which no wait began later than {@code now}
 */
record Remembered(ServerlessEndpointStatus status, Desired desired, Instant now, Policy policy) {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /**
     * A clock that was set back may have noted a time that is still to come, and a person who edits the status one that nobody can read. No
     * wait can run from either.
     */
    static ServerlessEndpointStatus notAhead(ServerlessEndpointStatus status, Instant now) {
        Progress progress = status.progress();
        if (progress == null || hasCome(progress.since(), now)) {
            return status;
        }
        Progress fromNow = new Progress(
                progress.reason(),
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                progress.maxConcurrency(),
                progress.provisionedConcurrency());
        return new ServerlessEndpointStatusBuilder(status).progress(fromNow).build();
    }

    private static boolean hasCome(String since, Instant now) {
        try {
            return !Instant.parse(since).isAfter(now);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** The history. A newer version's state says nothing here, and may not be written: what is not known to serve has to be proven. */
    List<RevisionRecord> revisions() {
        return status.revisions().stream().map(this::known).toList();
    }

    private RevisionRecord known(RevisionRecord record) {
        boolean serves = status.revision() != null
                && record.name().equals(status.revision().deployed());
        return record.state() != RevisionState.UNKNOWN
                ? record
                : record.withState(serves ? RevisionState.DEPLOYED : RevisionState.PENDING, null, null);
    }

    /** The status names this endpoint config as one of the wanted revision, or has no record of that revision to name it in. */
    boolean knowsConfig(String name) {
        return status.revisions().stream()
                .filter(record -> record.name().equals(desired.revision().name()))
                .allMatch(record -> name.equals(record.endpointConfigName())
                        || name.equals(record.previewEndpointConfigName())
                        || record.otherEndpointConfigNames().contains(name));
    }

    boolean desiredWas(String revision) {
        return status.revision() != null && revision.equals(status.revision().desired());
    }

    boolean progressIs(String reason) {
        return status.progress() != null && reason.equals(status.progress().reason());
    }

    /** When the present wait began, where {@code reason} is the present wait; else now. */
    Instant since(String reason) {
        return progressIs(reason) ? Instant.parse(status.progress().since()) : now;
    }

    /** When to make a failed endpoint again: each try waits half as long as all tries before it took, and the first does not wait. */
    Instant againAt(String reason, EndpointSnapshot failed) {
        Duration wait = Duration.between(since(reason), now).dividedBy(2);
        return failed.lastModifiedTime().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    /** Whether AWS touched the endpoint since its facts were last remembered, or has had the time to. */
    boolean sawChangeOf(EndpointSnapshot live) {
        boolean touched = status.aws() == null
                || live.lastModifiedTime().toEpochMilli()
                        > Instant.parse(status.aws().lastModifiedTime()).toEpochMilli();
        boolean graceOver = status.progress() != null
                && !now.isBefore(Instant.parse(status.progress().since()).plus(policy.staleReadGrace()));
        return touched || graceOver;
    }

    /** The very pair that is wanted now was asked for in an earlier pass; what else was asked for says nothing about it. */
    boolean scalingAttempted() {
        if (!progressIs(Reasons.UPDATING_CAPACITY)) {
            return false;
        }
        Integer max = status.progress().maxConcurrency();
        Integer provisioned = status.progress().provisionedConcurrency();
        // An earlier version of the operator did not note the pair.
        return max == null
                ? Objects.equals(status.observedGeneration(), desired.generation())
                : desired.concurrency().equals(new Concurrency(max, provisioned == null ? 0 : provisioned));
    }

    /** The wanted capacity was in force: what is different now was changed by somebody else. */
    boolean hadCapacity() {
        return atRest()
                && InForce.of(desired, new ServerlessCapacity(desired.memorySizeInMB(), desired.concurrency()))
                        .equals(status.effective());
    }

    /** A policy that is gone has been noted as such. */
    boolean holds() {
        return status.effective() != null
                && status.effective().provisionedBy() != null
                && status.effective().provisionedBy().until() != null;
    }

    /** All was as this generation wants it, but for the capacity that is demanded from hour to hour. */
    boolean atRest() {
        return Objects.equals(status.observedGeneration(), desired.generation())
                && StatusConditions.isReady(status.conditions())
                && condition(ConditionTypes.SCALING).isEmpty()
                && status.progress() == null
                && status.attempt() == null;
    }

    /** What a condition said last. */
    Optional<Condition> condition(String type) {
        return StatusConditions.find(status.conditions(), type);
    }

    /** Whether the endpoint that was seen is this object's: by its tags, or by what the status remembers where it has none. */
    boolean isOurs(Sighting<EndpointSnapshot> seen) {
        return seen instanceof Sighting.Present<EndpointSnapshot> present
                && (policy.safeguards().owns(desired.owner(), present.owner())
                        || (present.owner().isEmpty() && is(present.resource())));
    }

    /** Tags can be stripped; ARN and creation time cannot be forged by accident. */
    boolean is(EndpointSnapshot live) {
        return status.endpointARN() != null
                && status.endpointARN().equalsIgnoreCase(live.arn())
                && status.aws() != null
                && Instant.parse(status.aws().creationTime()).toEpochMilli()
                        == live.creationTime().toEpochMilli();
    }

    /** The present wait has lasted longer than the progress deadline. */
    boolean overdue() {
        return status.progress() != null
                && !now.isBefore(Instant.parse(status.progress().since()).plus(progressDeadline()));
    }

    Duration progressDeadline() {
        Integer seconds = desired.rollout().progressDeadlineSeconds();
        return Duration.ofSeconds(seconds == null ? 1800 : seconds);
    }
}
