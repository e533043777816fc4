package dev.pilotlight.aws;

/** Whose call goes first when the rate limiter is short of tokens. */
public enum Priority {
    /** Deletion: frees quota and lets objects go. */
    DELETE,
    /** What a user asked for. */
    CHANGE,
    /** Looking whether anything drifted. */
    DRIFT
}
