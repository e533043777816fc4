/** What users live through, told on a real API server, an AWS that is simulated, and one clock. */
package dev.pilotlight.stories;
