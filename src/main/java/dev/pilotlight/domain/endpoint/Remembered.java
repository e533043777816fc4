package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the status of earlier passes says, asked in the terms of a decision. The status is the only memory there is: a crash between any two
 * passes loses nothing.
 */
record Remembered(ServerlessEndpointStatus status, Desired desired, Instant now, Policy policy) {

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

    /** Whether AWS touched the endpoint since its facts were last remembered, or has had the time to. */
    boolean sawChangeOf(EndpointSnapshot live) {
        boolean touched = status.aws() == null
                || live.lastModifiedTime().toEpochMilli()
                        > Instant.parse(status.aws().lastModifiedTime()).toEpochMilli();
        boolean graceOver = status.progress() != null
                && !now.isBefore(Instant.parse(status.progress().since()).plus(policy.staleReadGrace()));
        return touched || graceOver;
    }

    /** A change of capacity was asked for in an earlier pass of this generation. */
    boolean scalingAttempted() {
        return progressIs(Reasons.UPDATING_CAPACITY)
                && Objects.equals(status.observedGeneration(), desired.generation());
    }

    /** What a condition said last. */
    Optional<Condition> condition(String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** Whether the endpoint that was seen is this object's: by its tags, or by what the status remembers where it has none. */
    boolean isOurs(Sighting<EndpointSnapshot> seen) {
        return seen instanceof Sighting.Present<EndpointSnapshot> present
                && present.owner()
                        .map(owner -> owner.sameObject(desired.owner()))
                        .orElseGet(() -> is(present.resource()));
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
