package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.HandledAnnotations;
import dev.pilotlight.api.v1alpha1.ValidationStatus;
import java.util.List;

/** What a user asks for once, by annotation. A value is used up when it is acted on; a new one asks again. */
final class Requests {

    private Requests() {}

    static void consume(Draft draft) {
        retry(draft);
        refresh(draft);
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
