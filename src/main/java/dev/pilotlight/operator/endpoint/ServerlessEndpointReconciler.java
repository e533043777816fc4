package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.Annotations;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.domain.endpoint.Decision;
import dev.pilotlight.domain.endpoint.DeletionDecider;
import dev.pilotlight.domain.endpoint.EndpointDecider;
import dev.pilotlight.domain.endpoint.Mishap;
import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.domain.endpoint.PreviewQueue;
import dev.pilotlight.domain.endpoint.Step;
import dev.pilotlight.operator.endpoint.EndpointMemories.Memory;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.operator.kube.Definitions;
import dev.pilotlight.operator.kube.Finalizers;
import dev.pilotlight.operator.kube.Presence;
import dev.pilotlight.operator.kube.StatusWrite;
import dev.pilotlight.operator.leader.NotLeading;
import dev.pilotlight.operator.time.LookEventSource;
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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller of ServerlessEndpoint. One pass reads everything, decides, makes at most one call that changes AWS, and writes the status
 * once if a user can see a difference. Whatever goes wrong in a pass stays in it: the object is looked at again later, and no other
 * object notices.
 */
@ControllerConfiguration(
        name = ServerlessEndpointReconciler.NAME,
        finalizerName = Pilotlight.FINALIZER,
        fieldManager = Pilotlight.FIELD_MANAGER,
        // Annotations ask for retries, and our own status writes bring the next pass.
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 1, timeUnit = TimeUnit.HOURS))
public final class ServerlessEndpointReconciler implements Reconciler<ServerlessEndpoint>, Cleaner<ServerlessEndpoint> {

    /** Controller name, in metrics and logs. */
    public static final String NAME = "serverlessendpoint";

    private static final Logger log = LoggerFactory.getLogger(ServerlessEndpointReconciler.class);
    private static final Duration WATCH_CATCHES_UP = Duration.ofSeconds(30);
    private static final ServerlessEndpointStatus NEVER_REPORTED = new ServerlessEndpointStatusBuilder().build();

    private final Neighbours neighbours;
    private final EndpointGatherer gatherer;
    private final EndpointDecider decider;
    private final DeletionDecider deletionDecider;
    private final Mishap mishap;
    private final EndpointActor actor;
    private final EndpointReporter reporter;
    private final Finalizers finalizers;
    private final Definitions definitions;
    private final EndpointMemories memories;
    private final LookEventSource<ServerlessEndpoint> looks;
    private final Backoff backoff;
    private final Passes passes;
    private final Consumer<Gathered> previewSlotIsFree;
    private final Clock clock;
    private final OneAtATime<ResourceID> turns = new OneAtATime<>();

