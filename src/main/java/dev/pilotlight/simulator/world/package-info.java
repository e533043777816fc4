/** What one simulated service asks of another: time, accounts, roles, images, archives, quotas, seeds. */
package dev.pilotlight.simulator.world;
