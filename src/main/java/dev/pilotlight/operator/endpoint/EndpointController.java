package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.operator.kube.EventRecorder;
import dev.pilotlight.operator.kube.StatusWriter;
import dev.pilotlight.operator.leader.Leadership;
import dev.pilotlight.operator.time.LookEventSource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Puts the parts of the ServerlessEndpoint controller together. */
public final class EndpointController {
    private final ServerlessEndpointReconciler reconciler;
    private final Neighbours neighbours = new Neighbours();
    private final LookEventSource<ServerlessEndpoint> looks;
    private final ValidationRunner validations;
    private final Clock clock;

    /**
     * What the controller works with.
     *
     * @param slowCalls runs validations; bounded
     * @param slowCallsPerNamespace the most of them one namespace may have at a time
     */
    public record Parts(
            String clusterID,
            Policy policy,
            AwsSessions sessions,
            Inventory inventory,
            Scheduler scheduler,
            Leadership leadership,
            StatusWriter statusWriter,
            EventRecorder eventRecorder,
            Passes passes,
            Executor slowCalls,
            int slowCallsPerNamespace,
            RandomGenerator random) {}

    public EndpointController(Parts parts) {
        clock = parts.scheduler().clock();
        looks = new LookEventSource<>("look", parts.scheduler());
        Expectations expectations = new Expectations();
        validations = new ValidationRunner(
                parts.slowCalls(),
                parts.slowCallsPerNamespace(),
                expectations,
                (run, retry) -> looks.lookAt(
                        new ResourceID(run.name(), run.namespace()),
                        clock.instant().plus(retry)));
        CallEvents events = new CallEvents(parts.eventRecorder());
        EndpointGatherer gatherer = new EndpointGatherer(
                parts.clusterID(),
                neighbours::identity,
                new StandingReader(neighbours::namespaceLabels),
                parts.inventory(),
                parts.sessions(),
                expectations,
                validations);
        EndpointActor actor =
                new EndpointActor(parts.sessions(), parts.inventory(), validations, parts.leadership(), events, clock);
        reconciler = new ServerlessEndpointReconciler(
                neighbours,
                gatherer,
                parts.policy(),
                actor,
                new EndpointReporter(parts.statusWriter(), events, validations),
                new EndpointMemories(),
                looks,
                new Backoff(parts.random()),
                parts.passes(),
                clock);
        parts.inventory()
                .subscribe((location, endpointName) ->
                        neighbours.concernedBy(endpointName).forEach(id -> looks.lookAt(id, clock.instant())));
    }

    public ServerlessEndpointReconciler reconciler() {
        return reconciler;
    }

    public Neighbours neighbours() {
        return neighbours;
    }

    /** No validation is under way or waiting. */
    public boolean idle() {
        return validations.idle();
    }

    /** Objects whose reconcile was asked for and has not begun. */
    public Set<ResourceID> delivered() {
        return looks.delivered();
    }
}
