package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.aws.Receipt;
import dev.pilotlight.domain.endpoint.Announcement;
import dev.pilotlight.domain.endpoint.Step;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.operator.kube.EventRecorder;
import dev.pilotlight.operator.kube.ObjectEvent;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event and one log line for every call that changed AWS, with AWS's request id, and for what a person should know besides. */
final class CallEvents {
    private static final Logger log = LoggerFactory.getLogger(CallEvents.class);

    private final EventRecorder recorder;

    CallEvents(EventRecorder recorder) {
        this.recorder = recorder;
    }

    void called(ServerlessEndpoint object, Step step, Receipt receipt) {
        String what = subject(step);
        log.info(
                "aws call object={}/{} operation={} resource={} request={}",
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                receipt.operation(),
                what,
                receipt.requestId());
        recorder.record(
                object,
                new ObjectEvent(
                        ObjectEvent.Type.NORMAL,
                        reason(step),
                        receipt.operation().substring(receipt.operation().indexOf(':') + 1),
                        receipt.operation() + " " + what,
                        Optional.of(receipt.requestId()).filter(id -> !id.isEmpty()),
                        receipt.requestId()));
    }

    /** A call that should have changed AWS failed. The same failure is one event however often the call is tried, with the first id. */
    void failed(ServerlessEndpoint object, AwsFailure failure) {
        recorder.record(
                object,
                new ObjectEvent(
                        ObjectEvent.Type.WARNING,
                        "AWSCallFailed",
                        failure.operation().substring(failure.operation().indexOf(':') + 1),
                        failure.describe(),
                        Optional.of(failure.requestId()).filter(id -> !id.isEmpty()),
                        object.getMetadata().getGeneration() + failure.describe()));
    }

    void announce(ServerlessEndpoint object, Announcement announcement) {
        log.info(
                "announce object={}/{} reason={} note={}",
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                announcement.reason(),
                announcement.note());
        recorder.record(
                object,
                new ObjectEvent(
                        announcement.warning() ? ObjectEvent.Type.WARNING : ObjectEvent.Type.NORMAL,
                        announcement.reason(),
                        announcement.reason(),
                        announcement.note(),
                        Optional.empty(),
                        announcement.note()));
    }

    private static String reason(Step step) {
        return switch (step) {
            case Step.CreateModel create -> "ModelCreated";
            case Step.CreateEndpointConfig create -> "EndpointConfigCreated";
            case Step.CreateEndpoint create -> "EndpointCreationStarted";
            case Step.UpdateEndpoint update -> "EndpointUpdateStarted";
            case Step.UpdateConcurrency update -> "ConcurrencyChangeStarted";
            case Step.Scale scale -> "AutoScalingChanged";
            case Step.Delete delete ->
                switch (delete.kind()) {
                    case ENDPOINT -> "EndpointDeletionStarted";
                    case ENDPOINT_CONFIG -> "EndpointConfigDeleted";
                    case MODEL -> "ModelDeleted";
                };
            case Step.AddTags tag -> "Tagged";
            case Step.DeleteTags untag -> "Untagged";
            case Step.None none -> "None";
            case Step.Validate validate -> "ValidationStarted";
            case Step.Inspect inspect -> "InspectionStarted";
            case Step.LetGo letGo -> "LetGo";
        };
    }

    private static String subject(Step step) {
        return switch (step) {
            case Step.CreateModel create -> "model " + create.request().name();
            case Step.CreateEndpointConfig create ->
                "endpoint config " + create.request().name();
            case Step.CreateEndpoint create -> "endpoint " + create.name() + " with config " + create.configName();
            case Step.UpdateEndpoint update -> "endpoint " + update.name() + " to config " + update.configName();
            case Step.UpdateConcurrency update -> "endpoint " + update.name() + " to " + update.concurrency();
            case Step.Scale scale ->
                scale.call().resourceId() + ": " + scale.call().describe();
            case Step.Delete delete ->
                delete.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + delete.name();
            case Step.AddTags tag -> "tags of " + tag.name();
            case Step.DeleteTags untag -> "tags of " + untag.name();
            case Step.None none -> "";
            case Step.Validate validate -> "revision " + validate.revision();
            case Step.Inspect inspect -> inspect.scope().name().toLowerCase(Locale.ROOT);
            case Step.LetGo letGo -> "";
        };
    }
}
