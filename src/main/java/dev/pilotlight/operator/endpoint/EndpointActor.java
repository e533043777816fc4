package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.aws.AutoScaling;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSession;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Hosting;
import dev.pilotlight.aws.Inference;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.aws.Receipt;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.Step;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.scaling.ScalableTarget.Suspended;
import dev.pilotlight.domain.scaling.ScalingCall;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.endpoint.EndpointMemories.Memory;
import dev.pilotlight.operator.endpoint.Gathered.Access;
import dev.pilotlight.operator.leader.Leadership;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Does the one step of a pass, tells the inventory what it did, and records an event for every call that changed AWS. */
final class EndpointActor {
    private final AwsSessions sessions;
    private final Inventory inventory;
    private final ValidationRunner validations;
    private final Inspector inspector;
    private final UsageReader usage;
    private final Leadership leadership;
    private final CallEvents events;
    private final PreviewSlots previewSlots;
    private final Predicate<ServerlessEndpoint> overtaken;
    private final Clock clock;

    /**
     * @param overtaken whether the object is gone, deleted or changed since it was read: nothing is done for it then, and nobody would
     *     clean up after it
     */
    EndpointActor(
            AwsSessions sessions,
            Inventory inventory,
            ValidationRunner validations,
            Inspector inspector,
            UsageReader usage,
            Leadership leadership,
            CallEvents events,
            PreviewSlots previewSlots,
            Predicate<ServerlessEndpoint> overtaken,
            Clock clock) {
        this.sessions = sessions;
        this.inventory = inventory;
        this.validations = validations;
        this.inspector = inspector;
        this.usage = usage;
        this.leadership = leadership;
        this.events = events;
        this.previewSlots = previewSlots;
        this.overtaken = overtaken;
        this.clock = clock;
    }

    /**
     * @return whether AWS was changed, so that the next pass should follow at once
     * @throws AwsException when the call failed; what the inventory knew of the resource is void then
     */
    boolean act(ServerlessEndpoint object, Gathered gathered, Step step, Memory memory) {
        if (step instanceof Step.None || step instanceof Step.LetGo) {
            return false;
        }
        Access access =
                gathered.access().orElseThrow(() -> new IllegalStateException("a step without access to AWS: " + step));
        if (step instanceof Step.Validate validate) {
            validations.start(run(object, gathered, validate, access));
            return false;
        }
        if (step instanceof Step.Inspect inspect) {
            inspector.start(round(object, gathered, inspect, access));
            return false;
        }
        if (overtaken.test(object)) {
            return false;
        }
        leadership.assertLeading();
        Priority priority = object.isMarkedForDeletion() ? Priority.DELETE : Priority.CHANGE;
        try {
            AwsSession session = sessions.open(access.session());
            Receipt receipt = step instanceof Step.Scale scale
                    ? scale(session.autoScaling(priority), access.location(), gathered, scale.call(), memory)
                    : call(session.hosting(priority), access.location(), step, memory);
            if (isPreview(step)) {
                previewSlots.made(access.location());
            }
            events.called(object, step, receipt);
            if (!object.isMarkedForDeletion()) {
                usage.begun(object);
            }
            return true;
        } catch (AwsException e) {
            if (e.kind() == FailureKind.QUOTA_EXCEEDED && isPreview(step)) {
                previewSlots.refused(access.location());
            }
            // Our own limiter held the call back: nothing happened and nothing is in doubt.
            if (e.retryAt().isEmpty()) {
                doubt(access.location(), gathered, step, memory, e);
                events.failed(object, e.failure());
            }
            throw e;
        }
    }

    private static boolean isPreview(Step step) {
        return step instanceof Step.CreateEndpoint create && create.owner().role() == Ownership.Role.PREVIEW;
    }

