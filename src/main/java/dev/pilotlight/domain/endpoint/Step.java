package dev.pilotlight.domain.endpoint;

import dev.pilotlight.domain.hosting.EndpointConfigRequest;
import dev.pilotlight.domain.hosting.ModelRequest;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.scaling.ScalingCall;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** The one thing a pass does. Every step that changes AWS is a single call, and repeating it is harmless. */
public sealed interface Step {

    /** Whether it puts the user's tags on something. */
    default boolean setsTags() {
        return this instanceof AddTags
                || this instanceof CreateModel
                || this instanceof CreateEndpointConfig
                || this instanceof CreateEndpoint;
    }

    /** Nothing to do, or nothing that may be done now. */
    record None() implements Step {}

    record CreateModel(ModelRequest request, Ownership owner) implements Step {}

    record CreateEndpointConfig(EndpointConfigRequest request, Ownership owner) implements Step {}

    record CreateEndpoint(String name, String configName, Map<String, String> tags, Ownership owner) implements Step {}

    /** Rolls the endpoint to another config. */
    record UpdateEndpoint(String name, String configName) implements Step {}

    /** Changes concurrency on the live path, without a redeploy. */
    record UpdateConcurrency(String name, String variantName, Concurrency concurrency) implements Step {}

    /** Changes what Application Auto Scaling holds for the endpoint. */
    record Scale(ScalingCall call) implements Step {}

    record Delete(OwnedResource.Kind kind, String name) implements Step {}

    record AddTags(OwnedResource.Kind kind, String name, String arn, Map<String, String> tags) implements Step {}

    record DeleteTags(OwnedResource.Kind kind, String name, String arn, Set<String> keys) implements Step {}

    /** Sends the validation requests, outside the reconcile; the result comes back as an event. */
    record Validate(String endpointName, String revision, int attempt) implements Step {}

    /**
     * Reads what the checks before a change need, outside the reconcile; the facts come back as an event.
     *
     * @param notBefore what was read earlier is not good enough
     */
    record Inspect(Facts.Scope scope, Instant notBefore) implements Step {}

    /** AWS is clean: the finalizer may go. */
    record LetGo() implements Step {}
}
