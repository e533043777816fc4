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
import dev.pilotlight.domain.endpoint.Step;
import dev.pilotlight.operator.endpoint.EndpointMemories.Memory;
import dev.pilotlight.operator.health.Passes;
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
    private final EndpointMemories memories;
    private final LookEventSource<ServerlessEndpoint> looks;
    private final Backoff backoff;
    private final Passes passes;
    private final Clock clock;

    ServerlessEndpointReconciler(
            Neighbours neighbours,
            EndpointGatherer gatherer,
            Policy policy,
            EndpointActor actor,
            EndpointReporter reporter,
            EndpointMemories memories,
            LookEventSource<ServerlessEndpoint> looks,
            Backoff backoff,
            Passes passes,
            Clock clock) {
        this.neighbours = neighbours;
        this.gatherer = gatherer;
        this.decider = new EndpointDecider(policy);
        this.deletionDecider = new DeletionDecider(policy);
        this.mishap = new Mishap(policy);
        this.actor = actor;
        this.reporter = reporter;
        this.memories = memories;
        this.looks = looks;
        this.backoff = backoff;
        this.passes = passes;
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
        guarded(object);
        return UpdateControl.noUpdate();
    }

    @Override
    public DeleteControl cleanup(ServerlessEndpoint object, Context<ServerlessEndpoint> context) {
        boolean letGo = guarded(object);
        if (letGo) {
            passes.forget(object.getMetadata().getUid());
            memories.forget(object.getMetadata().getUid());
            reporter.gone(object);
            return DeleteControl.defaultDelete();
        }
        return DeleteControl.noFinalizerRemoval();
    }

    /** Keeps an error of ours inside the object it happened to. */
    private boolean guarded(ServerlessEndpoint object) {
        ResourceID id = ResourceID.fromResource(object);
        Memory memory = memories.of(object.getMetadata().getUid());
        looks.begun(id);
        try (Passes.Pass pass = passes.begin(NAME, object)) {
            if (isOlderThanOurLastWrite(object, memory, clock.instant())) {
                return false;
            }
            boolean letGo = pass(object, id, memory);
            pass.succeeded();
            return letGo;
        } catch (NotLeading e) {
            log.info("not leading any more object={} ", id);
            return false;
        } catch (RuntimeException e) {
            memory.failed();
            log.error("pass failed object={}", id, e);
            looks.lookAt(id, clock.instant().plus(backoff.after(memory.failures())));
            return false;
        }
    }

    private boolean pass(ServerlessEndpoint object, ResourceID id, Memory memory) {
        ServerlessEndpointStatus remembered = object.getStatus() == null ? NEVER_REPORTED : object.getStatus();
        Instant now = clock.instant();

        Gathered gathered = gatherer.gather(object, remembered, memory);
        Decision decision = gathered.failure().isPresent()
                ? mishap(object, gathered, new Step.None(), gathered.failure().get(), remembered, now)
                : decide(object, gathered, remembered, now);
        Optional<AwsException> failure = gathered.failure();
        Attempt attempt = Attempt.of(object, gathered, decision.step());
        Optional<Instant> held = failure.isEmpty() ? memory.heldUntil(attempt, now) : Optional.empty();
        if (held.isPresent()) {
            looks.lookAt(id, held.get());
            return false;
        }
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
        boolean wrote = reporter.report(object, remembered, decision, memory, now);
        planNextLook(
                id, attempt, decision, failure, changedAws || (wrote && object.isMarkedForDeletion()), memory, now);
        return false;
    }

    /** A step with all that its failure could be due to: when anything of it changes, it is worth another try at once. */
    private record Attempt(Step step, Optional<Gathered.Access> access, long generation, String retry) {

        static Attempt of(ServerlessEndpoint object, Gathered gathered, Step step) {
            return new Attempt(
                    step,
                    gathered.access(),
                    object.getMetadata().getGeneration(),
                    EndpointGatherer.annotation(object, Annotations.RETRY));
        }
    }

    private Decision decide(
            ServerlessEndpoint object, Gathered gathered, ServerlessEndpointStatus remembered, Instant now) {
        if (!object.isMarkedForDeletion()) {
            return decider.decide(gathered.desired(), gathered.observed(), remembered, now);
        }
        boolean abandoned =
                object.getMetadata().getUid().equals(EndpointGatherer.annotation(object, Annotations.ABANDON));
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
            Attempt attempt,
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
            looks.lookAt(id, retry);
            if (!(attempt.step() instanceof Step.None)) {
                // A verdict that is due before (it is Stalled by now) comes with another try.
                memory.hold(attempt, decision.nextLook().filter(retry::isAfter).orElse(retry));
            }
        } else {
            memory.succeeded();
            if (atOnce) {
                looks.lookAt(id, now);
            }
        }
        decision.nextLook().ifPresent(at -> looks.lookAt(id, at));
    }

    /** The watch has not caught up with our own status write; its event brings the pass that is worth making. */
    private static boolean isOlderThanOurLastWrite(ServerlessEndpoint object, Memory memory, Instant now) {
        boolean older = Long.parseLong(object.getMetadata().getResourceVersion()) < memory.writtenVersion();
        // Versions start again when a cluster's store is restored; then only the time says that no event is on its way.
        return older && now.isBefore(memory.writtenAt().plus(WATCH_CATCHES_UP));
    }
}
