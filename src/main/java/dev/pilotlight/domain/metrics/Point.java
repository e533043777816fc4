package dev.pilotlight.domain.metrics;

import java.time.Instant;

/**
 * One value of a series.
 *
 * @param at beginning of the period that it stands for
 * @param value in the metric's unit
 */
public record Point(Instant at, double value) {}
