package dev.pilotlight.domain.hosting;

import java.util.Map;
import java.util.Optional;

/**
 * What CreateModel is asked for. A model cannot be changed afterwards, only its tags can.
 *
 * @param image with the digest it was resolved to, where the registry could be read
 * @param tags user tags and {@link Ownership#toTags()} together
 */
public record ModelRequest(
        String name,
        String image,
        Optional<String> modelDataURL,
        String executionRoleARN,
        Map<String, String> environment,
        Map<String, String> tags) {
    public ModelRequest {
        environment = Map.copyOf(environment);
        tags = Map.copyOf(tags);
    }
}
