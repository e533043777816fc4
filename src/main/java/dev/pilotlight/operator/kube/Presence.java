package dev.pilotlight.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Whether the watch still shows the object a pass is about. */
public final class Presence {
    private Presence() {}

    /**
     * Whether the object is gone, or another one of its name is there. JOSDK takes an object from the watch's cache and starts its pass a
     * moment later; when the object goes in between, all that was remembered of it is forgotten already, that it was let go too, and the
     * pass would look for it in AWS and write to what is not there. Asked after the memory was taken up: a cache that still shows the
     * object says that nothing was forgotten before.
     */
    public static <P extends HasMetadata> boolean isGone(P object, Context<P> context) {
        return context.getPrimaryCache()
                .get(ResourceID.fromResource(object))
                .filter(shown ->
                        shown.getMetadata().getUid().equals(object.getMetadata().getUid()))
                .isEmpty();
    }
}