    private Receipt call(Hosting hosting, Location location, Step step, Memory memory) {
        Instant now = clock.instant();
        return switch (step) {
            case Step.CreateModel create -> {
                Receipt receipt = hosting.createModel(create.request());
                var request = create.request();
                inventory.created(
                        location,
                        new ModelSnapshot(
                                request.name(),
                                receipt.arn(),
                                now,
                                request.image(),
                                request.modelDataURL(),
                                request.executionRoleARN(),
                                request.environment()),
                        request.tags());
                yield receipt;
            }
            case Step.CreateEndpointConfig create -> {
                Receipt receipt = hosting.createEndpointConfig(create.request());
                var request = create.request();
                inventory.created(
                        location,
                        new EndpointConfigSnapshot(
                                request.name(),
                                receipt.arn(),
                                now,
                                List.of(new EndpointConfigSnapshot.Variant(
                                        request.variantName(), request.modelName(), Optional.of(request.capacity())))),
                        request.tags());
                yield receipt;
            }
            case Step.CreateEndpoint create -> {
                Receipt receipt = hosting.createEndpoint(create.name(), create.configName(), create.tags());
                inventory.created(
                        location,
                        new EndpointSnapshot(
                                create.name(),
                                receipt.arn(),
                                EndpointStatus.CREATING,
                                now,
                                now,
                                create.configName(),
                                Optional.empty(),
                                List.of()),
                        create.tags());
                yield receipt;
            }
            case Step.UpdateEndpoint update -> {
                Receipt receipt = hosting.updateEndpoint(update.name(), update.configName());
                inventory.changed(location, Kind.ENDPOINT, update.name());
                yield receipt;
            }
            case Step.UpdateConcurrency update -> {
                Receipt receipt = hosting.updateConcurrency(update.name(), update.variantName(), update.concurrency());
                inventory.changed(location, Kind.ENDPOINT, update.name());
                yield receipt;
            }
            case Step.Delete delete -> {
                Receipt receipt = delete(hosting, delete);
                inventory.deleted(location, delete.kind(), delete.name());
                dropOwned(memory, delete.kind(), delete.name());
                yield receipt;
            }
            case Step.AddTags tag -> {
                Receipt receipt = hosting.addTags(tag.arn(), tag.tags());
                inventory.tagged(location, tag.kind(), tag.name(), tag.tags());
                yield receipt;
            }
            case Step.DeleteTags untag -> {
                Receipt receipt = hosting.deleteTags(untag.arn(), untag.keys());
                inventory.untagged(location, untag.kind(), untag.name(), untag.keys());
                dropOwned(memory, untag.kind(), untag.name());
                yield receipt;
            }
            case Step.Scale scale -> throw new IllegalStateException("not a call of SageMaker: " + scale);
            case Step.None none -> throw new IllegalStateException("not a call: " + none);
            case Step.LetGo letGo -> throw new IllegalStateException("not a call: " + letGo);
            case Step.Validate validate -> throw new IllegalStateException("not a call: " + validate);
            case Step.Inspect inspect -> throw new IllegalStateException("not a call: " + inspect);
        };
    }

    private Receipt scale(AutoScaling scaling, Location location, Gathered gathered, ScalingCall call, Memory memory) {
        String target = call.resourceId();
        Receipt receipt =
                switch (call) {
                    case ScalingCall.Register register -> scaling.register(target, register.range(), Suspended.NOTHING);
                    case ScalingCall.Suspend suspend -> {
                        Receipt done = scaling.suspend(target, Suspended.EVERYTHING);
                        // What AWS scaled to until now goes into the next config.
                        inventory.doubt(
                                location, Kind.ENDPOINT, gathered.desired().endpointName());
                        yield done;
                    }
                    case ScalingCall.Deregister deregister -> scaling.deregister(target);
                    case ScalingCall.PutPolicy put -> scaling.putPolicy(target, put.name(), put.tracking());
                    case ScalingCall.DeletePolicy delete -> scaling.deletePolicy(target, delete.name());
                    case ScalingCall.PutAction put -> scaling.putScheduledAction(target, put.action());
                    case ScalingCall.DeleteAction delete -> scaling.deleteScheduledAction(target, delete.name());
                };
        memory.scaling(memory.scaling().map(view -> view.after(call, clock.instant())));
        return receipt;
    }

