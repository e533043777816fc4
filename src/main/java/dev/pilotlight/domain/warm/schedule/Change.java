package dev.pilotlight.domain.warm.schedule;

import java.time.Instant;

/** From this time on this is asked for. */
public record Change(Instant at, Asked asked) {}
