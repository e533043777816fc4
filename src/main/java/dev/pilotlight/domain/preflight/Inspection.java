package dev.pilotlight.domain.preflight;

import java.util.Optional;

/**
 * What is known before a change.
 *
 * @param facts about the wanted revision; empty until somebody has looked
 * @param around what else there is; empty where nothing is about to change
 */
public record Inspection(Optional<Facts> facts, Surroundings around) {
    public static final Inspection NONE = new Inspection(Optional.empty(), Surroundings.EMPTY);
}
