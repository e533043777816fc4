package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.Progress;
import dev.pilotlight.api.v1alpha1.Reasons;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * More capacity that is demanded and not there yet. How long AWS takes is counted from when AWS was asked: until then a rollout, a
 * suspended endpoint or a throttled AWS held it up, of which an earlier demand is no cure.
 *
 * @param begun when AWS was asked last; empty while it was not
 */
public record Rise(int capacity, Optional<Instant> begun) {

    /** AWS has not been asked for it yet. */
    public static Rise to(int capacity) {
        return new Rise(capacity, Optional.empty());
    }

    /**
     * After a look at the endpoint.
     *
     * @param progress of the endpoint's status; null for none
     */
    public Rise seen(Progress progress) {
        return progress != null
                        && Reasons.UPDATING_CAPACITY.equals(progress.reason())
                        && Objects.equals(progress.provisionedConcurrency(), capacity)
                ? new Rise(capacity, Optional.of(Instant.parse(progress.since())))
                : this;
    }

    /** The lead after it has come; as it was where nobody saw AWS being asked, because a rollout brought it along. */
    public Duration lead(Duration before, Instant now) {
        return begun.map(at -> Lead.after(before, Duration.between(at, now))).orElse(before);
    }
}
