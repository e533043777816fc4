package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ValidationStatus;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.Sighting;
import java.util.Map;
import java.util.Optional;

/**
 * What a pass saw before it decided anything.
 *
 * @param endpoint the endpoint under the wanted name; {@code Unseen} where {@code standing} forbids to look
 * @param previews sightings by name of the preview endpoints that may exist
 * @param models sightings by name of the wanted model and of those in the revision history
 * @param configs sightings by name of the wanted config and of those in the revision history
 * @param image what the image reference means in the registry; only looked up when a model has to be made
 * @param invalidExpectation why a validation expression cannot be used; empty when all compile
 * @param finishedValidation the result of a validation that ended, not yet in the status
 * @param livePathRefused AWS refused to add provisioned concurrency to this endpoint on the live path
 * @param retry value of the retry annotation; empty when absent
 */
public record Observed(
        Standing standing,
        Sighting<EndpointSnapshot> endpoint,
        Map<String, Sighting<EndpointSnapshot>> previews,
        Map<String, Sighting<ModelSnapshot>> models,
        Map<String, Sighting<EndpointConfigSnapshot>> configs,
        Image image,
        Optional<String> invalidExpectation,
        Optional<ValidationStatus> finishedValidation,
        boolean livePathRefused,
        String retry) {
    public Observed {
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

    /** What an image reference means. */
    public sealed interface Image {

        /** Nobody asked, because no model has to be made. */
        record NotAsked() implements Image {}

        /** Repository and digest; what CreateModel gets. */
        record Resolved(String reference) implements Image {}

        /** The registry has no such repository or tag. */
        record Missing(String message) implements Image {}

        /** The registry could not be read, so the reference goes to AWS as written and nobody vouches for the digest. */
        record Unreadable(String reference, String why) implements Image {}
    }
}
