package dev.pilotlight.domain.endpoint;

import java.time.Duration;

/**
 * Operator-wide settings of the decisions.
 *
 * @param stallAfter how long a cause that can pass by itself is waited for before a person is asked (flag {@code --stall-after})
 * @param staleReadGrace how long after UpdateEndpoint an endpoint that looks untouched is taken for a stale read
 * @param largeImageBytes compressed size from which an image is warned about (flag {@code --preflight-large-image})
 * @param previewSlots the most preview endpoints at a time in one account and Region, at least 1 (flag {@code --preview-slots})
 * @param safeguards the rules that decisions keep to
 */
public record Policy(
        Duration stallAfter, Duration staleReadGrace, long largeImageBytes, int previewSlots, Safeguards safeguards) {

    /** 120 s, 60 s, 5 GiB and 5. */
    public static final Policy DEFAULT =
            new Policy(Duration.ofSeconds(120), Duration.ofSeconds(60), 5L << 30, 5, Safeguards.ALL);

    public Policy withPreviewSlots(int slots) {
        return new Policy(stallAfter, staleReadGrace, largeImageBytes, slots, safeguards);
    }

    /** For experiments that leave a rule out. */
    public Policy withSafeguards(Safeguards rules) {
        return new Policy(stallAfter, staleReadGrace, largeImageBytes, previewSlots, rules);
    }
}
