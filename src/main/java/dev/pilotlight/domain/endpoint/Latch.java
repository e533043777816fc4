package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** What failed is not tried again by itself: it holds for exactly what was tried. */
final class Latch {
    private Latch() {}

    /** A rollout of a revision failed. */
    static FailedAttempt on(String revision, String reason, String message, long generation, Instant now) {
        return new FailedAttempt(
                revision,
                null,
                null,
                reason,
                message,
                generation,
                now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** The latch of a failed rollout holds for this revision. */
    static boolean holds(FailedAttempt attempt, String revision) {
        return attempt != null && Objects.equals(attempt.revision(), revision);
    }

    /** The latch of a failed change of capacity holds for this pair. */
    static boolean holds(FailedAttempt attempt, Concurrency pair) {
        return attempt != null
                && attempt.revision() == null
                && Objects.equals(attempt.maxConcurrency(), pair.max())
                && Objects.equals(
                        attempt.provisionedConcurrency(), pair.provisioned() == 0 ? null : pair.provisioned());
    }
}