    private static Receipt delete(Hosting hosting, Step.Delete delete) {
        return switch (delete.kind()) {
            case ENDPOINT -> hosting.deleteEndpoint(delete.name());
            case ENDPOINT_CONFIG -> hosting.deleteEndpointConfig(delete.name());
            case MODEL -> hosting.deleteModel(delete.name());
        };
    }

    private static void dropOwned(Memory memory, Kind kind, String name) {
        memory.owned(memory.owned()
                .map(resources -> resources.stream()
                        .filter(resource ->
                                resource.kind() != kind || !resource.name().equals(name))
                        .toList()));
    }

    /**
     * A call that failed may have taken effect, and one that was refused was decided on something untrue: what the inventory knows of the
     * resources involved is read again before the next decision.
     */
    private void doubt(Location location, Gathered gathered, Step step, Memory memory, AwsException failure) {
        switch (step) {
            case Step.CreateModel create ->
                inventory.doubt(location, Kind.MODEL, create.request().name());
            case Step.CreateEndpointConfig create -> {
                inventory.doubt(location, Kind.ENDPOINT_CONFIG, create.request().name());
                inventory.doubt(location, Kind.MODEL, create.request().modelName());
            }
            case Step.CreateEndpoint create -> {
                inventory.doubt(location, Kind.ENDPOINT, create.name());
                inventory.doubt(location, Kind.ENDPOINT_CONFIG, create.configName());
            }
            case Step.UpdateEndpoint update -> {
                inventory.doubt(location, Kind.ENDPOINT, update.name());
                inventory.doubt(location, Kind.ENDPOINT_CONFIG, update.configName());
            }
            case Step.UpdateConcurrency update -> {
                if (failure.kind() == FailureKind.INVALID && addsProvisioned(gathered, update)) {
                    memory.refuseLivePath();
                }
                inventory.doubt(location, Kind.ENDPOINT, update.name());
            }
            case Step.Scale scale -> memory.scaling(Optional.empty());
            case Step.Delete delete -> inventory.doubt(location, delete.kind(), delete.name());
            case Step.AddTags tag -> inventory.doubt(location, tag.kind(), tag.name());
            case Step.DeleteTags untag -> inventory.doubt(location, untag.kind(), untag.name());
            case Step.None none -> {}
            case Step.LetGo letGo -> {}
            case Step.Validate validate -> {}
            case Step.Inspect inspect -> {}
        }
    }

    private static boolean addsProvisioned(Gathered gathered, Step.UpdateConcurrency update) {
        boolean hasNone = gathered.observed()
                .endpoint()
                .found()
                .flatMap(EndpointSnapshot::capacity)
                .map(capacity -> capacity.concurrency().provisioned() == 0)
                .orElse(false);
        return hasNone && update.concurrency().provisioned() > 0;
    }

    private ValidationRunner.Run run(
            ServerlessEndpoint object, Gathered gathered, Step.Validate validate, Access access) {
        String digest = gathered.desired().validationDigest(validate.endpointName());
        return new ValidationRunner.Run(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                new ValidationRunner.Run.Key(
                        object.getMetadata().getUid(), validate.revision(), validate.attempt(), digest),
                digest,
                validate.endpointName(),
                gathered.desired().validationRequests(),
                () -> inference(access));
    }

    private static Inspector.Round round(
            ServerlessEndpoint object, Gathered gathered, Step.Inspect inspect, Access access) {
        Desired desired = gathered.desired();
        return new Inspector.Round(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                new Inspector.Key(
                        object.getMetadata().getUid(), desired.revision().name(), inspect.scope()),
                inspect.notBefore(),
                desired.model(),
                access);
    }

    private Inference inference(Access access) {
        return sessions.open(access.session()).inference();
    }
}
