package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ValidationStatus;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.preflight.Inspection;
import dev.pilotlight.domain.scaling.ScalingSight;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pass saw before it decided anything.
 *
 * @param endpoint the endpoint under the wanted name; {@code Unseen} where {@code standing} forbids to look
 * @param previews sightings by name of the preview endpoints that may exist
 * @param models sightings by name of the wanted model and of those in the revision history
 * @param configs sightings by name of the wanted config and of those in the revision history
 * @param inspection what the checks before a change go by
 * @param invalidExpectation why a validation expression cannot be used; empty when all compile
 * @param finishedValidation the result of a validation that ended, not yet in the status
 * @param refusedValidation why AWS did not let the validation requests through; they are sent again after a while
 * @param previewSlot whether a preview may begin
 * @param imageTag what the image's tag means in the registry today; looked up now and then while the endpoint is at rest
 * @param livePathRefused AWS refused to add provisioned concurrency to this endpoint on the live path
 * @param scaling what Application Auto Scaling holds, where a policy leaves the number to it
 * @param leftBehind what carries the tags of an earlier life of the object, besides the endpoint; only searched for when that is about to
 *     be taken over
 * @param retry value of the retry annotation; empty when absent
 * @param refresh value of the refresh annotation, where everything was read anew for it; else empty
 */
public record Observed(
        Standing standing,
        Sighting<EndpointSnapshot> endpoint,
        Map<String, Sighting<EndpointSnapshot>> previews,
        Map<String, Sighting<ModelSnapshot>> models,
        Map<String, Sighting<EndpointConfigSnapshot>> configs,
        Inspection inspection,
        Optional<String> invalidExpectation,
        Optional<ValidationStatus> finishedValidation,
        Optional<AwsFailure> refusedValidation,
        PreviewSlot previewSlot,
        Optional<ImageTag> imageTag,
        boolean livePathRefused,
        ScalingSight scaling,
        List<OwnedResource> leftBehind,
        String retry,
        String refresh) {
    public Observed {
        leftBehind = List.copyOf(leftBehind);
        previews = Map.copyOf(previews);
        models = Map.copyOf(models);
        configs = Map.copyOf(configs);
    }

    Sighting<ModelSnapshot> model(String name) {
        return models.getOrDefault(name, new Sighting.Unseen<>());
    }

    Sighting<EndpointConfigSnapshot> config(String name) {
        return configs.getOrDefault(name, new Sighting.Unseen<>());
    }

    /**
     * What the tag of the image in the spec means today.
     *
     * @param digest {@code sha256:...}; empty where it is not known
     * @param nextLook when the registry is to be asked again
     */
    public record ImageTag(Optional<String> digest, Instant nextLook) {}
}
