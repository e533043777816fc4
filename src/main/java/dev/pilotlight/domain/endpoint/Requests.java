package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.HandledAnnotations;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ValidationStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a user asks for once: by annotation, whose value is used up when it is acted on, or by other expectations of a revision that did
 * not meet the ones before.
 */
final class Requests {

    private Requests() {}

    static void consume(Draft draft) {
        retry(draft);
        refresh(draft);
        expectations(draft);
    }

    /** Something else is expected of a revision that did not answer as expected: it is tried again. */
    private static void expectations(Draft draft) {
        Desired desired = draft.desired;
        String wanted = desired.revision().name();
        ValidationStatus before = draft.validation();
        boolean failed = draft.latched(wanted)
                && Set.of(Reasons.VALIDATION_FAILED, Reasons.ROLLBACK_FAILED)
                        .contains(draft.failedAttempt().orElseThrow().reason())
                && before != null
                && wanted.equals(before.revision());
        boolean same = failed
                && Stream.of(desired.endpointName(), desired.previewName())
                        .map(desired::validationDigest)
                        .anyMatch(digest -> digest.equals(before.digest()));
        if (failed && !same) {
            draft.attempt(null);
        }
    }

    /** Lifts the latch of a failed attempt. */
    private static void retry(Draft draft) {
        String asked = draft.observed.retry();
        HandledAnnotations handled = handled(draft);
        if (asked.isEmpty() || asked.equals(handled.retry())) {
            return;
        }
        draft.handled(new HandledAnnotations(asked, handled.refresh(), handled.abandon()));
        draft.attempt(null);
        ValidationStatus before = draft.validation();
        if (before != null && Boolean.FALSE.equals(before.passed())) {
            // A number of its own, so that the late result of the attempt before is not taken for this one's.
            draft.validation(
                    new ValidationStatus(before.revision(), before.attempt() + 1, null, before.digest(), List.of()));
        }
    }

    /** Everything was read anew before this pass; that is all a refresh asks for. */
    private static void refresh(Draft draft) {
        String read = draft.observed.refresh();
        HandledAnnotations handled = handled(draft);
        if (!read.isEmpty() && !read.equals(handled.refresh())) {
            draft.handled(new HandledAnnotations(handled.retry(), read, handled.abandon()));
        }
    }

    private static HandledAnnotations handled(Draft draft) {
        return draft.handled() == null ? new HandledAnnotations(null, null, null) : draft.handled();
    }
}
