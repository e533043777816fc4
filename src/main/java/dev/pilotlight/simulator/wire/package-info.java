/** The contract between the HTTP server and the simulated services: requests, answers, errors, callers. */
package dev.pilotlight.simulator.wire;
