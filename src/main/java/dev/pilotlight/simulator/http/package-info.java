/** The HTTP side: takes requests off the wire, tells services apart, places faults, counts calls. */
package dev.pilotlight.simulator.http;
