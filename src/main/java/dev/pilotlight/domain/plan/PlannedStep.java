package dev.pilotlight.domain.plan;

import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.Step;
import dev.pilotlight.domain.hosting.OwnedResource;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One call that the operator would make.
 *
 * @param call AWS's name of the API call, or {@code InvokeEndpoint} for the validation requests of a revision
 * @param target name of the resource in AWS
 * @param purpose what it is for
 * @param detail what a person wants to know about it; may be empty
 */
public record PlannedStep(String call, String target, Purpose purpose, String detail) {

    /** What a call is for. */
    public enum Purpose {
        /** The endpoint that serves, and what it is made of. */
        PRIMARY,
        /** The temporary endpoint that proves a revision. */
        PREVIEW,
        /** Takes away what is not needed any more. */
        CLEAN_UP
    }

    /** Whether the call changes AWS. */
    public boolean mutating() {
        return !call.equals("InvokeEndpoint");
    }

    /** A step of a decision in AWS's words; empty for one that calls nothing. */
    static Optional<PlannedStep> of(Step step, Desired desired) {
        return switch (step) {
            case Step.CreateModel create ->
                primary("CreateModel", create.request().name(), create.request().image());
            case Step.CreateEndpointConfig create ->
                Optional.of(new PlannedStep(
                        "CreateEndpointConfig",
                        create.request().name(),
                        create.request().name().equals(desired.previewConfigName())
                                        && !desired.previewConfigName().equals(desired.configName())
                                ? Purpose.PREVIEW
                                : Purpose.PRIMARY,
                        create.request().capacity().memorySizeInMB() + " MB, "
                                + create.request().capacity().concurrency()));
            case Step.CreateEndpoint create ->
                Optional.of(new PlannedStep(
                        "CreateEndpoint", create.name(), purpose(create.name(), desired), create.configName()));
            case Step.UpdateEndpoint update -> primary("UpdateEndpoint", update.name(), update.configName());
            case Step.UpdateConcurrency update ->
                primary(
                        "UpdateEndpointWeightsAndCapacities",
                        update.name(),
                        update.concurrency() + ", without a redeploy");
            case Step.Scale scale ->
                Optional.of(new PlannedStep(
                        scale.call().operation(),
                        scale.call().resourceId(),
                        Purpose.PRIMARY,
                        scale.call().describe()));
            case Step.Delete delete ->
                Optional.of(new PlannedStep(deletion(delete.kind()), delete.name(), Purpose.CLEAN_UP, ""));
            case Step.AddTags add ->
                primary(
                        "AddTags",
                        add.name(),
                        String.join(", ", new TreeSet<>(add.tags().keySet())));
            case Step.DeleteTags remove ->
                primary("DeleteTags", remove.name(), String.join(", ", new TreeSet<>(remove.keys())));
            case Step.Validate validate ->
                Optional.of(new PlannedStep(
                        "InvokeEndpoint",
                        validate.endpointName(),
                        purpose(validate.endpointName(), desired),
                        "validation requests: " + desired.validationRequests().size()));
            case Step.None none -> Optional.empty();
            case Step.Inspect inspect -> Optional.empty();
            case Step.LetGo letGo -> Optional.empty();
        };
    }

    private static Optional<PlannedStep> primary(String call, String target, String detail) {
        return Optional.of(new PlannedStep(call, target, Purpose.PRIMARY, detail));
    }

    private static Purpose purpose(String endpointName, Desired desired) {
        return endpointName.equals(desired.previewName()) ? Purpose.PREVIEW : Purpose.PRIMARY;
    }

    private static String deletion(OwnedResource.Kind kind) {
        return switch (kind) {
            case ENDPOINT -> "DeleteEndpoint";
            case ENDPOINT_CONFIG -> "DeleteEndpointConfig";
            case MODEL -> "DeleteModel";
        };
    }
}
