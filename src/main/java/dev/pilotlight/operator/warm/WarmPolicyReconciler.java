package dev.pilotlight.operator.warm;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.domain.endpoint.Announcement;
import dev.pilotlight.domain.warm.decision.Rise;
import dev.pilotlight.domain.warm.decision.Situation;
import dev.pilotlight.domain.warm.decision.Target;
import dev.pilotlight.domain.warm.decision.WarmDecider;
import dev.pilotlight.domain.warm.decision.WarmDecision;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.operator.kube.Conditions;
import dev.pilotlight.operator.kube.EventRecorder;
import dev.pilotlight.operator.kube.Finalizers;
import dev.pilotlight.operator.kube.ObjectEvent;
import dev.pilotlight.operator.kube.Presence;
import dev.pilotlight.operator.kube.StatusWrite;
import dev.pilotlight.operator.kube.StatusWriter;
import dev.pilotlight.operator.leader.NotLeading;
import dev.pilotlight.operator.time.LookEventSource;
import dev.pilotlight.operator.warm.WarmMemories.Memory;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller of WarmPolicy. One pass reads everything, decides what the endpoint is to have, and writes that into the status if it is
 * another than before; the endpoint's controller follows it. Nothing here changes AWS.
 */
@ControllerConfiguration(
        name = WarmPolicyReconciler.NAME,
        finalizerName = Pilotlight.FINALIZER,
        fieldManager = Pilotlight.FIELD_MANAGER,
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 1, timeUnit = TimeUnit.HOURS))
public final class WarmPolicyReconciler implements Reconciler<WarmPolicy>, Cleaner<WarmPolicy> {

    /** Controller name, in metrics and logs. */
    public static final String NAME = "warmpolicy";

