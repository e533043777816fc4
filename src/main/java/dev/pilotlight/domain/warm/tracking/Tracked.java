package dev.pilotlight.domain.warm.tracking;

import java.time.Instant;
import java.util.Optional;

/**
 * What target tracking asks for.
 *
 * @param capacity between the spec's min and max
 * @param since when it was changed last
 * @param distrust why the measurements were not believed and the capacity stayed; empty where they were
 */
public record Tracked(int capacity, Instant since, Optional<String> distrust) {}
