package dev.pilotlight.domain.endpoint;

/**
 * Something a person should find in the object's events although no AWS call says it.
 *
 * @param warning whether it is a Warning event, else Normal
 */
public record Announcement(boolean warning, String reason, String note) {}
