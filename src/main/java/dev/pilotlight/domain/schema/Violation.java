package dev.pilotlight.domain.schema;

/**
 * Why the API server would refuse an object.
 *
 * @param field path of the field, for example {@code spec.model.environment[0].name}; empty for the object as a whole
 * @param message what is wrong and what to do
 */
public record Violation(String field, String message) {}
