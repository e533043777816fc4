package dev.pilotlight.operator.kube;

/** What became of a status write. */
public sealed interface StatusWrite {

    /** The API server has the status. */
    record Written(String resourceVersion) implements StatusWrite {}

    /** The object already says so; nothing was sent. */
    record Unchanged() implements StatusWrite {}

    /** The object is not the one the status was decided on any more: drop the decision and gather again. */
    record Conflict() implements StatusWrite {}

    /** The object is gone; there is nobody to tell. */
    record Gone() implements StatusWrite {}
}
