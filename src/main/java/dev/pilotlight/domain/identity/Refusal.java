package dev.pilotlight.domain.identity;

/**
 * One thing an AWSIdentity does not allow.
 *
 * @param reason condition reason, one of {@link dev.pilotlight.api.v1alpha1.Reasons}
 * @param field path of the field in the ServerlessEndpoint, for example {@code spec.model.image}
 * @param message names the value, the identity, the list and the way out
 */
public record Refusal(String reason, String field, String message) {}
