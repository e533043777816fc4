package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whose turn it is to have a preview endpoint in one account and Region. The statuses of the objects are the queue, so it is the same
 * after a restart: who has a preview noted there holds a slot until nothing of it is left, and who waits longest goes first.
 */
public final class PreviewQueue {

    private PreviewQueue() {}

    /**
     * A place in the queue.
     *
     * @param since when the wait began; one that has not begun to wait is the last
     * @param name tells two apart that began in the same second
     */
    public record Ticket(Instant since, String name) implements Comparable<Ticket> {
        private static final Comparator<Ticket> ORDER =
                Comparator.comparing(Ticket::since).thenComparing(Ticket::name);

        @Override
        public int compareTo(Ticket other) {
            return ORDER.compare(this, other);
        }
    }

    /** Whether something of a preview of that object may be in AWS. */
    public static boolean holds(ServerlessEndpointStatus status) {
        return status.revisions().stream().anyMatch(record -> record.previewEndpointConfigName() != null);
    }

    /** The place of an object that waits for a slot; empty when it does not. */
    public static Optional<Ticket> ticket(ServerlessEndpointStatus status, String name) {
        boolean waits = !holds(status)
                && status.progress() != null
                && Reasons.WAITING_FOR_PREVIEW_SLOT.equals(status.progress().reason());
        return waits ? Optional.of(new Ticket(Instant.parse(status.progress().since()), name)) : Optional.empty();
    }

    /** Whether the next thing this object needs may be a preview: asking is worth it, and answers nothing by itself. */
    public static boolean mayNeedSlot(Desired desired, ServerlessEndpointStatus status) {
        String wanted = desired.revision().name();
        return desired.previews()
                && status.revision() != null
                && status.revision().deployed() != null
                && !wanted.equals(status.revision().deployed())
                && status.revisions().stream()
                        .anyMatch(record -> record.name().equals(wanted) && record.previewEndpointConfigName() == null);
    }
}
