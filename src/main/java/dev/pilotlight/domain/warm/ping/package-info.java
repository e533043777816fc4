/** Keeping on-demand containers from being taken away: when a ping is due, what holds it back, and how long a container survives. */
package dev.pilotlight.domain.warm.ping;
