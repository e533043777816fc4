package dev.pilotlight.operator.time;

import dev.pilotlight.domain.time.Scheduler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Turns keys that are due on the operator's scheduler into reconciles, in place of JOSDK's wall-clock timer. One per controller.
 *
 * <p>Looks are only ever asked for by reconciles and their followers, which run on the leader, so a standby has none. JOSDK keeps events
 * that arrive before its event processing starts and drops those for objects that do not exist.
 *
 * @param <P> kind that is reconciled
 */
public final class LookEventSource<P extends HasMetadata> extends AbstractEventSource<Void, P>
        implements ResourceEventAware<P> {
    private final DueKeys<ResourceID> looks;
    private final Consumer<P> gone;
    private final Set<ResourceID> delivered = ConcurrentHashMap.newKeySet();

    /**
     * @param name unique in the controller, for example {@code look}
     */
    public LookEventSource(String name, Scheduler scheduler) {
        this(name, scheduler, object -> {});
    }

    /**
     * @param gone told of every object that is gone, with the last version the watch had, also of one nobody reconciled at its end
     */
    public LookEventSource(String name, Scheduler scheduler, Consumer<P> gone) {
        super(Void.class, name);
        this.gone = gone;
        this.looks = new DueKeys<>(scheduler, name, this::wake);
    }

    /** Reconciles the object when the scheduler's clock reaches that time, or earlier where an earlier look was asked for. */
    public void lookAt(ResourceID object, Instant at) {
        looks.lookAt(object, at);
    }

    /** Reconciles the object at once; for results that arrive from outside a reconcile. A look asked for earlier stays. */
    public void wake(ResourceID object) {
        if (getEventHandler() != null) {
            delivered.add(object);
            getEventHandler().handleEvent(new Event(object));
        }
    }

    /** A reconcile of the object begins: what was delivered for it has arrived. */
    public void begun(ResourceID object) {
        delivered.remove(object);
    }

    /** Objects whose reconcile was asked for and has not begun; a copy, for harnesses that wait until all is done. */
    public Set<ResourceID> delivered() {
        return Set.copyOf(delivered);
    }

    /** Takes back the look at that object. */
    public void forget(ResourceID object) {
        looks.forget(object);
    }

    /** The looks asked for and not due yet: a copy. */
    public Map<ResourceID, Instant> pending() {
        return looks.pending();
    }

    @Override
    public void onResourceDeleted(P object) {
        looks.forget(ResourceID.fromResource(object));
        delivered.remove(ResourceID.fromResource(object));
        gone.accept(object);
    }

    @Override
    public void stop() {
        looks.clear();
        super.stop();
    }

    /** There are no secondary resources: what is looked at is the object itself. */
    @Override
    public Set<Void> getSecondaryResources(P object) {
        return Set.of();
    }
}
