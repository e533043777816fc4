package dev.pilotlight.domain.warm.schedule;

import java.time.Instant;

/**
 * Some time.
 *
 * @param from inclusive
 * @param to exclusive
 */
record Span(Instant from, Instant to) {
    boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
