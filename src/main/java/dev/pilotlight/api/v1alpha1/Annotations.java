package dev.pilotlight.api.v1alpha1;

/** Annotations with which a user asks for something once. Each new value is acted on once and then kept in {@code status.handled}. */
public final class Annotations {
    /** Try a change again that failed and is latched. Any new value will do, a timestamp for example. */
    public static final String RETRY = Pilotlight.GROUP + "/retry";

    /** Read everything about the endpoint from AWS anew, tags and image digest included. Any new value will do. */
    public static final String REFRESH = Pilotlight.GROUP + "/refresh";

    /**
     * Let a deletion end although AWS cannot be cleaned up. The value must be the object's UID; what stays in AWS is
     * listed in an event.
     */
    public static final String ABANDON = Pilotlight.GROUP + "/abandon";

    private Annotations() {}
}