    private static final Logger log = LoggerFactory.getLogger(WarmPolicyReconciler.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final WarmPolicyStatus NEVER_REPORTED = new WarmPolicyStatusBuilder().build();

    private final WarmNeighbours neighbours;
    private final WarmGatherer gatherer;
    private final WarmDecider decider;
    private final StatusWriter writer;
    private final EventRecorder events;
    private final Finalizers finalizers;
    private final WarmMemories memories;
    private final WarmMeters meters;
    private final WarmDuties duties;
    private final LookEventSource<WarmPolicy> looks;
    private final Passes passes;
    private final Clock clock;
    private final Farewell farewell;

    WarmPolicyReconciler(
            WarmNeighbours neighbours,
            WarmGatherer gatherer,
            WarmDecider decider,
            StatusWriter writer,
            EventRecorder events,
            Finalizers finalizers,
            WarmMemories memories,
            WarmMeters meters,
            WarmDuties duties,
            LookEventSource<WarmPolicy> looks,
            Passes passes,
            Clock clock) {
        this.neighbours = neighbours;
        this.gatherer = gatherer;
        this.decider = decider;
        this.writer = writer;
        this.events = events;
        this.finalizers = finalizers;
        this.memories = memories;
        this.meters = meters;
        this.duties = duties;
        this.looks = looks;
        this.passes = passes;
        this.clock = clock;
        this.farewell = new Farewell(neighbours, duties, writer);
    }

    @Override
    public List<EventSource<?, WarmPolicy>> prepareEventSources(EventSourceContext<WarmPolicy> context) {
        List<EventSource<?, WarmPolicy>> sources = new ArrayList<>(neighbours.watches(context));
        sources.add(looks);
        return sources;
    }

    @Override
    public UpdateControl<WarmPolicy> reconcile(WarmPolicy object, Context<WarmPolicy> context) {
        ResourceID id = ResourceID.fromResource(object);
        Memory memory = memories.of(object.getMetadata().getUid());
        try (Passes.Pass pass = passes.begin(NAME, object)) {
            looks.begun(id);
            if (Presence.isGone(object, context)) {
                pass.succeeded();
                gone(object);
                return UpdateControl.noUpdate();
            }
            pass(object, id, memory);
            pass.succeeded();
        } catch (NotLeading e) {
            log.info("not leading any more object={}", id);
        } catch (RuntimeException e) {
            log.error("pass failed object={}", id, e);
            looks.lookAt(id, clock.instant().plus(AFTER_FAILURE));
        }
        return UpdateControl.noUpdate();
    }

    /** There is nothing of it in AWS: the endpoint's controller sees it go, notes what it has used, and holds the capacity for a while. */
    @Override
    public DeleteControl cleanup(WarmPolicy object, Context<WarmPolicy> context) {
        ResourceID id = ResourceID.fromResource(object);
        try (Passes.Pass pass = passes.begin(NAME, object)) {
            looks.begun(id);
            wakeRivals(object, object.getSpec().targetRef().name());
            boolean over =
                    farewell.isOver(object, memories.of(object.getMetadata().getUid()), clock.instant());
            pass.succeeded();
            if (!over) {
                looks.lookAt(id, clock.instant().plus(AFTER_FAILURE));
            } else if (finalizers.remove(object)) {
                gone(object);
            } else {
                looks.lookAt(id, clock.instant().plus(AFTER_FAILURE));
            }
        } catch (NotLeading e) {
            log.info("not leading any more object={}", id);
        } catch (RuntimeException e) {
            log.error("clean-up failed object={}", id, e);
            looks.lookAt(id, clock.instant().plus(AFTER_FAILURE));
        }
        // JOSDK's own removal could meet a namesake.
        return DeleteControl.noFinalizerRemoval();
    }

    /** Nothing of the policy is remembered any more, whoever took its finalizer off. */
    void gone(WarmPolicy object) {
        String uid = object.getMetadata().getUid();
        passes.forget(uid);
        memories.forget(uid);
        gatherer.forget(uid);
        meters.forget(uid);
        duties.end(uid);
        wakeRivals(object, object.getSpec().targetRef().name());
    }

    private void pass(WarmPolicy object, ResourceID id, Memory memory) {
        WarmPolicyStatus remembered = ofThisTarget(object);
        Instant now = clock.instant();

        memory.pinged(duties.pingSeconds(object));
        moved(object, memory);
        Situation gathered = gatherer.gather(object, remembered, memory);
        learnLead(object, gathered, memory, now);
        Situation situation = memory.lead().map(gathered::withLead).orElse(gathered);
        WarmDecision decision = decider.decide(situation, now);
        memory.concluded(decision);
        duties.follow(object, situation, decision);
        duties.spent(memory, situation, now);
        WarmPolicyStatus facts = duties.daily(object, situation, memory, decision.facts(), now);
        StatusWrite write = report(object, remembered, decision, facts, now);

        meters.show(object, situation, decision);
        if (WarmDecider.measures(situation)) {
            gatherer.askForUse(object);
        }
        wakeWhoeverThisConcerns(object, memory, write);
        decision.nextLook().ifPresent(at -> looks.lookAt(id, at));
        if (write instanceof StatusWrite.Conflict) {
            // As a rule the watch brings the newer version first; some conflicts come without one, and some watches
            // lag.
            looks.lookAt(id, now.plusSeconds(Math.min(60, 1L << Math.min(6, memory.conflicted() - 1))));
        } else {
            memory.agreed();
            rememberRise(situation, decision, memory);
        }
    }

    /** What the status says, without what it says of another endpoint than the one that spec names now. */
    private static WarmPolicyStatus ofThisTarget(WarmPolicy object) {
        WarmPolicyStatus status = object.getStatus() == null ? NEVER_REPORTED : object.getStatus();
        boolean same = status.target() == null
                || status.target().equals(object.getSpec().targetRef().name());
        return same
                ? status
                : new WarmPolicyStatusBuilder(status)
                        .target(null)
                        .demand(null)
                        .next(null)
                        .leadSeconds(null)
                        .forecast(null)
                        .coldStarts(null)
                        .keepWarm(null)
                        .build();
    }

    private void moved(WarmPolicy object, Memory memory) {
        boolean same = memory.target().isEmpty()
                || memory.target().equals(object.getSpec().targetRef().name());
        if (!same) {
            memory.moved();
            gatherer.moved(object.getMetadata().getUid());
            duties.end(object.getMetadata().getUid());
        }
    }

    /** Capacity that AWS was asked for and that has come says how early to ask for it. */
    private void learnLead(WarmPolicy object, Situation situation, Memory memory, Instant now) {
        memory.rise().ifPresent(rise -> {
            boolean come = situation
                    .target()
                    .filter(target -> target.running() >= rise.capacity())
                    .isPresent();
            if (come) {
                memory.lead(rise.lead(situation.lead(), now));
                memory.rise(Optional.empty());
            } else {
                memory.rise(Optional.of(rise.seen(neighbours
                        .endpoint(object)
                        .map(WarmNeighbours::progress)
                        .orElse(null))));
            }
        });
    }

    private static void rememberRise(Situation situation, WarmDecision decision, Memory memory) {
        Optional<Integer> demanded =
                Optional.ofNullable(decision.facts().demand()).map(WarmDemand::provisionedConcurrency);
        int running = situation.target().map(Target::running).orElse(0);
        if (demanded.isEmpty() || demanded.get() <= running) {
            memory.rise(Optional.empty());
        } else if (memory.rise()
                .filter(rise -> rise.capacity() == demanded.get())
                .isEmpty()) {
            memory.rise(Optional.of(Rise.to(demanded.get())));
        }
    }

    private StatusWrite report(
            WarmPolicy object,
            WarmPolicyStatus remembered,
            WarmDecision decision,
            WarmPolicyStatus facts,
            Instant now) {
        List<Condition> conditions = Conditions.of(
                remembered.conditions(),
                decision.verdicts(),
                object.getMetadata().getGeneration(),
                now);
        WarmPolicyStatus status =
                new WarmPolicyStatusBuilder(facts).conditions(conditions).build();
        StatusWrite write = writer.write(object, status);
        if (write instanceof StatusWrite.Written) {
            log.info(
                    "status object={}/{} generation={} ready={} demand={}",
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName(),
                    status.observedGeneration(),
                    conditions.getFirst().reason(),
                    status.demand());
            decision.announcements().forEach(announcement -> announce(object, announcement, now));
        }
        return write;
    }

    private void announce(WarmPolicy object, Announcement announcement, Instant now) {
        events.record(
                object,
                new ObjectEvent(
                        announcement.warning() ? ObjectEvent.Type.WARNING : ObjectEvent.Type.NORMAL,
                        announcement.reason(),
                        announcement.reason(),
                        announcement.note(),
                        Optional.empty(),
                        // The same happens every morning, and each time is an event of its own.
                        announcement.note() + now));
    }

    /** Whoever was refused because of this policy looks again when it changed. */
    private void wakeWhoeverThisConcerns(WarmPolicy object, Memory memory, StatusWrite write) {
        String target = object.getSpec().targetRef().name();
        if (!memory.target().isEmpty() && !memory.target().equals(target)) {
            wakeRivals(object, memory.target());
        }
        memory.target(target);
        if (write instanceof StatusWrite.Written) {
            wakeRivals(object, target);
        }
    }

    private void wakeRivals(WarmPolicy object, String target) {
        Instant now = clock.instant();
        ResourceID self = ResourceID.fromResource(object);
        neighbours.ids(object.getMetadata().getNamespace(), target).stream()
                .filter(id -> !id.equals(self))
                .forEach(id -> looks.lookAt(id, now));
    }
}
