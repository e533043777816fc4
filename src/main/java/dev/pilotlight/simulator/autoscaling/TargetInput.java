package dev.pilotlight.simulator.autoscaling;

import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.Input;
import dev.pilotlight.simulator.wire.JsonProtocol;
import java.util.regex.Pattern;

/** The members that every operation on one target has. AWS publishes the codes of errors; the texts are assumed unless said otherwise. */
record TargetInput(Input input, AwsRequest request, String resourceId) {
    static final Pattern ANY = Pattern.compile("[\\s\\S]*");

    /** Reads the target; {@link Input#check} is left to the caller, who reads more. */
    static TargetInput of(AwsRequest request) {
        Input input = Input.of(JsonProtocol.read(request));
        String namespace = input.text("ServiceNamespace", 0, 1600, ANY);
        String resourceId = input.text("ResourceId", 1, 1600, ANY);
        String dimension = input.text("ScalableDimension", 0, 1600, ANY);
        if (!namespace.isEmpty() && !namespace.equals(Target.NAMESPACE)) {
            throw invalid("The simulator scales in the service namespace sagemaker only, not in " + namespace + ".");
        }
        if (!dimension.isEmpty() && !dimension.equals(Target.DIMENSION)) {
            throw invalid("The simulator scales " + Target.DIMENSION + " only, not " + dimension + ".");
        }
        return new TargetInput(input, request, resourceId);
    }

    ResourceId resource() {
        return ResourceId.of(resourceId)
                .orElseThrow(() -> invalid("Unsupported service namespace, resource type or scalable dimension"));
    }

    Target existing(Targets targets) {
        return targets.find(request.scope(), resourceId).orElseThrow(() -> notFound("No scalable target registered"));
    }

    /** The shape of this text was observed publicly for other services. */
    AwsError notFound(String what) {
        return new AwsError(
                400,
                "ObjectNotFoundException",
                what + " for service namespace: " + Target.NAMESPACE + ", resource ID: " + resourceId
                        + ", scalable dimension: " + Target.DIMENSION);
    }

    AwsError notFound(String what, String name) {
        AwsError frame = notFound(what);
        return new AwsError(frame.httpStatus(), frame.code(), frame.getMessage() + ", name: " + name);
    }

    static AwsError invalid(String message) {
        return new AwsError(400, "ValidationException", message);
    }
}
