package dev.pilotlight.api.v1alpha1;

/** Names that every part of Pilotlight and every user of its API shares. */
public final class Pilotlight {
    /** API group of all kinds. */
    public static final String GROUP = "pilotlight.dev";

    /** Version of the kinds in this package. */
    public static final String VERSION = "v1alpha1";

    /** Finalizer that keeps an object until its AWS side is cleaned up. */
    public static final String FINALIZER = GROUP + "/cleanup";

    /** Field manager of everything the operator writes. */
    public static final String FIELD_MANAGER = "pilotlight";

    /** Category of the kinds users write: {@code kubectl get pilotlight}. */
    public static final String CATEGORY = "pilotlight";

    /** Category of the kinds administrators write: {@code kubectl get pilotlight-admin}. */
    public static final String ADMIN_CATEGORY = "pilotlight-admin";

    private Pilotlight() {}
}
