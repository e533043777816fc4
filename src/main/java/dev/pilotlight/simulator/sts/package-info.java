/**
 * Simulated STS: temporary credentials, who an access key belongs to, and what its owner may do.
 *
 * <p>Signatures are not verified: the simulator has no secrets to check them with. Whoever knows an access key id is
 * taken for its owner, so the simulator must not be reachable by people who do not trust each other.
 */
package dev.pilotlight.simulator.sts;
