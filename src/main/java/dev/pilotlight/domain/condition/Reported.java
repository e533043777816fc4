package dev.pilotlight.domain.condition;

/** Tells a status that was written from one that was not yet, or was cleared. */
public final class Reported {
    private Reported() {}

    /**
     * Whether anybody has written the status. The CRD makes one that nobody wrote a status about generation -1.
     *
     * @param observedGeneration of the status; null where it has none
     */
    public static boolean by(Long observedGeneration) {
        return observedGeneration != null && observedGeneration > 0;
    }
}
