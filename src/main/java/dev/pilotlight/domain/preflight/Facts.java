package dev.pilotlight.domain.preflight;

import dev.pilotlight.domain.failure.AwsFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * What one round of reading found out. What was not asked is empty.
 *
 * @param readAt when the round ended
 * @param since when the first of the rounds without a full answer ended; {@code readAt} for a full one
 */
public record Facts(
        Instant readAt,
        Instant since,
        Optional<Reading<ImageFacts>> image,
        Optional<Reading<ArchiveFacts>> archive,
        Optional<Reading<RoleFacts>> role,
        Optional<Reading<Quotas>> quotas) {

    /** What to read. */
    public enum Scope {
        /** All a new revision depends on. */
        REVISION,
        /** Only what the image's tag means now. */
        IMAGE,
        /** Only the quotas, for a change of capacity. */
        QUOTAS
    }

    /** The same, waited for since an earlier round. */
    public Facts since(Instant earlier) {
        return new Facts(readAt, earlier, image, archive, role, quotas);
    }

    /** Whether this answers all that the scope asks. */
    public boolean covers(Scope scope) {
        return switch (scope) {
            case REVISION -> role.isPresent() && quotas.isPresent();
            case IMAGE -> image.isPresent();
            case QUOTAS -> quotas.isPresent();
        };
    }

    /** A reading that AWS could not give now, the image's first; empty when there is none. */
    public Optional<AwsFailure> unavailable() {
        return imageUnavailable()
                .or(() -> archive.flatMap(Reading::unavailable))
                .or(() -> role.flatMap(Reading::unavailable))
                .or(() -> quotas.flatMap(Reading::unavailable));
    }

    /** As {@link #unavailable()}, of the image alone. */
    public Optional<AwsFailure> imageUnavailable() {
        return image.flatMap(Reading::unavailable);
    }
}
