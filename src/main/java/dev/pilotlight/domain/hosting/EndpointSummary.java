package dev.pilotlight.domain.hosting;

import java.time.Instant;

/** One row of ListEndpoints. It carries neither tags nor the live config. */
public record EndpointSummary(
        String name, String arn, EndpointStatus status, Instant creationTime, Instant lastModifiedTime) {}
