package dev.pilotlight.simulator.wire;

/** Account and Region: the key of all simulated state. */
public record Scope(String accountId, String region) {}
