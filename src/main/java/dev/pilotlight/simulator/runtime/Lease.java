package dev.pilotlight.simulator.runtime;

/**
 * A container for the time of one request.
 *
 * @param container identifies it within its fleet
 * @param cold it has to start first
 * @param provisioned it is a slot of provisioned concurrency
 * @param spillover it is on demand because all provisioned slots are busy
 */
record Lease(long container, boolean cold, boolean provisioned, boolean spillover) {}
