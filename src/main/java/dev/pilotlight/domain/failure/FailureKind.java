package dev.pilotlight.domain.failure;

/** What to do next about a failed AWS call; the finest distinction any decision needs. */
public enum FailureKind {
    /** AWS asked for fewer calls: wait, slow down, try again. */
    THROTTLED,
    /** A fault of the service or the network: try again with backoff. The call may have taken effect. */
    RETRIABLE,
    /** The resource is between states and refuses changes: wait for the state to pass. */
    IN_PROGRESS,
    /** The named resource does not exist, or is not visible yet. */
    NOT_FOUND,
    /** A resource of that name exists already. */
    CONFLICT,
    /** Credentials are missing, expired, not trusted or not allowed: somebody grants the permission, then it passes by itself. */
    DENIED,
    /** An account limit is reached: passes when something is deleted or the quota is raised. */
    QUOTA_EXCEEDED,
    /** The request can never succeed as it is: the spec has to change. */
    INVALID
}
