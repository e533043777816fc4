package dev.pilotlight.domain.preflight;

/**
 * What endpoints of an account and Region take that are not this cluster's.
 *
 * @param usage of the serverless ones among those that were looked at
 * @param unknown endpoints that were not looked at yet and may be serverless; they count as nothing
 */
public record Foreign(Usage usage, int unknown) {
    public static final Foreign NONE = new Foreign(Usage.NONE, 0);
}
