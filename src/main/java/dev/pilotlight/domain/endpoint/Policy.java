package dev.pilotlight.domain.endpoint;

import java.time.Duration;

/**
 * Operator-wide settings of the decisions.
 *
 * @param stallAfter how long a cause that can pass by itself is waited for before a person is asked (flag {@code --stall-after})
 * @param staleReadGrace how long after UpdateEndpoint an endpoint that looks untouched is taken for a stale read
 */
public record Policy(Duration stallAfter, Duration staleReadGrace) {

    /** 120 s and 60 s. */
    public static final Policy DEFAULT = new Policy(Duration.ofSeconds(120), Duration.ofSeconds(60));
}
