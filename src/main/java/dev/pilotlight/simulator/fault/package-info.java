/** Faults at the boundary of every call: refused before, answer lost after, delayed, handled twice. */
package dev.pilotlight.simulator.fault;
