package dev.pilotlight.domain.orphans;

/** Whether the owner of something in AWS is there. */
public enum Answer {
    /** It exists. */
    PRESENT,

    /** It is gone, and nobody took its place who needs what it left. */
    ABSENT,

    /** Nothing may be concluded. */
    UNKNOWN
}