    ServerlessEndpointReconciler(
            Neighbours neighbours,
            EndpointGatherer gatherer,
            Policy policy,
            EndpointActor actor,
            EndpointReporter reporter,
            Finalizers finalizers,
            Definitions definitions,
            EndpointMemories memories,
            LookEventSource<ServerlessEndpoint> looks,
            Backoff backoff,
            Passes passes,
            Consumer<Gathered> previewSlotIsFree,
            Clock clock) {
        this.neighbours = neighbours;
        this.gatherer = gatherer;
        this.decider = new EndpointDecider(policy);
        this.deletionDecider = new DeletionDecider(policy);
        this.mishap = new Mishap(policy);
        this.actor = actor;
        this.reporter = reporter;
        this.finalizers = finalizers;
        this.definitions = definitions;
        this.memories = memories;
        this.looks = looks;
        this.backoff = backoff;
        this.passes = passes;
        this.previewSlotIsFree = previewSlotIsFree;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, ServerlessEndpoint>> prepareEventSources(
            EventSourceContext<ServerlessEndpoint> context) {
        List<EventSource<?, ServerlessEndpoint>> sources = new ArrayList<>(neighbours.watches(context));
        sources.add(looks);
        return sources;
    }

    @Override
    public UpdateControl<ServerlessEndpoint> reconcile(ServerlessEndpoint object, Context<ServerlessEndpoint> context) {
        guarded(object, context);
        return UpdateControl.noUpdate();
    }

    @Override
    public DeleteControl cleanup(ServerlessEndpoint object, Context<ServerlessEndpoint> context) {
        guarded(object, context);
        // Once AWS is clean ours is off already; JOSDK's removal could meet a namesake.
        return DeleteControl.noFinalizerRemoval();
    }

    /** The object is gone: nothing of it is remembered, whoever took its finalizer off. */
    void gone(ServerlessEndpoint object) {
        forget(object);
        reporter.gone(object);
    }

    private void forget(ServerlessEndpoint object) {
        passes.forget(object.getMetadata().getUid());
        memories.forget(object.getMetadata().getUid());
    }

    private void guarded(ServerlessEndpoint object, Context<ServerlessEndpoint> context) {
        ResourceID id = ResourceID.fromResource(object);
        turns.inTurn(id, () -> guarded(object, id, context));
    }

    /** Keeps an error of ours inside the object it happened to. */
    private void guarded(ServerlessEndpoint object, ResourceID id, Context<ServerlessEndpoint> context) {
        Memory memory = memories.of(object.getMetadata().getUid());
        try (Passes.Pass pass = passes.begin(NAME, object)) {
            // After begin, so that at every moment the look counts as delivered or the pass as running.
            looks.begun(id);
            if (memory.hasLetGo()) {
                pass.succeeded();
                return;
            }
            if (Presence.isGone(object, context)) {
                forget(object);
                pass.succeeded();
                return;
            }
            if (isOlderThanOurLastWrite(object, memory, clock.instant())) {
                pass.overtaken(memory.writtenVersion());
                return;
            }
            if (memory.isEchoOfFailure(version(object), clock.instant())) {
                pass.succeeded();
                return;
            }
            if (pass(object, id, memory)) {
                letGo(object, id, memory);
            }
            pass.succeeded();
        } catch (NotLeading e) {
            log.info("not leading any more object={} ", id);
        } catch (RuntimeException e) {
            memory.failed();
            log.error("pass failed object={}", id, e);
            looks.lookAt(id, clock.instant().plus(backoff.after(memory.failures())));
        }
    }

    private void letGo(ServerlessEndpoint object, ResourceID id, Memory memory) {
        if (finalizers.remove(object)) {
            memory.letGo();
        } else {
            // The newer version comes by the watch; until then every further try would only search AWS again.
            memory.failed();
            looks.lookAt(id, clock.instant().plus(backoff.after(memory.failures())));
        }
    }

    /** Returns whether nothing is left to do, and the object may go. */
    private boolean pass(ServerlessEndpoint object, ResourceID id, Memory memory) {
        ServerlessEndpointStatus remembered = object.getStatus() == null ? NEVER_REPORTED : object.getStatus();
        Instant now = clock.instant();

        Gathered gathered = gatherer.gather(object, remembered, memory);
        Decision decision = gathered.failure().isPresent()
                ? mishap(object, gathered, new Step.None(), gathered.failure().get(), remembered, now)
                : decide(object, gathered, remembered, now);
        Optional<AwsException> failure = gathered.failure();
        boolean changedAws = false;
        try {
            changedAws = actor.act(object, gathered, decision.step(), memory);
        } catch (AwsException e) {
            failure = Optional.of(e);
            decision = mishap(object, gathered, decision.step(), e, remembered, now);
        }
        if (decision.step() instanceof Step.LetGo) {
            decision.announcements().forEach(announcement -> reporter.announce(object, announcement));
            return true;
        }
        decision =
                decision.withFacts(status -> status.pastLedger(neighbours.pastLedger(object, remembered.pastLedger())));
        StatusWrite write = reporter.report(object, remembered, decision, memory, now);
        if (PreviewQueue.holds(remembered) && !PreviewQueue.holds(decision.facts())) {
            previewSlotIsFree.accept(gathered);
        }
        boolean deletionSaid = write instanceof StatusWrite.Written && object.isMarkedForDeletion();
        planNextLook(id, decision, failure, changedAws || deletionSaid, memory, now);
        if (write instanceof StatusWrite.Conflict) {
            // As a rule the watch brings the newer version first; some conflicts come without one, and some watches
            // lag.
            looks.lookAt(id, now.plus(backoff.after(memory.conflicted())));
        } else {
            memory.agreed();
        }
        return false;
    }

    private Decision decide(
            ServerlessEndpoint object, Gathered gathered, ServerlessEndpointStatus remembered, Instant now) {
        if (!object.isMarkedForDeletion()) {
            return decider.decide(gathered.desired(), gathered.observed(), remembered, now);
        }
        boolean abandoned =
                object.getMetadata().getUid().equals(EndpointGatherer.annotation(object, Annotations.ABANDON));
        if (!abandoned && definitions.takesAlong(object)) {
            return deletionDecider.keep(gathered.desired(), gathered.observed(), remembered, now);
        }
        return deletionDecider.decide(
                gathered.desired(), gathered.observed(), gathered.owned(), abandoned, remembered, now);
    }

    private Decision mishap(
            ServerlessEndpoint object,
            Gathered gathered,
            Step step,
            AwsException failure,
            ServerlessEndpointStatus remembered,
            Instant now) {
        return mishap.decide(
                gathered.desired(),
                gathered.observed(),
                step,
                object.isMarkedForDeletion(),
                failure.failure(),
                remembered,
                now);
    }

    /** What AWS was asked for is looked at at once; what failed, after a while; and whatever waits for a time, then. */
    private void planNextLook(
            ResourceID id,
            Decision decision,
            Optional<AwsException> failure,
            boolean atOnce,
            Memory memory,
            Instant now) {
        if (failure.isPresent()) {
            boolean held = failure.get().retryAt().isPresent();
            if (!held) {
                memory.failed();
            }
            Instant retry = failure.get().retryAt().orElseGet(() -> now.plus(backoff.after(memory.failures())));
            log.info(
                    "aws call failed object={} kind={} failure={} retry={}",
                    id,
                    failure.get().kind(),
                    failure.get().getMessage(),
                    retry);
            memory.retryAt(retry);
            looks.lookAt(id, retry);
        } else {
            if (!(decision.step() instanceof Step.Inspect)) {
                // Looking again is no success of what failed before.
                memory.succeeded();
            }
            if (atOnce) {
                looks.lookAt(id, now);
            }
        }
        decision.nextLook().ifPresent(at -> looks.lookAt(id, at));
    }

    /** The watch has not caught up with our own status write; its event brings the pass that is worth making. */
    private static boolean isOlderThanOurLastWrite(ServerlessEndpoint object, Memory memory, Instant now) {
        boolean older = version(object) < memory.writtenVersion();
        // Versions start again when a cluster's store is restored; then only the time says that no event is on its way.
        return older && now.isBefore(memory.writtenAt().plus(WATCH_CATCHES_UP));
    }

    private static long version(ServerlessEndpoint object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }
}
