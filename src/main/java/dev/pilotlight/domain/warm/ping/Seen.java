package dev.pilotlight.domain.warm.ping;

import java.time.Duration;

/**
 * What one burst of pings found.
 *
 * @param gap since the burst before, in which nobody else called
 * @param cold whether a container had to be started for it
 */
public record Seen(Duration gap, boolean cold) {}
