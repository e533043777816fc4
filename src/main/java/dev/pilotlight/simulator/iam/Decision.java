package dev.pilotlight.simulator.iam;

/** What a policy says to a request. An explicit deny wins over every allow; silence is a no. */
public enum Decision {
    ALLOW,
    EXPLICIT_DENY,
    NOT_MENTIONED;

    /** The answer of two policies that both may allow (a union, as the policies attached to one role). */
    public Decision or(Decision other) {
        if (this == EXPLICIT_DENY || other == EXPLICIT_DENY) {
            return EXPLICIT_DENY;
        }
        return this == ALLOW || other == ALLOW ? ALLOW : NOT_MENTIONED;
    }

    /** The answer of two policies that both must allow (an intersection, as a role's and a session's policy). */
    public Decision and(Decision other) {
        if (this == EXPLICIT_DENY || other == EXPLICIT_DENY) {
            return EXPLICIT_DENY;
        }
        return this == ALLOW && other == ALLOW ? ALLOW : NOT_MENTIONED;
    }
}
