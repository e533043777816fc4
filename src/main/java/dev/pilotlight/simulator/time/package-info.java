/** The simulator's clocks: one that runs, as fast as wanted, and one that is turned by hand. */
package dev.pilotlight.simulator.time;
