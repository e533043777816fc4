/** The simulator's own paths under {@code /_pilotlight/}: looking in, seeding, faults, scenarios, the clock. */
package dev.pilotlight.simulator.admin;
